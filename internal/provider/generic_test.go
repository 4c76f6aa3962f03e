package provider_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
)

func TestTheSchemasAreSound(t *testing.T) {
	t.Parallel()
	schemas(t) // reports what the framework finds wrong with them
	identities := identitySchemas(t)
	for name := range schemas(t).ResourceSchemas {
		if identities[name] == nil {
			t.Errorf("%s has no identity", name)
		}
	}
}

func TestEverythingHasADescription(t *testing.T) {
	t.Parallel()
	all := schemas(t)
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

func expectDescriptions(t *testing.T, of string, schema *tfprotov6.Schema) {
	t.Helper()
	if schema.Block.Description == "" {
		t.Errorf("%s has no description", of)
	}
	// Texts are put together from the names of the kinds.
	if wrong := regexp.MustCompile(`\ba (S3|Azure)\b`).FindString(schema.Block.Description); wrong != "" {
		t.Errorf("%s has %q in its description: %q", of, wrong, schema.Block.Description)
	}
	walk(schema.Block.Attributes, "", func(name string, a *tfprotov6.SchemaAttribute) {
		if !strings.HasSuffix(a.Description, ".") {
			t.Errorf("%s of %s has the description %q, want a sentence", name, of, a.Description)
		}
	})
}

// walk visits attributes and those that are nested in them.
func walk(attributes []*tfprotov6.SchemaAttribute, prefix string, visit func(name string, a *tfprotov6.SchemaAttribute)) {
	for _, a := range attributes {
		visit(prefix+a.Name, a)
		if a.NestedType != nil {
			walk(a.NestedType.Attributes, prefix+a.Name+".", visit)
		}
	}
}

func TestAccDefaultsAreTheServersOwn(t *testing.T) {
	for typeName, schema := range schemas(t).ResourceSchemas {
		t.Run(typeName, func(t *testing.T) {
			s := start(t)
			samples := s.samplesOf(typeName)
			var made map[string]any
			s.call(http.MethodPost, collections[typeName].list, samples.least(), &made)
			number, _ := made["id"].(float64)
			s.remove(typeName, int64(number))

			var checks []statecheck.StateCheck
			for _, a := range schema.Block.Attributes {
				value, answered := made[a.Name]
				if a.Optional && a.Computed && answered { // it has a default
					if value == nil {
						value = zero(a)
					}
					checks = append(checks, statecheck.ExpectKnownValue(typeName+".test", tfjsonpath.New(a.Name), exactly(t, value)))
				}
			}
			if len(checks) == 0 {
				t.Error("no attribute has a default, so this test shows nothing")
			}
			config := fmt.Sprintf("resource %q \"test\" {\n", typeName)
			for name := range samples.least() {
				config += fmt.Sprintf("  %s = %s\n", name, samples[name].one)
			}
			s.test(resource.TestStep{Config: s.config(config + "}\n"), ConfigStateChecks: checks})
		})
	}
}

// zero is what a null of the server means where an attribute has a default.
func zero(a *tfprotov6.SchemaAttribute) any {
	if a.Type.Is(tftypes.Bool) {
		return false
	}
	return ""
}

// exactly expects a value of the server's JSON.
func exactly(t *testing.T, value any) knownvalue.Check {
	t.Helper()
	switch value := value.(type) {
	case bool:
		return knownvalue.Bool(value)
	case string:
		return knownvalue.StringExact(value)
	case float64:
		return knownvalue.Int64Exact(int64(value))
	}
	t.Fatalf("no default is of the type of %v", value)
	return nil
}
