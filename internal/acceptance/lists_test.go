package acceptance_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/querycheck"
	"github.com/hashicorp/terraform-plugin-testing/querycheck/queryfilter"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/proxy"
)

// expectAsImported expects that a list gives what an import reads.
func expectAsImported(s *acctest.Server, typeName string, listed acctest.Listed) {
	s.T.Helper()
	instance := s.Instance(typeName)
	if imported := instance.Import(listed.ID); imported.Failed {
		s.T.Fatal(imported.Texts())
	}
	if got, want := listed.Attributes, instance.Attributes(); len(want) == 0 || !acctest.SameJSON(got, want) {
		s.T.Errorf("the list gives %v, want %v", got, want)
	}
	instance.Forget()
}

func TestAccListGivesProjectsAsAnImportReadsThem(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	p := s.Provider(acctest.Values{})
	id := s.NewProject()
	results := p.List("labelstudio_project", acctest.Values{}, true, 0)
	found := slices.IndexFunc(results, func(r acctest.Listed) bool { return r.ID == id })
	if found < 0 {
		t.Fatalf("the project %d is not among %d", id, len(results))
	}
	if got := results[found].DisplayName; got != "made by hand" {
		t.Errorf("the project is shown as %q", got)
	}
	expectAsImported(s, projectType, results[found])
}

func TestAccListGivesTheStoragesOfAProjectAsAnImportReadsThem(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	p := s.Provider(acctest.Values{})
	project, folder := s.NewProject(), s.Folder(t, 1)
	titled := s.NewStorage(project, map[string]any{"title": "cats", "path": folder})
	plain := s.NewStorage(project, map[string]any{"path": folder})
	s.NewStorage(s.NewProject(), nil) // of another project

	names := map[int64]string{}
	for _, result := range p.List(storageType, acctest.Values{"project": project}, true, 0) {
		names[result.ID] = result.DisplayName
		expectAsImported(s, storageType, result)
	}
	if len(names) != 2 || names[titled] != "cats ("+folder+")" || names[plain] != folder {
		t.Errorf("got %v, want %d and %d with the folder %s", names, titled, plain, folder)
	}
}

func TestAccListGivesResourcesOnlyWhenAsked(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	project := s.NewProject()
	id := s.NewStorage(project, nil)
	p := s.Provider(acctest.Values{})
	results := p.List("labelstudio_local_storage", acctest.Values{"project": project}, false, 0)
	if len(results) != 1 || results[0].ID != id || results[0].Attributes != nil {
		t.Errorf("got %+v, want the identity of %d alone", results, id)
	}
}

func TestAccListStopsAtItsLimit(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	project := s.NewProject()
	for range 3 {
		s.NewStorage(project, nil)
	}
	p := s.Provider(acctest.Values{})
	if got := p.List("labelstudio_local_storage", acctest.Values{"project": project}, false, 2); len(got) != 2 {
		t.Errorf("got %d storages, want 2", len(got))
	}
	if got := p.List("labelstudio_project", acctest.Values{}, false, 1); len(got) != 1 {
		t.Errorf("got %d projects, want 1", len(got))
	}
}

func TestAccListThatFailsSaysWhyInAResult(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	p := s.Provider(acctest.Values{"retries": int64(0)})
	s.Proxy.Inject(proxy.Fault{Method: http.MethodGet, Do: proxy.Respond(http.StatusForbidden, `{"detail":"not for you"}`, "Content-Type", "application/json")})
	for typeName, config := range map[string]acctest.Values{"labelstudio_project": {}, "labelstudio_local_storage": {"project": int64(1)}} {
		results := p.List(typeName, config, true, 0)
		if len(results) != 1 || len(results[0].Messages) != 1 {
			t.Fatalf("%s: got %+v, want one result with an error", typeName, results)
		}
		d := results[0].Messages[0]
		if !results[0].Failed || !strings.HasPrefix(d.Summary, "Can't list the ") || !strings.Contains(d.Detail, "not for you") {
			t.Errorf("%s: got %s: %s: %s", typeName, d.Severity, d.Summary, d.Detail)
		}
	}
}

func TestAccListIsAnsweredToAQuery(t *testing.T) {
	t.Parallel()
	acctest.NeedsTerraform(t, tfversion.Version1_14_0)
	s := acctest.Start(t)
	project, folder := s.NewProject(), s.Folder(t, 1)
	id := s.NewStorage(project, map[string]any{"title": "cats", "path": folder})
	const address = "labelstudio_local_storage.all"
	identity := map[string]knownvalue.Check{"id": knownvalue.Int64Exact(id)}
	s.Test(
		// The query takes the provider's block from this step.
		resource.TestStep{Config: s.Config(listing)},
		resource.TestStep{
			Query: true,
			Config: fmt.Sprintf(`
list "labelstudio_local_storage" "all" {
  provider         = labelstudio
  include_resource = true
  config {
    project = %d
  }
}
`, project),
			QueryResultChecks: []querycheck.QueryResultCheck{
				querycheck.ExpectLength(address, 1),
				querycheck.ExpectIdentity(address, identity),
				querycheck.ExpectResourceDisplayName(address, queryfilter.ByResourceIdentity(identity), knownvalue.StringExact("cats ("+folder+")")),
				querycheck.ExpectResourceKnownValues(address, queryfilter.ByResourceIdentity(identity), []querycheck.KnownValueCheck{
					{Path: tfjsonpath.New("path"), KnownValue: knownvalue.StringExact(folder)},
					{Path: tfjsonpath.New("use_blob_urls"), KnownValue: knownvalue.Bool(true)},
				}),
			},
		})
}
