package provider_test

import (
	"fmt"
	"maps"
	"math/big"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/querycheck"
	"github.com/hashicorp/terraform-plugin-testing/querycheck/queryfilter"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest"
)

// list is what the provider answers to a list block.
func (p *protocol) list(typeName string, config values, whole bool, limit int64) []tfprotov6.ListResourceResult {
	p.t.Helper()
	stream, err := p.ListResource(p.t.Context(), &tfprotov6.ListResourceRequest{
		TypeName: typeName, Config: p.block(p.schemas.ListResourceSchemas[typeName], config), IncludeResource: whole, Limit: limit,
	})
	if err != nil {
		p.t.Fatal(err)
	}
	return slices.Collect(stream.Results)
}

// identity is the id that a result is imported by.
func (p *protocol) identity(of tfprotov6.ListResourceResult) int64 {
	p.t.Helper()
	p.sound(of.Diagnostics)
	value, err := of.Identity.IdentityData.Unmarshal(tftypes.Object{AttributeTypes: map[string]tftypes.Type{"id": tftypes.Number}})
	if err != nil {
		p.t.Fatal(err)
	}
	var attributes map[string]tftypes.Value
	if err := value.As(&attributes); err != nil {
		p.t.Fatal(err)
	}
	return whole(p.t, attributes["id"])
}

// whole is a whole number, 0 for null.
func whole(t *testing.T, value tftypes.Value) int64 {
	t.Helper()
	var number big.Float
	if err := value.As(&number); err != nil {
		t.Fatal(err)
	}
	whole, _ := number.Int64()
	return whole
}

// imported is the state of an object after its import and the refresh that
// follows.
func (p *protocol) imported(typeName string, id int64) *tfprotov6.DynamicValue {
	p.t.Helper()
	imports, err := p.ImportResourceState(p.t.Context(), &tfprotov6.ImportResourceStateRequest{TypeName: typeName, ID: strconv.FormatInt(id, 10)})
	if err != nil {
		p.t.Fatal(err)
	}
	read, err := p.ReadResource(p.t.Context(), &tfprotov6.ReadResourceRequest{
		TypeName: typeName, CurrentState: imports.ImportedResources[0].State, Private: imports.ImportedResources[0].Private,
	})
	if err != nil {
		p.t.Fatal(err)
	}
	p.sound(read.Diagnostics)
	return read.NewState
}

// expectSame compares two values of a resource.
func (p *protocol) expectSame(typeName string, got, want *tfprotov6.DynamicValue) {
	p.t.Helper()
	of := p.schemas.ResourceSchemas[typeName].ValueType()
	one, err := got.Unmarshal(of)
	if err != nil {
		p.t.Fatal(err)
	}
	other, err := want.Unmarshal(of)
	if err != nil {
		p.t.Fatal(err)
	}
	differences, err := one.Diff(other)
	if err != nil || len(differences) > 0 || one.IsNull() {
		p.t.Errorf("%v, %v", err, differences)
	}
}

// newStorage makes a storage of local files past the provider.
func (s *stack) newStorage(project int64, settings map[string]any) int64 {
	s.t.Helper()
	body := map[string]any{"project": project, "path": s.Folder(s.t, 1), "use_blob_urls": true}
	maps.Copy(body, settings)
	var made struct{ ID int64 }
	s.call(http.MethodPost, "/api/storages/localfiles/", body, &made)
	return made.ID
}

func TestAccListGivesProjectsAsAnImportReadsThem(t *testing.T) {
	s := start(t)
	p := s.protocol(values{})
	id := s.newProject()
	results := p.list("labelstudio_project", values{}, true, 0)
	found := slices.IndexFunc(results, func(r tfprotov6.ListResourceResult) bool { return p.identity(r) == id })
	if found < 0 {
		t.Fatalf("the project %d is not among %d", id, len(results))
	}
	if got := results[found].DisplayName; got != "made by hand" {
		t.Errorf("the project is shown as %q", got)
	}
	p.expectSame("labelstudio_project", results[found].Resource, p.imported("labelstudio_project", id))
}

func TestAccListGivesTheStoragesOfAProjectAsAnImportReadsThem(t *testing.T) {
	s := start(t)
	p := s.protocol(values{})
	const typeName = "labelstudio_local_storage"
	project, folder := s.newProject(), s.Folder(t, 1)
	titled := s.newStorage(project, map[string]any{"title": "cats", "path": folder})
	plain := s.newStorage(project, map[string]any{"path": folder})
	s.newStorage(s.newProject(), nil) // of another project

	names := map[int64]string{}
	for _, result := range p.list(typeName, values{"project": project}, true, 0) {
		id := p.identity(result)
		names[id] = result.DisplayName
		p.expectSame(typeName, result.Resource, p.imported(typeName, id))
	}
	if len(names) != 2 || names[titled] != "cats ("+folder+")" || names[plain] != folder {
		t.Errorf("got %v, want %d and %d with the folder %s", names, titled, plain, folder)
	}
}

func TestAccListGivesResourcesOnlyWhenAsked(t *testing.T) {
	s := start(t)
	project := s.newProject()
	id := s.newStorage(project, nil)
	p := s.protocol(values{})
	results := p.list("labelstudio_local_storage", values{"project": project}, false, 0)
	if len(results) != 1 || p.identity(results[0]) != id || results[0].Resource != nil {
		t.Errorf("got %+v, want the identity of %d alone", results, id)
	}
}

func TestAccListStopsAtItsLimit(t *testing.T) {
	s := start(t)
	project := s.newProject()
	for range 3 {
		s.newStorage(project, nil)
	}
	p := s.protocol(values{})
	if got := p.list("labelstudio_local_storage", values{"project": project}, false, 2); len(got) != 2 {
		t.Errorf("got %d storages, want 2", len(got))
	}
	if got := p.list("labelstudio_project", values{}, false, 1); len(got) != 1 {
		t.Errorf("got %d projects, want 1", len(got))
	}
}

func TestAccListThatFailsSaysWhyInAResult(t *testing.T) {
	s := start(t)
	p := s.protocol(values{"retries": int64(0)})
	s.proxy.Inject(labelstudiotest.Fault{Method: http.MethodGet, Do: labelstudiotest.Respond(http.StatusForbidden, `{"detail":"not for you"}`, "Content-Type", "application/json")})
	for typeName, config := range map[string]values{"labelstudio_project": {}, "labelstudio_local_storage": {"project": int64(1)}} {
		results := p.list(typeName, config, true, 0)
		if len(results) != 1 || len(results[0].Diagnostics) != 1 {
			t.Fatalf("%s: got %+v, want one result with an error", typeName, results)
		}
		d := results[0].Diagnostics[0]
		if d.Severity != tfprotov6.DiagnosticSeverityError || !strings.HasPrefix(d.Summary, "Can't list the ") || !strings.Contains(d.Detail, "not for you") {
			t.Errorf("%s: got %s: %s: %s", typeName, d.Severity, d.Summary, d.Detail)
		}
	}
}

func TestAccListIsAnsweredToAQuery(t *testing.T) {
	s := start(t)
	project, folder := s.newProject(), s.Folder(t, 1)
	id := s.newStorage(project, map[string]any{"title": "cats", "path": folder})
	const address = "labelstudio_local_storage.all"
	identity := map[string]knownvalue.Check{"id": knownvalue.Int64Exact(id)}
	s.testWith(tfversion.SkipBelow(tfversion.Version1_14_0),
		// The query takes the provider's block from this step.
		resource.TestStep{Config: s.config(listing)},
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
