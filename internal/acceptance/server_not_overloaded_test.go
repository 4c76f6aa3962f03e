package acceptance_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/proxy"
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

func TestAccServerNotOverloadedSixtySyncsOfAProjectRunOneByOneAndNumberTheirTasksWell(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	var syncs crowd
	s.FaultySync(0, syncs.pass)
	config := s.Config(acctest.Project() + acctest.Pictures(s.Folder(t, 3), acctest.Triggers("1"), "count = 60"))
	tf := s.Terraform()
	// SQLite locks a sync out while storages are created: that is no failure, but
	// another round.
	tf.Apply(config).Succeeds()
	if syncs.most != 1 {
		t.Errorf("%d syncs were asked for at once", syncs.most)
	}
	states := tf.Storages()
	for address, storage := range states {
		if storage.Values.Status != "completed" || storage.Values.SyncPending {
			t.Errorf("%s: got %q, pending %v", address, storage.Values.Status, storage.Values.SyncPending)
		}
	}
	project := states[acctest.StorageAddress+"[0]"].Values.Project
	numbers := map[int64]bool{}
	for _, number := range innerIDs(s, project) {
		numbers[number] = true
	}
	if len(numbers) != 180 {
		t.Errorf("the 180 tasks have %d different numbers", len(numbers))
	}
}

// innerIDs are the numbers that the tasks have in their project.
func innerIDs(s *acctest.Server, project int64) (numbers []int64) {
	s.T.Helper()
	var list struct {
		Tasks []struct {
			InnerID int64 `json:"inner_id"`
		}
	}
	s.Call(http.MethodGet, fmt.Sprintf("/api/tasks/?project=%d&page_size=1000&fields=all", project), nil, &list)
	for _, task := range list.Tasks {
		numbers = append(numbers, task.InnerID)
	}
	return numbers
}

func TestAccServerNotOverloadedSyncsOfOtherProjectsWaitForTheirTurnWithoutSpendingTheirTime(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	var syncs crowd
	slow := proxy.SlowHeaders(5 * time.Second)
	s.FaultySync(0, func(w http.ResponseWriter, r *http.Request, forward http.Handler) {
		syncs.change(1)
		defer syncs.change(-1)
		slow(w, r, forward)
	})
	var storages string
	for _, name := range []string{"one", "two", "three", "four"} {
		storages += acctest.StorageIn(s.NewProject(), name, s.Folder(t, 1), "use_blob_urls = true", acctest.Triggers("1"), `timeouts = { create = "18s" }`)
	}
	s.Terraform().Apply(s.Config(storages)).Succeeds()
	s.ExpectRequests("the apply", map[string]int{"sync": 4})
	if syncs.most != 1 {
		t.Errorf("%d syncs were asked for at once", syncs.most)
	}
}

func TestAccServerNotOverloadedAQueuedSyncIsWaitedForBeforeTheNextOfItsProject(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	s.FaultySync(0, answerQueued)
	folder := s.Folder(t, 1)
	s.Terraform().Apply(s.Config(acctest.Project() + acctest.Pictures(folder, acctest.Triggers("1"), "count = 2"))).Succeeds()
	var steps []string
	for _, request := range s.Proxy.Requests() {
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

func TestAccServerNotOverloadedProjectsAreCreatedAlone(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	var writes privacy
	for _, method := range []string{http.MethodPost, http.MethodPatch, http.MethodDelete} {
		s.Proxy.Inject(proxy.Fault{Method: method, Do: writes.pass})
	}
	folder, there := s.Folder(t, 1), s.NewProject()
	before := projects(s)
	s.Terraform().Apply(s.Config(acctest.Project("count = 20") + acctest.StorageIn(there, "test", folder, "use_blob_urls = true", "count = 20", acctest.Triggers("1")))).Succeeds()
	if got := projects(s) - before; got != 20 {
		t.Errorf("20 projects of the configuration made %d on the server", got)
	}
	if writes.broken {
		t.Error("a project was created beside another write")
	}
}

// projects counts the server's projects.
func projects(s *acctest.Server) int {
	s.T.Helper()
	var list struct{ Count int }
	s.Call(http.MethodGet, "/api/projects/?page_size=1", nil, &list)
	return list.Count
}

func TestAccServerNotOverloadedDestroyingAStorageWaitsForItsSync(t *testing.T) {
	t.Parallel()
	for name, destroy := range map[string]func(*acctest.Server, *acctest.Terraform) acctest.Result{
		"refreshed": func(_ *acctest.Server, tf *acctest.Terraform) acctest.Result {
			return tf.Run("destroy", "-auto-approve", "-json", "-target="+acctest.StorageAddress)
		},
		// Of a storage that has left the configuration, Terraform 1.11 hands over the
		// state as it was before the refresh.
		"not refreshed": func(s *acctest.Server, tf *acctest.Terraform) acctest.Result {
			return tf.Apply(s.Config(acctest.Project()))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := acctest.Start(t)
			tf := s.Terraform()
			tf.Apply(s.Config(acctest.Project() + acctest.Pictures(s.Folder(t, manyFiles)))).Succeeds()
			made := tf.Storage().Values
			end := s.StartSync(made.ID)
			if destroyed := destroy(s, tf); destroyed.Failed {
				t.Fatal(destroyed.Output)
			}
			end()
			s.ExpectRequests("destroy", map[string]int{http.MethodDelete: 1})
			s.ExpectTasks(made.Project, manyFiles)
		})
	}
}

func TestAccServerNotOverloadedDestroyingAProjectWaitsForTheSyncsInIt(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	tf := s.Terraform()
	tf.Apply(s.Config(acctest.Project())).Succeeds()
	project := s.NewestProject()
	var storage struct{ ID int64 }
	s.Call(http.MethodPost, "/api/storages/localfiles/", map[string]any{"project": project, "path": s.Folder(t, manyFiles), "use_blob_urls": true}, &storage)
	end := s.StartSync(storage.ID)
	// Before the first task nothing keeps the server from deleting the project.
	acctest.Until(t, "the first task", func() bool { return s.Tasks(project) > 0 })
	if destroyed := tf.Apply(s.Config("")); destroyed.Failed {
		t.Fatal(destroyed.Output)
	}
	end() // well: the server has refused the first request
	if got := s.Proxy.Count(http.MethodDelete, `/api/projects/`); got != 2 {
		t.Errorf("the project was deleted %d times, want twice", got)
	}
	if _, err := s.Do(t.Context(), http.MethodGet, fmt.Sprintf("/api/projects/%d/", project), nil, nil); err == nil {
		t.Error("the project is still there")
	}
}

// While it deletes a project, the server takes the signals of its process away,
// and never brings them back if two deletes overlap.
func TestAccServerNotOverloadedProjectsAreDeletedOneByOneAndTheServerGoesOnCounting(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	var deletes crowd
	s.Proxy.Inject(proxy.Fault{Method: http.MethodDelete, Path: "^/api/projects/", Do: deletes.pass})
	tf := s.Terraform()
	tf.Apply(s.Config(acctest.Project("count = 20"))).Succeeds()
	tf.Apply(s.Config("")).Succeeds()
	if deletes.most != 1 {
		t.Errorf("%d projects were deleted at once", deletes.most)
	}

	id := s.NewProject()
	s.Call(http.MethodPatch, fmt.Sprintf("/api/projects/%d/", id), map[string]string{
		"label_config": acctest.AnnotatedConfig,
	}, nil)
	s.Call(http.MethodPost, fmt.Sprintf("/api/projects/%d/import", id), []map[string]string{{"text": "a"}}, nil)
	var list struct{ Tasks []struct{ ID int64 } }
	s.Call(http.MethodGet, fmt.Sprintf("/api/tasks/?project=%d", id), nil, &list)
	s.Annotate(id, list.Tasks[0].ID)
}

// projectsOnServer counts the projects, whoever has made them.
func projectsOnServer(s *acctest.Server) int {
	s.T.Helper()
	var list struct{ Count int }
	s.Call(http.MethodGet, "/api/projects/?page_size=1", nil, &list)
	return list.Count
}

// SQLite makes two projects of one when several are created at once, and answers
// that it is locked.
func TestAccServerNotOverloadedHundredsOfObjectsAtOnceLeaveNoErrorNoOrphanAndNothingBehind(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	tf := s.Terraform("TF_LOG=OFF") // a third of a gigabyte, and it slows Terraform down
	const number = 100
	config := s.Config(fmt.Sprintf(`
resource "labelstudio_project" "many" {
  count       = %[1]d
  title       = "project ${count.index}"
  description = "created"
}
resource "labelstudio_local_storage" "many" {
  count       = %[1]d
  project     = labelstudio_project.many[count.index].id
  path        = %[2]q
  description = "created"
}
`, number, s.Folder(t, 0)))
	before := projectsOnServer(s)
	expect := func(step string, projects int, requests map[string]int) {
		t.Helper()
		if got := projectsOnServer(s) - before; got != projects {
			t.Errorf("%s: the server has %d more projects than before, want %d", step, got, projects)
		}
		for method, want := range requests {
			if got := s.Proxy.Count(method, ""); got != want {
				t.Errorf("%s: %d %s requests, want %d", step, got, method, want)
			}
		}
		s.Proxy.Reset()
	}
	timed := func(step string, do func() acctest.Result) {
		t.Helper()
		start := time.Now()
		do().Succeeds()
		t.Logf("%s: %s", step, time.Since(start).Round(time.Second/10))
	}

	timed("create", func() acctest.Result { return tf.Apply(config) })
	expect("create", number, map[string]int{http.MethodPost: 2 * number})
	timed("change", func() acctest.Result { return tf.Apply(strings.ReplaceAll(config, "created", "changed")) })
	expect("change", number, map[string]int{http.MethodPatch: 2 * number})
	timed("plan", func() acctest.Result { return tf.Plan(tf.Applied) })
	// How many projects share a request depends on how they meet.
	if got := s.Proxy.Count(http.MethodGet, "^/api/projects/"); got > number/2 {
		t.Errorf("plan: %d requests for %d projects", got, number)
	}
	expect("plan", number, map[string]int{})
	timed("destroy", func() acctest.Result { return tf.Apply(s.Config("")) })
	expect("destroy", 0, map[string]int{http.MethodDelete: 2 * number})
}
