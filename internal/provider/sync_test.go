package provider_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest"
)

// What the tests of rules 9 to 12 share.

const (
	storageAddress = "labelstudio_local_storage.test"
	syncFailed     = "Sync of the storage did not succeed"
	syncRequest    = `/sync$`
)

// pictures is a storage that makes a task of each file.
func pictures(folder string, settings ...string) string {
	return storage(folder, append([]string{"use_blob_urls = true"}, settings...)...)
}

// triggers is the setting sync_triggers.
func triggers(value string) string {
	return fmt.Sprintf("sync_triggers = { now = %q }", value)
}

// syncs counts the sync requests since the last Reset of the proxy.
func (s *stack) syncs() int { return s.proxy.Count(http.MethodPost, syncRequest) }

// synced tells whether there were so many sync requests. With a queue there may be
// more: a worker that is quicker than the answer makes it in_progress, as is that to
// a request which the server has ignored, and the provider asks once more.
func (s *stack) synced(want int) bool {
	most := want
	if s.Stack == labelstudiotest.Worker {
		most *= 2
	}
	return want <= s.syncs() && s.syncs() <= most
}

// faultySync does something else with the next sync requests.
func (s *stack) faultySync(times int, do labelstudiotest.Action) (remove func()) {
	return s.proxy.Inject(labelstudiotest.Fault{Method: http.MethodPost, Path: syncRequest, Times: times, Do: do})
}

// expectRequests compares how many requests of the storages there were.
func (s *stack) expectRequests(what string, want map[string]int) {
	s.t.Helper()
	for method, count := range want {
		if method == "sync" {
			if !s.synced(count) {
				s.t.Errorf("%s: %d syncs, want %d: %v", what, s.syncs(), count, s.proxy.Requests())
			}
			continue
		}
		const path = `/api/storages/localfiles/(\d+)?$`
		if got := s.proxy.Count(method, path); got != count {
			s.t.Errorf("%s: %d %s %s, want %d of %v", what, got, method, path, count, s.proxy.Requests())
		}
	}
}

// expectTasks compares the number of tasks in the project.
func (s *stack) expectTasks(project int64, want int) {
	s.t.Helper()
	if got := s.tasks(project); got != want {
		s.t.Errorf("project %d holds %d tasks, want %d", project, got, want)
	}
}

// expectTasksInTheEnd is expectTasks after an apply that may not have waited for a
// sync in a queue.
func (s *stack) expectTasksInTheEnd(project int64, want int) {
	s.t.Helper()
	until(s.t, "the end of the syncs", func() bool {
		var storages []storedStorage
		s.call(http.MethodGet, fmt.Sprintf("/api/storages/?project=%d", project), nil, &storages)
		return !slices.ContainsFunc(storages, func(stored storedStorage) bool {
			return stored.Status == "queued" || stored.Status == "in_progress"
		})
	})
	s.expectTasks(project, want)
}

// storedStorage is what the server says of a storage.
type storedStorage struct {
	ID     int64
	Path   string
	Status string
}

func (s *stack) stored(id int64) (stored storedStorage) {
	s.t.Helper()
	if _, err := s.Do(s.t.Context(), http.MethodGet, fmt.Sprintf("/api/storages/localfiles/%d", id), nil, &stored); err != nil {
		s.t.Error(err)
	}
	return stored
}

// note writes into the server's notes of the storage's last sync what another run
// would write there, which began a while ago.
func (s *stack) note(id int64, status string) {
	s.t.Helper()
	began := time.Now().Add(-time.Minute).Format("2006-01-02 15:04:05.000000-07:00")
	body := map[string]any{"path": s.stored(id).Path, "status": status, "meta": map[string]any{
		"attempts": 1, "time_queued": began, "time_in_progress": began, "time_last_ping": began,
	}}
	if _, err := s.Do(s.t.Context(), http.MethodPatch, fmt.Sprintf("/api/storages/localfiles/%d", id), body, nil); err != nil {
		s.t.Error(err)
	}
}

// whenAsked does things right before the provider asks for a storage for the nth
// time from now. The test fails when it doesn't ask as often.
func (s *stack) whenAsked(do map[int]func()) {
	s.t.Helper()
	var asked atomic.Int64
	last := slices.Max(slices.Collect(maps.Keys(do)))
	s.proxy.Inject(labelstudiotest.Fault{Method: http.MethodGet, Path: `/api/storages/localfiles/\d+$`, Do: labelstudiotest.Before(func(*http.Request) {
		if now := do[int(asked.Add(1))]; now != nil {
			now()
		}
	})})
	s.t.Cleanup(func() {
		if got := int(asked.Load()); got < last {
			s.t.Errorf("the provider asked for the storage %d times, want at least %d", got, last)
		}
	})
}

// expectNoSyncYet is for the middle of an apply.
func (s *stack) expectNoSyncYet() {
	s.t.Helper()
	if s.syncs() > 0 {
		s.t.Error("a sync was asked for while another one was under way")
	}
}

// until waits for something to become true.
func until(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); !holds(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain for %s", what)
		}
	}
}

// startSync starts a sync past the provider and waits until it runs. The returned
// function waits for its end.
func (s *stack) startSync(id int64) (end func()) {
	s.t.Helper()
	done := make(chan error, 1)
	go func() {
		_, err := s.Do(s.t.Context(), http.MethodPost, fmt.Sprintf("/api/storages/localfiles/%d/sync", id), nil, nil)
		done <- err
	}()
	until(s.t, "the sync to begin", func() bool { return s.stored(id).Status == "in_progress" })
	return func() {
		s.t.Helper()
		if err := <-done; err != nil {
			s.t.Error(err)
		}
	}
}

// addFile adds a file to a folder that a storage reads.
func addFile(t *testing.T, folder, name, content string) {
	t.Helper()
	labelstudiotest.WriteFile(t, filepath.Join(folder, name), content)
}

func removeFile(t *testing.T, folder, name string) {
	t.Helper()
	if err := os.Remove(filepath.Join(folder, name)); err != nil {
		t.Fatal(err)
	}
}

// stateOfStorage is what a state says of the storage.
type stateOfStorage struct {
	Tainted bool
	Values  struct {
		ID          int64
		Project     int64
		Title       string
		Status      string
		Traceback   string
		SyncPending bool              `json:"sync_pending"`
		Triggers    map[string]string `json:"sync_triggers"`
	}
}

// storages is what the state says of all storages, by their addresses.
func (tf *cli) storages() map[string]stateOfStorage {
	tf.t.Helper()
	shown := tf.run("show", "-json")
	var state struct {
		Values struct {
			RootModule struct {
				Resources []struct {
					Address string
					Type    string
					stateOfStorage
				}
			} `json:"root_module"`
		}
	}
	if err := json.Unmarshal([]byte(shown.output), &state); err != nil {
		tf.t.Fatalf("%v: %s", err, shown.output)
	}
	storages := map[string]stateOfStorage{}
	for _, resource := range state.Values.RootModule.Resources {
		if resource.Type == "labelstudio_local_storage" {
			storages[resource.Address] = resource.stateOfStorage
		}
	}
	return storages
}

// storage is what the state says of the storage with storageAddress.
func (tf *cli) storage() stateOfStorage {
	tf.t.Helper()
	storage, ok := tf.storages()[storageAddress]
	if !ok {
		tf.t.Fatalf("%s is not in the state", storageAddress)
	}
	return storage
}

// expectPending compares sync_pending, and that the storage won't be replaced.
func (tf *cli) expectPending(want bool) stateOfStorage {
	tf.t.Helper()
	got := tf.storage()
	if got.Tainted || got.Values.SyncPending != want {
		tf.t.Errorf("tainted %v, sync_pending %v; want untainted, %v", got.Tainted, got.Values.SyncPending, want)
	}
	return got
}

// action is what a plan does with the object: create, update, replace, delete, or
// nothing.
func (o outcome) action(address string) string {
	for line := range strings.Lines(o.output) {
		var message struct {
			Type   string
			Change struct {
				Resource struct{ Addr string }
				Action   string
			}
		}
		if json.Unmarshal([]byte(line), &message) == nil && message.Type == "planned_change" && message.Change.Resource.Addr == address {
			return message.Change.Action
		}
	}
	return "nothing"
}

// expectAction compares what a plan does with the storage.
func (o outcome) expectAction(want string) outcome {
	o.t.Helper()
	if got := o.action(storageAddress); o.failed || got != want {
		o.t.Errorf("the plan will %s, want %s:\n%s", got, want, o.output)
	}
	return o
}
