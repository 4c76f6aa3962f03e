package acceptance_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
)

// The guide "Bring an existing Label Studio under Terraform", followed to the letter.

// filled is a server of its own that somebody has filled by hand: three projects, and an
// object of each other kind, with the values that the server does not return or that
// Terraform writes in another way. It returns the number of objects, too.
func filled(t *testing.T) (s *acctest.Server, objects int) {
	t.Helper()
	acctest.NeedsClouds(t)
	s = acctest.StartOwn(t, acctest.Clouds.Env()...)
	var projects []int64
	for n := range 3 {
		var made struct{ ID int64 }
		s.Call(http.MethodPost, "/api/projects/", map[string]any{
			"title": fmt.Sprintf("Animals %d", n), "description": "said \"by\" hand,\nin ${lines}",
			"label_config":       `<View><Image name="image" value="$image"/><Choices name="animal" toName="image"><Choice value="Cat"/></Choices></View>`,
			"expert_instruction": "<b>Look</b> twice", "color": "#123456", "maximum_annotations": n + 1, "sampling": "Uniform sampling",
			"task_data_login": "reader", "task_data_password": secretPassword,
		}, &made)
		projects = append(projects, made.ID)
	}
	for n, kind := range acctest.Objects {
		fields := map[string]any{"project": projects[n%len(projects)]}
		service, storage, _ := strings.Cut(strings.TrimPrefix(kind.Type, "labelstudio_"), "_")
		switch {
		case kind.Type == projectType || kind.Settings:
			continue
		case kind.Type == webhookType:
			fields["url"], fields["headers"] = "http://localhost/labels", map[string]string{"Authorization": secretPassword}
		case kind.Type == mlBackendType:
			model := s.NewMLBackend()
			model.Protect("reader", secretPassword)
			// The server creates a webhook beside it.
			fields["url"], fields["extra_params"] = model.URL, map[string]any{"threshold": 0.5, "labels": []string{"Cat"}}
			fields["auth_method"], fields["basic_auth_user"], fields["basic_auth_pass"] = "BASIC_AUTH", "reader", secretPassword
		case kind.Type == viewType:
			fields["data"] = viewOfTheBrowser
		case strings.HasSuffix(storage, "storage"):
			fields = s.PlaceFor(service).With(fields).With(map[string]any{"title": "by hand: " + kind.Label}).Fields
			if storage == "storage" {
				fields["regex_filter"] = `.*\.(jpe?g|"png")`
			}
		default:
			t.Fatalf("the test does not know how to make a %s", kind.Type)
		}
		s.Call(http.MethodPost, kind.List, fields, nil)
	}
	return s, len(projects) + len(acctest.Objects) - 1
}

// viewOfTheBrowser is a view as the user interface writes it, with all its keys.
var viewOfTheBrowser = map[string]any{
	"title": "By hand ", "type": "grid", "target": "tasks", "ordering": []string{"-tasks:completed_at"},
	"filters": map[string]any{"conjunction": "or", "items": []map[string]any{
		{"filter": "filter:tasks:id", "operator": "in", "type": "Number", "value": map[string]int{"min": 1, "max": 3}},
		{"filter": "filter:tasks:file_upload", "operator": "contains", "type": "String", "value": "cat"},
		{"filter": "filter:tasks:completed_at", "operator": "empty", "type": "Datetime", "value": false},
	}},
	"hiddenColumns": map[string]any{"explore": []string{"tasks:updated_by", "tasks:annotators"}, "labeling": []string{}},
	"columnsWidth":  map[string]any{"tasks:id": 87.5}, "columnsDisplayType": map[string]any{}, "gridWidth": 3, "gridFitImagesToWidth": false,
	"semantic_search": []any{}, "agreement_selected": map[string]any{},
}

// takeOver follows a section of the guide. It expects that the plan before the last apply
// imports all objects, that the last plan is empty, and that the server was only read.
func takeOver(t *testing.T, from, to string) {
	t.Helper()
	s, objects := filled(t)
	r := newReader(t, "LABEL_STUDIO_URL="+s.Proxy.URL, "LABEL_STUDIO_API_KEY="+s.Token())
	asWritten := strings.NewReplacer()
	r.follow(guideSection(t, "existing-server.md", "Begin in an empty directory", "## Terraform 1.14 and later"), asWritten)
	r.follow(guideSection(t, "existing-server.md", from, to), asWritten)

	want := fmt.Sprintf("Plan: %d to import, 0 to add, 0 to change, 0 to destroy.", objects)
	if planned := r.outputs[len(r.outputs)-3]; !strings.Contains(planned, want) {
		t.Errorf("the plan does not say %q: %s", want, planned)
	}
	if last := r.outputs[len(r.outputs)-1]; !strings.Contains(last, "No changes.") {
		t.Errorf("the last plan is not empty: %s", last)
	}
	for _, request := range s.Proxy.Requests() {
		if request.Method != http.MethodGet {
			t.Errorf("the server was asked for %s", request)
		}
	}
}

func TestAccGuideTakesOverAServerByQuery(t *testing.T) {
	t.Parallel()
	acctest.NeedsTerraform(t, tfversion.Version1_14_0)
	takeOver(t, "## Terraform 1.14 and later", "## Older Terraform")
}

func TestAccGuideTakesOverAServerByDataSources(t *testing.T) {
	t.Parallel()
	takeOver(t, "## Older Terraform", "### Many similar storages")
}
