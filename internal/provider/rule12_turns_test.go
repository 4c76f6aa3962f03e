package provider_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest"
)

// crowd counts the requests of a sort that are under way at once.
type crowd struct {
	mu        sync.Mutex
	now, most int
}

func (c *crowd) change(by int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now += by
	c.most = max(c.most, c.now)
}

// pass lets a request through and counts it while it is under way.
func (c *crowd) pass(w http.ResponseWriter, r *http.Request, forward http.Handler) {
	c.change(1)
	defer c.change(-1)
	forward.ServeHTTP(w, r)
}

func TestAccRule12SixtySyncsOfAProjectRunOneByOneAndNumberTheirTasksWell(t *testing.T) {
	s := start(t)
	var syncs crowd
	s.faultySync(0, syncs.pass)
	config := s.config(project() + pictures(s.Folder(t, 3), triggers("1"), "count = 60"))
	tf := s.cli()
	// SQLite locks a sync out while storages are created: that is no failure, but
	// another round.
	tf.apply(config).succeeds()
	if syncs.most != 1 {
		t.Errorf("%d syncs were asked for at once", syncs.most)
	}
	states := tf.storages()
	for address, storage := range states {
		if storage.Values.Status != "completed" || storage.Values.SyncPending {
			t.Errorf("%s: got %q, pending %v", address, storage.Values.Status, storage.Values.SyncPending)
		}
	}
	project := states[storageAddress+"[0]"].Values.Project
	numbers := map[int64]bool{}
	for _, number := range s.innerIDs(project) {
		numbers[number] = true
	}
	if len(numbers) != 180 {
		t.Errorf("the 180 tasks have %d different numbers", len(numbers))
	}
}

// innerIDs are the numbers that the tasks have in their project.
func (s *stack) innerIDs(project int64) (numbers []int64) {
	s.t.Helper()
	var list struct {
		Tasks []struct {
			InnerID int64 `json:"inner_id"`
		}
	}
	s.call(http.MethodGet, fmt.Sprintf("/api/tasks/?project=%d&page_size=1000&fields=all", project), nil, &list)
	for _, task := range list.Tasks {
		numbers = append(numbers, task.InnerID)
	}
	return numbers
}

func TestAccRule12SyncsOfOtherProjectsWaitForTheirTurnWithoutSpendingTheirTime(t *testing.T) {
	s := start(t)
	var syncs crowd
	slow := labelstudiotest.SlowHeaders(5 * time.Second)
	s.faultySync(0, func(w http.ResponseWriter, r *http.Request, forward http.Handler) {
		syncs.change(1)
		defer syncs.change(-1)
		slow(w, r, forward)
	})
	var storages string
	for _, name := range []string{"one", "two", "three", "four"} {
		storages += storageIn(s.newProject(), name, s.Folder(t, 1), "use_blob_urls = true", triggers("1"), `timeouts = { create = "18s" }`)
	}
	s.cli().apply(s.config(storages)).succeeds()
	s.expectRequests("the apply", map[string]int{"sync": 4})
	if syncs.most != 1 {
		t.Errorf("%d syncs were asked for at once", syncs.most)
	}
}

func TestAccRule12AQueuedSyncIsWaitedForBeforeTheNextOfItsProject(t *testing.T) {
	s := start(t)
	s.faultySync(0, answerQueued)
	folder := s.Folder(t, 1)
	s.cli().apply(s.config(project() + pictures(folder, triggers("1"), "count = 2"))).succeeds()
	var steps []string
	for _, request := range s.proxy.Requests() {
		switch {
		case strings.HasSuffix(request.Path, "/sync"):
			steps = append(steps, "sync")
		case request.Method == http.MethodGet:
			steps = append(steps, "look")
		}
	}
	if want := []string{"sync", "look", "sync", "look"}; !slices.Equal(steps, want) {
		t.Errorf("got %v, want %v", steps, want)
	}
}

// privacy tells whether a project was created while another write was under way.
type privacy struct {
	projects, others crowd
	mu               sync.Mutex
	broken           bool
}

func (p *privacy) pass(w http.ResponseWriter, r *http.Request, forward http.Handler) {
	ours := &p.others
	if r.Method == http.MethodPost && r.URL.Path == "/api/projects/" {
		ours = &p.projects
	}
	ours.pass(w, r, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.mu.Lock()
		p.broken = p.broken || p.projects.now > 0 && p.projects.now+p.others.now > 1
		p.mu.Unlock()
		forward.ServeHTTP(w, r)
	}))
}

func TestAccRule12ProjectsAreCreatedAlone(t *testing.T) {
	s := start(t)
	var writes privacy
	for _, method := range []string{http.MethodPost, http.MethodPatch, http.MethodDelete} {
		s.proxy.Inject(labelstudiotest.Fault{Method: method, Do: writes.pass})
	}
	folder, there := s.Folder(t, 1), s.newProject()
	before := s.projects()
	s.cli().apply(s.config(project("count = 20") + storageIn(there, "test", folder, "use_blob_urls = true", "count = 20", triggers("1")))).succeeds()
	if got := s.projects() - before; got != 20 {
		t.Errorf("20 projects of the configuration made %d on the server", got)
	}
	if writes.broken {
		t.Error("a project was created beside another write")
	}
}

// projects counts the server's projects.
func (s *stack) projects() int {
	s.t.Helper()
	var list struct{ Count int }
	s.call(http.MethodGet, "/api/projects/?page_size=1", nil, &list)
	return list.Count
}

func TestAccRule12DestroyingAStorageWaitsForItsSync(t *testing.T) {
	for name, destroy := range map[string]func(*stack, *cli) outcome{
		"refreshed": func(_ *stack, tf *cli) outcome {
			return tf.run("destroy", "-auto-approve", "-json", "-target="+storageAddress)
		},
		// Of a storage that has left the configuration, Terraform 1.11 hands over the
		// state as it was before the refresh.
		"not refreshed": func(s *stack, tf *cli) outcome { return tf.apply(s.config(project())) },
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t)
			tf := s.cli()
			tf.apply(s.config(project() + pictures(s.Folder(t, manyFiles)))).succeeds()
			made := tf.storage().Values
			end := s.startSync(made.ID)
			if destroyed := destroy(s, tf); destroyed.failed {
				t.Fatal(destroyed.output)
			}
			end()
			s.expectRequests("destroy", map[string]int{http.MethodDelete: 1})
			s.expectTasks(made.Project, manyFiles)
		})
	}
}

func TestAccRule12DestroyingAProjectWaitsForTheSyncsInIt(t *testing.T) {
	s := start(t)
	tf := s.cli()
	tf.apply(s.config(project())).succeeds()
	project := s.newestProject()
	var storage struct{ ID int64 }
	s.call(http.MethodPost, "/api/storages/localfiles/", map[string]any{"project": project, "path": s.Folder(t, manyFiles), "use_blob_urls": true}, &storage)
	end := s.startSync(storage.ID)
	// Before the first task nothing keeps the server from deleting the project.
	until(t, "the first task", func() bool { return s.tasks(project) > 0 })
	if destroyed := tf.apply(s.config("")); destroyed.failed {
		t.Fatal(destroyed.output)
	}
	end() // well: the server has refused the first request
	if got := s.proxy.Count(http.MethodDelete, `/api/projects/`); got != 2 {
		t.Errorf("the project was deleted %d times, want twice", got)
	}
	if _, err := s.Do(t.Context(), http.MethodGet, fmt.Sprintf("/api/projects/%d/", project), nil, nil); err == nil {
		t.Error("the project is still there")
	}
}

// While it deletes a project, the server takes the signals of its process away,
// and never brings them back if two deletes overlap.
func TestAccRule12ProjectsAreDeletedOneByOneAndTheServerGoesOnCounting(t *testing.T) {
	s := start(t)
	var deletes crowd
	s.proxy.Inject(labelstudiotest.Fault{Method: http.MethodDelete, Path: "^/api/projects/", Do: deletes.pass})
	tf := s.cli()
	tf.apply(s.config(project("count = 20"))).succeeds()
	tf.apply(s.config("")).succeeds()
	if deletes.most != 1 {
		t.Errorf("%d projects were deleted at once", deletes.most)
	}

	id := s.newProject()
	s.call(http.MethodPatch, fmt.Sprintf("/api/projects/%d/", id), map[string]string{
		"label_config": `<View><Text name="text" value="$text"/><Choices name="quality" toName="text"><Choice value="good"/></Choices></View>`,
	}, nil)
	s.call(http.MethodPost, fmt.Sprintf("/api/projects/%d/import", id), []map[string]string{{"text": "a"}}, nil)
	var list struct{ Tasks []struct{ ID int64 } }
	s.call(http.MethodGet, fmt.Sprintf("/api/tasks/?project=%d", id), nil, &list)
	s.annotate(id, list.Tasks[0].ID)
}
