package labelstudio

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// crowd counts the requests that are under way.
type crowd struct {
	mu        sync.Mutex
	now, most map[string]int
	met       map[string]bool // who was there when a project was created or deleted
}

func newCrowd() *crowd {
	return &crowd{now: map[string]int{}, most: map[string]int{}, met: map[string]bool{}}
}

func (c *crowd) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	kind := r.Method
	switch {
	case r.Method != http.MethodPatch && strings.HasPrefix(r.URL.Path, "/api/projects/"):
		kind = "project"
	case strings.HasSuffix(r.URL.Path, "/sync"):
		kind = "sync"
	}
	c.change(kind, 1)
	time.Sleep(5 * time.Millisecond)
	c.change(kind, -1)
	say(w, http.StatusOK, `{"id":1}`)
}

func (c *crowd) change(kind string, by int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now[kind] += by
	c.most[kind] = max(c.most[kind], c.now[kind])
	if c.now["project"] > 0 {
		for other, count := range c.now {
			if count > 0 {
				c.met[other] = true
			}
		}
	}
}

// syncAlone syncs a storage while it holds the lock of sync requests.
func syncAlone(ctx context.Context, client *Client) error {
	next, err := client.LockSyncRequest(ctx)
	if err != nil {
		return err
	}
	defer next()
	_, err = client.Sync(ctx, ImportStorages("localfiles"), 1)
	return err
}

func TestProjectsAreCreatedAndDeletedAloneAndSyncsOneByOne(t *testing.T) {
	t.Parallel()
	there := newCrowd()
	client, _ := serve(t, there.ServeHTTP)
	ctx := t.Context()
	calls := []func() error{
		func() error { _, err := client.Create(ctx, Projects, nil, nil); return err },
		func() error { return client.Delete(ctx, Projects, 1) },
		func() error { _, err := client.Update(ctx, Projects, 1, nil); return err },
		func() error { return syncAlone(ctx, client) },
		func() error { _, err := client.Create(ctx, ImportStorages("localfiles"), nil, nil); return err },
		func() error { return client.Delete(ctx, ImportStorages("localfiles"), 1) },
	}
	var callers sync.WaitGroup
	for range 8 {
		for _, call := range calls {
			callers.Go(func() {
				if err := call(); err != nil {
					t.Error(err)
				}
			})
		}
	}
	callers.Wait()
	if there.most["project"] != 1 || there.most["sync"] != 1 {
		t.Errorf("at once: %v", there.most)
	}
	if len(there.met) != 1 {
		t.Errorf("beside the create of a project: %v", there.met)
	}
}

func TestOtherWritesAreMadeInParallel(t *testing.T) {
	t.Parallel()
	var all sync.WaitGroup
	all.Add(3)
	client, _ := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		all.Done()
		all.Wait() // for the others to arrive
		say(w, http.StatusOK, `{"id":1}`)
	}, func(config *Config) { config.RequestTimeout = 5 * time.Second })
	var callers sync.WaitGroup
	for _, call := range []func() error{
		func() error { return verbs[http.MethodPatch](t.Context(), client) },
		func() error { _, err := client.Create(t.Context(), ImportStorages("localfiles"), nil, nil); return err },
		func() error { _, err := client.Sync(t.Context(), ImportStorages("localfiles"), 1); return err },
	} {
		callers.Go(func() {
			if err := call(); err != nil {
				t.Error(err)
			}
		})
	}
	callers.Wait()
}

// occupied is a server that responds to no write before the end of the test.
func occupied(t *testing.T) (*Client, <-chan struct{}) {
	t.Helper()
	arrived, over := make(chan struct{}, 10), make(chan struct{})
	client, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet {
			arrived <- struct{}{}
			<-over
		}
		say(w, http.StatusOK, `{"id":1}`)
	})
	t.Cleanup(func() { close(over) })
	return client, arrived
}

func TestAWaitForALockEndsWithItsContext(t *testing.T) {
	t.Parallel()
	project := func(ctx context.Context, client *Client) error {
		_, err := client.Create(ctx, Projects, nil, titled("abc"))
		return err
	}
	for _, test := range []struct {
		name        string
		first, next func(ctx context.Context, client *Client) error
	}{
		{"sync behind sync", syncAlone, syncAlone},
		{"project behind sync", syncAlone, project},
		{"project behind project", project, project},
		{"write behind project", project, verbs[http.MethodPatch]},
		{"deletion behind project", project, verbs[http.MethodDelete]},
		{"post behind project", project, verbs[http.MethodPost]},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			client, arrived := occupied(t)
			client.grace = 0
			first, cancel := context.WithCancel(t.Context())
			var callers sync.WaitGroup
			callers.Go(func() {
				if err := test.first(first, client); err == nil {
					t.Error("it has succeeded")
				}
			})
			<-arrived
			waiting, giveUp := context.WithTimeout(t.Context(), 20*time.Millisecond)
			defer giveUp()
			err := test.next(waiting, client)
			if !errors.Is(err, context.DeadlineExceeded) || IsResponseLost(err) || !strings.Contains(err.Error(), "waiting for other requests") {
				t.Errorf("%v", err)
			}
			if err := verbs[http.MethodGet](t.Context(), client); err != nil {
				t.Errorf("reads wait, too: %v", err)
			}
			cancel()
			callers.Wait()
		})
	}
}

// rowCrowd counts the requests about ML backends that are under way beside writes.
type rowCrowd struct {
	mu               sync.Mutex
	reads, writes    map[string]int
	together, beside bool // two reads at once, and a write beside another request
}

// row is the project of a request of the test, whose ids begin with it.
func row(r *http.Request) string {
	return r.URL.Query().Get("project") + strings.TrimSuffix(strings.TrimPrefix(r.URL.Path, "/api/ml/"), "/train")
}

func (c *rowCrowd) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	counts := c.writes
	if r.Method == http.MethodGet {
		counts = c.reads
	}
	c.mu.Lock()
	counts[row(r)]++
	c.together = c.together || c.reads[row(r)] > 1
	c.beside = c.beside || c.writes[row(r)] > 0 && c.reads[row(r)]+c.writes[row(r)] > 1
	c.mu.Unlock()
	time.Sleep(5 * time.Millisecond)
	c.mu.Lock()
	counts[row(r)]--
	c.mu.Unlock()
	body := `{"id":` + row(r) + `}`
	if r.URL.Query().Has("project") {
		body = `[]`
	}
	say(w, http.StatusOK, body)
}

func TestNoMLBackendIsReadBesideAWriteInItsProject(t *testing.T) {
	t.Parallel()
	there := &rowCrowd{reads: map[string]int{}, writes: map[string]int{}}
	client, _ := serve(t, there.ServeHTTP)
	ctx := t.Context()
	var callers sync.WaitGroup
	for range 8 {
		for _, project := range []int64{1, 2} {
			in := MLBackends.In(project)
			for _, call := range []func() error{
				func() error { _, err := client.Get(ctx, in, project); return err },
				func() error { _, err := client.Update(ctx, in, project, nil); return err },
				func() error { return client.Delete(ctx, in, project) },
				func() error { return client.PostItem(ctx, in, project, "train") },
				func() error {
					for _, err := range client.List(ctx, MLBackends, InProject(project)) {
						return err
					}
					return nil
				},
			} {
				callers.Go(func() {
					if err := call(); err != nil {
						t.Error(err)
					}
				})
			}
		}
	}
	callers.Wait()
	if there.beside || !there.together {
		t.Errorf("a write beside another request: %v, reads together: %v", there.beside, there.together)
	}
}

func TestAMLBackendIsCreatedBesideNoOtherRequestThatWrites(t *testing.T) {
	t.Parallel()
	var now, most atomic.Int32
	client, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Has("project") { // a read, which writes
			most.Store(max(most.Load(), now.Load()))
			say(w, http.StatusOK, `[]`)
			return
		}
		most.Store(max(most.Load(), now.Add(1)))
		time.Sleep(5 * time.Millisecond)
		now.Add(-1)
		say(w, http.StatusOK, `{"id":1}`)
	})
	var callers sync.WaitGroup
	for range 5 {
		callers.Go(func() {
			if _, err := client.Create(t.Context(), MLBackends, nil, nil); err != nil {
				t.Error(err)
			}
		})
		callers.Go(func() {
			for _, err := range client.List(t.Context(), MLBackends, InProject(1)) {
				t.Error(err)
			}
		})
	}
	callers.Wait()
	if most.Load() != 1 {
		t.Errorf("%d at once", most.Load())
	}
}

func TestEachProjectHasALockOfSyncs(t *testing.T) {
	t.Parallel()
	client := Unconfigured(nil)
	release, err := client.LockSync(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	other, err := client.LockSync(t.Context(), 2)
	if err != nil {
		t.Fatal(err)
	}
	other()
	waiting, giveUp := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer giveUp()
	if _, err := client.LockSync(waiting, 1); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
	release()
	if release, err = client.LockSync(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	release()
}
