package provider_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
)

func TestTheSchemasAreSound(t *testing.T) {
	t.Parallel()
	acctest.Schemas(t) // reports what the framework finds wrong with them
	identities := acctest.IdentitySchemas(t)
	for name := range acctest.Schemas(t).ResourceSchemas {
		if identities[name] == nil {
			t.Errorf("%s has no identity", name)
		}
	}
}

func TestEverythingHasADescription(t *testing.T) {
	t.Parallel()
	all := acctest.Schemas(t)
	expectDescriptions(t, "the provider", all.Provider)
	for name, schema := range all.ResourceSchemas {
		expectDescriptions(t, "the resource "+name, schema)
	}
	for name, schema := range all.DataSourceSchemas {
		expectDescriptions(t, "the data source "+name, schema)
	}
	for name, schema := range all.ActionSchemas {
		expectDescriptions(t, "the action "+name, schema.Schema)
	}
}

// The kinds of storage have a guide of their own, and the data sources of an object are
// those of its resource.
func TestTheGuideToWhatIsManagedNamesEverything(t *testing.T) {
	t.Parallel()
	guide, err := os.ReadFile("../../templates/guides/coverage.md")
	if err != nil {
		t.Fatal(err)
	}
	all := acctest.Schemas(t)
	var names []string
	for name := range all.ResourceSchemas {
		if !strings.HasSuffix(name, "_storage") {
			names = append(names, name)
		}
	}
	for name := range all.DataSourceSchemas {
		if all.ResourceSchemas[strings.TrimSuffix(name, "s")] == nil && all.ResourceSchemas[name] == nil {
			names = append(names, name)
		}
	}
	for name := range all.ActionSchemas {
		if !strings.HasSuffix(name, "_storage_sync") {
			names = append(names, name)
		}
	}
	for name := range all.EphemeralResourceSchemas {
		names = append(names, name)
	}
	for _, name := range names {
		if !strings.Contains(string(guide), "[`"+name+"`]") {
			t.Errorf("the guide lacks %s", name)
		}
	}
}

func expectDescriptions(t *testing.T, of string, schema *tfprotov6.Schema) {
	t.Helper()
	if schema.Block.Description == "" {
		t.Errorf("%s has no description", of)
	}
	// Texts are put together from the names of the kinds.
	if wrong := regexp.MustCompile(`\ba (S3|Azure)\b`).FindString(schema.Block.Description); wrong != "" {
		t.Errorf("%s has %q in its description: %q", of, wrong, schema.Block.Description)
	}
	acctest.Walk(schema.Block.Attributes, "", func(name string, a *tfprotov6.SchemaAttribute) {
		if !strings.HasSuffix(a.Description, ".") {
			t.Errorf("%s of %s has the description %q, want a sentence", name, of, a.Description)
		}
	})
}

func TestEachResourceIsKnownToTheAcceptanceTests(t *testing.T) {
	t.Parallel()
	for name := range acctest.Schemas(t).ResourceSchemas {
		acctest.ObjectOf(t, name)
	}
	if known, have := len(acctest.Objects), len(acctest.Schemas(t).ResourceSchemas); known != have {
		t.Errorf("acctest.Objects has %d resources, the provider %d", known, have)
	}
}
