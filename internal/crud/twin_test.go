package crud

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
)

func TestAPlanNamesTheNewestTwin(t *testing.T) {
	t.Parallel()
	const listed = `[{"id":5,"url":"http://a"},{"id":7,"url":"http://a","date_joined":"2026-01-01T00:00:00Z"},{"id":6,"url":"http://a"},{"id":8,"url":"http://b"}]`
	for name, test := range map[string]struct {
		planned  types.String
		project  types.Int64
		checks   bool
		requests int
		twin     int // its id, 0 if there is no warning
	}{
		"the same":         {types.StringValue("http://a"), types.Int64Value(1), true, 1, 7},
		"another spelling": {types.StringValue(" http://a "), types.Int64Value(1), true, 1, 7},
		"another value":    {types.StringValue("http://c"), types.Int64Value(1), true, 1, 0},
		"blank":            {types.StringValue(" "), types.Int64Value(1), true, 0, 0},
		"unknown":          {types.StringUnknown(), types.Int64Value(1), true, 0, 0},
		"a new project":    {types.StringValue("http://a"), types.Int64Unknown(), true, 0, 0},
		"no checks":        {types.StringValue("http://a"), types.Int64Value(1), false, 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			requests := 0
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				requests++
				w.Header().Set("Content-Type", "application/json")
				_, _ = w.Write([]byte(listed))
			}))
			defer server.Close()
			client, err := labelstudio.New(labelstudio.Config{URL: server.URL, APIKey: strings.Repeat("0", 40)})
			if err != nil {
				t.Fatal(err)
			}
			var diags diag.Diagnostics
			state := stateOf(t, stored())
			diags.Append(state.SetAttribute(t.Context(), path.Root("url"), test.planned)...)
			diags.Append(state.SetAttribute(t.Context(), path.Root("project"), test.project)...)
			plan := Decode(t.Context(), state, &diags)
			resource := Resource{webhook, Server{Client: client, PlanChecks: test.checks, Lists: &Lists{}, Probe: &Probe{}}}
			resource.warnOfTwin(t.Context(), plan, &diags)
			if requests != test.requests || diags.HasError() || len(diags) > 0 != (test.twin > 0) {
				t.Fatalf("got %v after %d requests", diags, requests)
			}
			if test.twin == 0 {
				return
			}
			if got := diags[0]; on(got) != "url" || got.Summary() != fmt.Sprintf("The webhook %d has this url", test.twin) ||
				!strings.Contains(got.Detail(), "created at 2026-01-01T00:00:00Z") || !strings.Contains(got.Detail(), fmt.Sprintf("terraform import labelstudio_webhook.<name> %d.", test.twin)) {
				t.Errorf("got %v", got)
			}
		})
	}
}
