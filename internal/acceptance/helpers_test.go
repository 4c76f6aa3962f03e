package acceptance_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"sync/atomic"

	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest"
)

// idOf is the id of an object in the state.
func idOf(state *terraform.State, address string) (int64, error) {
	object, ok := state.RootModule().Resources[address]
	if !ok {
		return 0, fmt.Errorf("%s is not in the state", address)
	}
	return strconv.ParseInt(object.Primary.ID, 10, 64)
}

// whenAsked does things right before the provider asks for a storage for the nth
// time from now. The test fails when it doesn't ask as often.
func whenAsked(s *acctest.Server, do map[int]func()) {
	s.T.Helper()
	var asked atomic.Int64
	last := slices.Max(slices.Collect(maps.Keys(do)))
	s.Proxy.Inject(labelstudiotest.Fault{Method: http.MethodGet, Path: `/api/storages/localfiles/\d+$`, Do: labelstudiotest.Before(func(*http.Request) {
		if now := do[int(asked.Add(1))]; now != nil {
			now()
		}
	})})
	s.T.Cleanup(func() {
		if got := int(asked.Load()); got < last {
			s.T.Errorf("the provider asked for the storage %d times, want at least %d", got, last)
		}
	})
}

// expectNoSyncYet is for the middle of an apply.
func expectNoSyncYet(s *acctest.Server) {
	s.T.Helper()
	if s.Syncs() > 0 {
		s.T.Error("a sync was asked for while another one was under way")
	}
}
