package crud

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

// webhook is an object that needs nothing special, of a project.
var webhook = Definition{
	TypeName:   "labelstudio_webhook",
	Label:      "webhook",
	Collection: labelstudio.ImportStorages("webhooks"),
	Table: object.Table{
		{Name: "id", Type: object.Int64, ReadOnly: true},
		{Name: "project", Type: object.Int64, Required: true, Replaces: true},
		{Name: "url", Type: object.Text, Required: true},
		{Name: "date_joined", Type: object.Time, ReadOnly: true},
		{Name: "updated_at", Type: object.Time, Volatile: true},
	},
	CreatedAt: "date_joined",
	Twin:      "url",
	Parent:    "project",
}

// stored is the webhook as the server has it.
func stored() labelstudio.Object {
	return labelstudio.Object{
		"id": []byte("7"), "project": []byte("1"), "url": []byte(`"http://a"`),
		"date_joined": []byte(`"2026-01-01T00:00:00Z"`), "updated_at": []byte(`"2026-01-02T00:00:00Z"`),
	}
}

// stateOf is a state with these fields.
func stateOf(t *testing.T, fields labelstudio.Object) tfsdk.State {
	t.Helper()
	values, err := webhook.Table.ObjectFrom(fields)
	if err != nil {
		t.Fatal(err)
	}
	state := tfsdk.State{Schema: schema.Schema{Attributes: webhook.Table.ResourceAttributes()}}
	if problems := state.Set(t.Context(), values); problems.HasError() {
		t.Fatal(problems)
	}
	return state
}

func TestADestroyDeletesTheObjectOfTheStateAlone(t *testing.T) {
	t.Parallel()
	const one = "/api/storages/webhooks/7"
	for name, test := range map[string]struct {
		status   int
		response string
		requests []string
		problem  string // where it is shown, and a part of it
	}{
		"the object":        {http.StatusOK, `{"id":7,"date_joined":"2026-01-01T00:00:00Z"}`, []string{"GET " + one, "DELETE " + one}, ""},
		"another object":    {http.StatusOK, `{"id":7,"date_joined":"2026-05-05T00:00:00Z"}`, []string{"GET " + one}, "date_joined: The state knows webhook 7 as created at 2026-01-01"},
		"none":              {http.StatusNotFound, `{"detail":"No Webhook matches the given query."}`, []string{"GET " + one}, ""},
		"a server in error": {http.StatusForbidden, `{"detail":"no"}`, []string{"GET " + one}, ": GET api/storages/webhooks/7: 403"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var requests []string
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Type", "application/json")
				switch {
				case strings.HasSuffix(r.URL.Path, "/whoami"):
					_, _ = w.Write([]byte(`{"id":1}`))
					return
				case r.Method == http.MethodDelete:
					w.WriteHeader(http.StatusNoContent)
				default:
					w.WriteHeader(test.status)
					_, _ = w.Write([]byte(test.response))
				}
				requests = append(requests, r.Method+" "+r.URL.Path)
			}))
			defer server.Close()
			client, err := labelstudio.New(labelstudio.Config{URL: server.URL, APIKey: strings.Repeat("0", 40)})
			if err != nil {
				t.Fatal(err)
			}
			var resp resource.DeleteResponse
			(&Resource{webhook, Server{Client: client}}).Delete(t.Context(), resource.DeleteRequest{State: stateOf(t, stored())}, &resp)
			if !slices.Equal(requests, test.requests) {
				t.Errorf("got the requests %q, want %q", requests, test.requests)
			}
			if got := resp.Diagnostics; got.HasError() != (test.problem != "") || got.HasError() && !strings.HasPrefix(on(got[0])+": "+got[0].Detail(), test.problem) {
				t.Errorf("got %v, want %q", got, test.problem)
			}
		})
	}
}

func TestAPlanReplacesOrKnowsWhatTheUpdateLeaves(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		field, value      string // no value is an unknown one
		replaced, unknown bool
	}{
		"nothing":               {"url", `"http://a"`, false, false},
		"another spelling":      {"url", `" http://a "`, false, false},
		"an attribute":          {"url", `"http://b"`, false, true},
		"one that is unknown":   {"url", ``, false, true},
		"one that is immutable": {"project", `2`, true, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			planned := stateOf(t, stored())
			if test.value == "" {
				planned.SetAttribute(t.Context(), path.Root(test.field), types.StringUnknown())
			} else {
				fields := stored()
				fields[test.field] = []byte(test.value)
				planned = stateOf(t, fields)
			}
			req := resource.ModifyPlanRequest{State: stateOf(t, stored()), Plan: tfsdk.Plan(planned), Config: tfsdk.Config(planned)}
			resp := resource.ModifyPlanResponse{Plan: req.Plan}
			(&Resource{Definition: webhook}).ModifyPlan(t.Context(), req, &resp)
			plan := Decode(t.Context(), resp.Plan, &resp.Diagnostics)
			if resp.Diagnostics.HasError() {
				t.Fatal(resp.Diagnostics)
			}
			if unknown := plan.Attributes()["updated_at"].IsUnknown(); len(resp.RequiresReplace) > 0 != test.replaced || unknown != test.unknown {
				t.Errorf("replaced %v, unknown %v", resp.RequiresReplace, unknown)
			}
			if strings.Contains(object.StringOf(plan.Attributes()["url"]), " ") {
				t.Error("the plan has another spelling than the state")
			}
		})
	}
}

// Objects whose parent can't be changed are known by it where the server tells no time.
func TestAnObjectWithoutATimeIsKnownByItsParent(t *testing.T) {
	t.Parallel()
	undated := webhook
	undated.CreatedAt = ""
	for name, test := range map[string]struct {
		response string
		problem  string
	}{
		"its project":     {`{"id":7,"project":1}`, ""},
		"another project": {`{"id":7,"project":2}`, "project: The state knows webhook 7 in project 1, but the server's is in project 2"},
		"no project":      {`{"id":7}`, "project: The state knows webhook 7 in project 1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "application/json")
				_, _ = w.Write([]byte(test.response))
			}))
			defer server.Close()
			client, err := labelstudio.New(labelstudio.Config{URL: server.URL, APIKey: strings.Repeat("0", 40)})
			if err != nil {
				t.Fatal(err)
			}
			state := stateOf(t, stored())
			resp := resource.ReadResponse{State: state}
			(&Resource{undated, Server{Client: client}}).Read(t.Context(), resource.ReadRequest{State: state}, &resp)
			if got := resp.Diagnostics; got.HasError() != (test.problem != "") || got.HasError() && !strings.HasPrefix(on(got[0])+": "+got[0].Detail(), test.problem) {
				t.Errorf("got %v, want %q", got, test.problem)
			}
		})
	}
}
