package acceptance_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest"
)

func TestAccConnectionsByTLSAreSharedByReadsAndNeverByWrites(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	gateway, err := labelstudiotest.StartGateway(t.Context(), strings.TrimPrefix(s.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := gateway.Stop(); err != nil {
			t.Error(err)
		}
	})
	const count = 40
	config := func(description string) string {
		return fmt.Sprintf(`
provider "labelstudio" {
  url         = %q
  plan_checks = false
  ca_cert     = %q
}

resource "labelstudio_project" "test" {
  title = "by TLS"
}

resource "labelstudio_local_storage" "test" {
  count       = %d
  project     = labelstudio_project.test.id
  path        = %q
  description = %q
}
`, gateway.SecureURL, gateway.Authority, count, s.Folder(t, 0), description)
	}
	tf := s.Terraform()
	tf.Apply(config("one")).Succeeds()
	tf.ExpectEmptyPlan()
	tf.Apply(config("two")).Succeeds()
	tf.ExpectEmptyPlan()

	requests, err := gateway.Requests()
	if err != nil {
		t.Fatal(err)
	}
	uses, reads, writes, connections := map[string]int{}, 0, 0, map[string]bool{}
	for _, request := range requests {
		uses[request.Connection]++
		if request.Protocol != "HTTP/2.0" {
			t.Errorf("got a request by %s", request.Protocol)
		}
	}
	for _, request := range requests {
		if request.Method == http.MethodGet {
			reads++
			connections[request.Connection] = true
			continue
		}
		writes++
		if uses[request.Connection] > 1 {
			t.Errorf("a %s shares its connection", request.Method)
		}
	}
	if reads < 3*count || writes < 2*count {
		t.Fatalf("got %d reads and %d writes", reads, writes)
	}
	// Each process of the provider has one connection, or two that begin at once.
	if len(connections) > reads/4 {
		t.Errorf("%d reads have %d connections", reads, len(connections))
	}
	t.Logf("%d reads by %d connections, %d writes", reads, len(connections), writes)
}
