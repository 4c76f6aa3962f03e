package crud

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
)

func TestOnePlanOfAWalkAsksForAccessAndWarns(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		status   int
		checks   bool
		requests int64
		warnings int
		mayCheck bool
	}{
		"access":    {http.StatusOK, true, 1, 0, true},
		"no access": {http.StatusUnauthorized, true, 1, 1, false},
		"no checks": {http.StatusUnauthorized, false, 0, 0, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var requests atomic.Int64
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				requests.Add(1)
				w.WriteHeader(test.status)
				_, _ = w.Write([]byte(`{"id":5,"detail":"Invalid token."}`))
			}))
			defer server.Close()
			client, err := labelstudio.New(labelstudio.Config{URL: server.URL, APIKey: strings.Repeat("0", 40)})
			if err != nil {
				t.Fatal(err)
			}
			resource := Resource{webhook, Server{Client: client, PlanChecks: test.checks, Probe: &Probe{}}}
			var plans sync.WaitGroup
			said := make([]diag.Diagnostics, 8)
			for i := range said {
				plans.Go(func() {
					resource.warnOfNoAccess(t.Context(), &said[i])
					if resource.Server.MayCheck() != test.mayCheck {
						t.Errorf("may check: %v, want %v", resource.Server.MayCheck(), test.mayCheck)
					}
				})
			}
			plans.Wait()
			var all diag.Diagnostics
			for _, diags := range said {
				all = append(all, diags...) // Append leaves equal ones out
			}
			if got := requests.Load(); got != test.requests || len(all) != test.warnings || all.HasError() {
				t.Fatalf("got %v after %d requests, want %d warnings after %d", all, got, test.warnings, test.requests)
			}
			if len(all) > 0 && !strings.Contains(all[0].Detail(), "Check that api_key and url belong to the same server") {
				t.Errorf("the warning does not say what to do: %s", all[0].Detail())
			}
		})
	}
}
