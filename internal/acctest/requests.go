package acctest

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/proxy"
)

// Sent collects the bodies of the requests with the method from now on.
func (s *Server) Sent(method string) *[]map[string]any {
	s.T.Helper()
	bodies := &[]map[string]any{}
	var mutex sync.Mutex
	s.Proxy.Inject(proxy.Fault{Method: method, Do: func(w http.ResponseWriter, r *http.Request, forward http.Handler) {
		text, err := io.ReadAll(r.Body)
		if err != nil {
			s.T.Error(err)
		}
		r.Body = io.NopCloser(strings.NewReader(string(text)))
		var body map[string]any
		if err := json.Unmarshal(text, &body); err != nil {
			s.T.Errorf("%s %s: %v in %q", r.Method, r.URL, err, text)
		}
		mutex.Lock()
		*bodies = append(*bodies, body)
		mutex.Unlock()
		forward.ServeHTTP(w, r)
	}})
	return bodies
}

// ExpectSent compares the bodies that were sent, in any order.
func (s *Server) ExpectSent(got *[]map[string]any, want ...map[string]any) {
	s.T.Helper()
	texts := func(bodies []map[string]any) []string {
		var texts []string
		for _, body := range bodies {
			texts = append(texts, fmt.Sprint(body)) // in the order of the keys
		}
		slices.Sort(texts)
		return texts
	}
	if !slices.Equal(texts(*got), texts(want)) {
		s.T.Errorf("sent\n  %s\nwant\n  %s", strings.Join(texts(*got), "\n  "), strings.Join(texts(want), "\n  "))
	}
}

// SyncFailed is the summary of a sync that did not succeed.
const SyncFailed = "Sync of the storage did not succeed"

// SyncRequest matches the path of a sync request.
const SyncRequest = `/sync$`

// Syncs counts the sync requests since the last Reset of the proxy.
func (s *Server) Syncs() int { return s.Proxy.Count(http.MethodPost, SyncRequest) }

// Synced tells whether there were so many sync requests. With a queue there may be
// more: a worker that is quicker than the answer makes it in_progress, as is that to
// a request which the server has ignored, and the provider asks once more.
func (s *Server) Synced(want int) bool {
	most := want
	if s.Stack == labelstudiotest.Worker {
		most *= 2
	}
	return want <= s.Syncs() && s.Syncs() <= most
}

// FaultySync does something else with the next sync requests.
func (s *Server) FaultySync(times int, do proxy.Action) (remove func()) {
	return s.Proxy.Inject(proxy.Fault{Method: http.MethodPost, Path: SyncRequest, Times: times, Do: do})
}

// ExpectRequests compares how many requests about import storages of local files there
// were, by method; the key "sync" counts sync requests.
func (s *Server) ExpectRequests(what string, want map[string]int) {
	s.T.Helper()
	for method, count := range want {
		if method == "sync" {
			if !s.Synced(count) {
				s.T.Errorf("%s: %d syncs, want %d: %v", what, s.Syncs(), count, s.Proxy.Requests())
			}
			continue
		}
		const path = `/api/storages/localfiles/(\d+)?$`
		if got := s.Proxy.Count(method, path); got != count {
			s.T.Errorf("%s: %d %s %s, want %d of %v", what, got, method, path, count, s.Proxy.Requests())
		}
	}
}
