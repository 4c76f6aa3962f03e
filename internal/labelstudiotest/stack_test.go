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
		if got, err := chosenStack(); err != nil || got != want {
			t.Errorf("%q: got %q, %v, want %q", variable, got, err, want)
		}
	}
	t.Setenv("LABEL_STUDIO_STACK", "mysql")
	if _, err := chosenStack(); err == nil || !strings.Contains(err.Error(), `"mysql"`) || !strings.Contains(err.Error(), `["sqlite" "production" "worker"]`) {
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
	var storage struct{ ID int }
	do(t, server, http.MethodPost, "/api/storages/localfiles/", map[string]any{
		"project": newProject(t, server), "path": server.Folder(t, files), "use_blob_urls": true,
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

// expectSync expects an answer to the request of a sync, and that the sync is done then
// or later.
func expectSync(t *testing.T, server *Server, want string) {
	t.Helper()
	storage := localStorage(t, server, 3)
	if got := storage.sync(); got != want {
		t.Errorf("the request of a sync answered %q, want %q", got, want)
	}
	storage.waitFor("completed")
}

// The parts of the two tests below follow one upon another: each finds the server as
// the one before has left it.

func TestProduction(t *testing.T) {
	t.Parallel()
	acceptance(t)
	server := start(t, Options{Stack: Production, Harakiri: 3 * time.Second})

	t.Run("SyncsInTheRequest", func(t *testing.T) { expectSync(t, server, "completed") })

	t.Run("AnswersWithoutItsDatabaseAsTheImageDoes", func(t *testing.T) {
		server.Database.Halt()
		if status, err := server.send(t.Context(), http.MethodGet, "/health", "", nil, nil); status != http.StatusInternalServerError {
			t.Errorf("got %d, %v, want 500", status, err)
		}
		if err := server.Database.Resume(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := projects(t, server); got != 1 {
			t.Errorf("the database came back with %d projects, want that of the sync", got)
		}
	})

	t.Run("HarakiriCutsARequestOff", func(t *testing.T) {
		storage := localStorage(t, server, 8000)
		if status, err := server.Do(t.Context(), http.MethodPost, storage.path+"/sync", nil, nil); status != http.StatusBadGateway {
			t.Errorf("got %d, %v, want the 502 of nginx", status, err)
		}
		if got := storage.status(); got != "in_progress" {
			t.Errorf("after it the storage is %q, want in_progress", got)
		}
	})
}

func TestWorker(t *testing.T) {
	t.Parallel()
	acceptance(t)
	server := start(t, Options{Stack: Worker})
	startWorker := func(t *testing.T) *JobWorker {
		t.Helper()
		w, err := server.StartWorker(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return w
	}
	// begun is a sync that a worker has begun and not yet done.
	begun := func(t *testing.T) synced {
		t.Helper()
		storage := localStorage(t, server, 500)
		storage.sync()
		storage.waitFor("in_progress")
		return storage
	}
	// expectQueued expects that nobody begins the sync.
	expectQueued := func(t *testing.T, storage synced) {
		t.Helper()
		time.Sleep(time.Second)
		if got := storage.status(); got != "queued" {
			t.Errorf("the storage is %q, want queued", got)
		}
	}

	worker := server.Workers[0]
	t.Run("SyncsInAWorker", func(t *testing.T) { expectSync(t, server, "queued") })

	t.Run("TerminateEndsAWorkerAfterItsJob", func(t *testing.T) {
		storage := begun(t)
		worker.Terminate()
		storage.waitFor("completed")
		<-worker.Process.Exited
	})

	t.Run("SyncWaitsForAWorker", func(t *testing.T) {
		storage := localStorage(t, server, 3)
		storage.sync()
		expectQueued(t, storage)
		worker = startWorker(t)
		storage.waitFor("completed")
	})

	t.Run("JobOutlivesItsWorker", func(t *testing.T) {
		storage := begun(t)
		worker.Process.Kill()
		storage.waitFor("completed")
	})

	worker = startWorker(t)
	t.Run("KillHorseLetsTheWorkerGoOn", func(t *testing.T) {
		storage := begun(t)
		if err := worker.KillHorse(); err != nil {
			t.Fatal(err)
		}
		expectSync(t, server, "queued")
		if got := storage.status(); got != "in_progress" {
			t.Errorf("after the death of its work horse the storage is %q, want in_progress", got)
		}
	})

	t.Run("KillEndsWorkerAndJob", func(t *testing.T) {
		storage := begun(t)
		horse, err := worker.horse()
		if err != nil {
			t.Fatal(err)
		}
		worker.Kill()
		for deadline := time.Now().Add(10 * time.Second); syscall.Kill(horse, 0) == nil; time.Sleep(20 * time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatal("the work horse outlived its worker")
			}
		}
		if got := storage.status(); got != "in_progress" {
			t.Errorf("after the worker's death the storage is %q, want in_progress", got)
		}
	})

	t.Run("QueueLosesItsJobs", func(t *testing.T) {
		storage := localStorage(t, server, 3)
		storage.sync()
		server.Queue.Flush(t)
		worker = startWorker(t)
		expectQueued(t, storage)
	})

	t.Run("SyncsInTheRequestWithoutItsQueue", func(t *testing.T) {
		server.Queue.Halt()
		expectSync(t, server, "completed")
		if err := server.Queue.Resume(t.Context()); err != nil {
			t.Fatal(err)
		}
		expectSync(t, server, "queued")
	})

	t.Run("HaltEndsAWorker", func(t *testing.T) {
		worker.Halt()
		storage := localStorage(t, server, 3)
		storage.sync()
		expectQueued(t, storage)
	})
}
