package labelstudiotest

import (
	"fmt"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestChosenStackIsThatOfTheVariable(t *testing.T) {
	for variable, want := range map[string]Stack{"": SQLite, "sqlite": SQLite, "production": Production, "worker": Worker} {
		t.Setenv("LABEL_STUDIO_STACK", variable)
		if got, err := ChosenStack(); err != nil || got != want {
			t.Errorf("%q: got %q, %v, want %q", variable, got, err, want)
		}
	}
	t.Setenv("LABEL_STUDIO_STACK", "mysql")
	if _, err := ChosenStack(); err == nil || !strings.Contains(err.Error(), `"mysql"`) || !strings.Contains(err.Error(), `["sqlite" "production" "worker"]`) {
		t.Errorf("got %v, want the unknown word and the three that there are", err)
	}
}

// A synced is a local storage on a server.
type synced struct {
	t      *testing.T
	server *Server
	path   string
}

// localStorage makes a storage of so many files, in a project of its own.
func localStorage(t *testing.T, server *Server, files int) synced {
	t.Helper()
	var project, storage struct{ ID int }
	do(t, server, http.MethodPost, "/api/projects/", map[string]string{"title": "Stack"}, &project)
	do(t, server, http.MethodPost, "/api/storages/localfiles/", map[string]any{
		"project": project.ID, "path": server.Folder(t, files), "use_blob_urls": true,
	}, &storage)
	return synced{t: t, server: server, path: fmt.Sprintf("/api/storages/localfiles/%d", storage.ID)}
}

// sync starts a sync and returns what the server answered.
func (s synced) sync() (status string) {
	s.t.Helper()
	var answer struct{ Status string }
	do(s.t, s.server, http.MethodPost, s.path+"/sync", nil, &answer)
	return answer.Status
}

func (s synced) status() string {
	s.t.Helper()
	var answer struct{ Status string }
	do(s.t, s.server, http.MethodGet, s.path, nil, &answer)
	return answer.Status
}

func (s synced) waitFor(status string) {
	s.t.Helper()
	for deadline := time.Now().Add(2 * time.Minute); ; time.Sleep(50 * time.Millisecond) {
		got := s.status()
		if got == status {
			return
		}
		if time.Now().After(deadline) {
			s.t.Fatalf("the storage is %q, waited in vain for %q", got, status)
		}
	}
}

func TestSyncRunsInTheRequestOrInAWorker(t *testing.T) {
	t.Parallel()
	acceptance(t)
	for stack, want := range map[Stack]string{SQLite: "completed", Production: "completed", Worker: "queued"} {
		t.Run(string(stack), func(t *testing.T) {
			t.Parallel()
			storage := localStorage(t, start(t, Options{Stack: stack}), 3)
			if got := storage.sync(); got != want {
				t.Errorf("the request of a sync answered %q, want %q", got, want)
			}
			storage.waitFor("completed")
		})
	}
}

func TestProductionAnswersWithoutItsDatabaseAsTheImageDoes(t *testing.T) {
	t.Parallel()
	acceptance(t)
	server := start(t, Options{Stack: Production})
	do(t, server, http.MethodPost, "/api/projects/", map[string]string{"title": "Kept"}, nil)
	server.Database.Halt()
	if status, err := server.send(t.Context(), http.MethodGet, "/health", "", nil, nil); status != http.StatusInternalServerError {
		t.Errorf("got %d, %v, want 500", status, err)
	}
	if err := server.Database.Resume(t.Context()); err != nil {
		t.Fatal(err)
	}
	var projects struct{ Count int }
	do(t, server, http.MethodGet, "/api/projects/", nil, &projects)
	if projects.Count != 1 {
		t.Errorf("the database came back with %d projects, want 1", projects.Count)
	}
}

func TestHarakiriCutsARequestOff(t *testing.T) {
	t.Parallel()
	acceptance(t)
	server := start(t, Options{Stack: Production, Harakiri: 2 * time.Second})
	storage := localStorage(t, server, 5000)
	if status, err := server.Do(t.Context(), http.MethodPost, storage.path+"/sync", nil, nil); status != http.StatusBadGateway {
		t.Errorf("got %d, %v, want the 502 of nginx", status, err)
	}
	if got := storage.status(); got != "in_progress" {
		t.Errorf("after it the storage is %q, want in_progress", got)
	}
}

func TestWorkersCanBeEndedAndStarted(t *testing.T) {
	t.Parallel()
	acceptance(t)
	server := start(t, Options{Stack: Worker})
	worker := func() *JobWorker {
		t.Helper()
		w, err := server.StartWorker(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return w
	}
	server.Workers[0].Halt()
	small := localStorage(t, server, 3)
	small.sync()
	time.Sleep(time.Second)
	if got := small.status(); got != "queued" {
		t.Errorf("without a worker the storage is %q, want queued", got)
	}
	asked := worker()
	small.waitFor("completed")

	large := localStorage(t, server, 500)
	large.sync()
	large.waitFor("in_progress")
	asked.Terminate()
	large.waitFor("completed")
	<-asked.process.exited

	alone := worker()
	large = localStorage(t, server, 500)
	large.sync()
	large.waitFor("in_progress")
	alone.KillAlone()
	large.waitFor("completed")

	goesOn := worker()
	large = localStorage(t, server, 500)
	large.sync()
	large.waitFor("in_progress")
	if err := goesOn.KillHorse(); err != nil {
		t.Fatal(err)
	}
	small = localStorage(t, server, 3)
	small.sync()
	small.waitFor("completed")
	if got := large.status(); got != "in_progress" {
		t.Errorf("after the death of its work horse the storage is %q, want in_progress", got)
	}
	goesOn.Halt()

	dies := worker()
	large = localStorage(t, server, 500)
	large.sync()
	large.waitFor("in_progress")
	horse, err := dies.horse()
	if err != nil {
		t.Fatal(err)
	}
	dies.Kill()
	for deadline := time.Now().Add(10 * time.Second); syscall.Kill(horse, 0) == nil; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the work horse outlived its worker")
		}
	}
	if got := large.status(); got != "in_progress" {
		t.Errorf("after the worker's death the storage is %q, want in_progress", got)
	}
}

func TestQueueLosesItsJobs(t *testing.T) {
	t.Parallel()
	acceptance(t)
	server := start(t, Options{Stack: Worker})
	server.Workers[0].Halt()
	storage := localStorage(t, server, 3)
	storage.sync()
	server.Queue.Flush(t)
	if _, err := server.StartWorker(t.Context()); err != nil {
		t.Fatal(err)
	}
	time.Sleep(time.Second)
	if got := storage.status(); got != "queued" {
		t.Errorf("the storage is %q, want queued for ever", got)
	}

	server.Queue.Halt()
	if got := localStorage(t, server, 3).sync(); got != "completed" {
		t.Errorf("without the queue a sync answers %q, want completed", got)
	}
	if err := server.Queue.Resume(t.Context()); err != nil {
		t.Fatal(err)
	}
	later := localStorage(t, server, 3)
	if got := later.sync(); got != "queued" {
		t.Errorf("with the queue again a sync answers %q, want queued", got)
	}
	later.waitFor("completed")
}
