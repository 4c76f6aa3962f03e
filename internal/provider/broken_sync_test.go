package provider_test

import (
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest"
)

// Syncs that don't end in one request, on the servers where that happens. A run that
// has died shows it by its silence, so these tests wait for the most part, and they
// do so side by side.

// someFiles take a sync some seconds on any server: time enough to break it.
const someFiles = 1500

// tasksOfPage are so few that no limit of a request is in the way.
const tasksOfPage = 250

// sideBySide is a stack of its own for a test that runs beside others.
func sideBySide(t *testing.T, options labelstudiotest.Options) *stack {
	t.Helper()
	t.Parallel()
	return inFrontOf(t, started(t, options))
}

// inMidSync does something as soon as the first sync that is asked for has made a task.
func (s *stack) inMidSync(do func() error) {
	s.t.Helper()
	var done sync.WaitGroup
	s.t.Cleanup(done.Wait)
	s.faultySync(1, func(w http.ResponseWriter, r *http.Request, forward http.Handler) {
		done.Go(func() {
			project := s.newestProject()
			for s.tasks(project) == 0 && s.t.Context().Err() == nil {
				time.Sleep(20 * time.Millisecond)
			}
			if err := do(); err != nil {
				s.t.Error(err)
			}
		})
		forward.ServeHTTP(w, r)
	})
}

// expectEachFileOnce expects that the storage's sync has succeeded in the end, after
// so many requests, with one task for each file.
func (s *stack) expectEachFileOnce(tf *cli, files, atLeastRequests int) {
	s.t.Helper()
	got := tf.expectPending(false).Values
	if got.Status != "completed" {
		s.t.Errorf("the state says %q", got.Status)
	}
	tasks, different := 0, map[string]bool{}
	for page := 1; tasks < files && page <= files/tasksOfPage+1; page++ {
		var list struct {
			Tasks []struct{ Data map[string]string }
		}
		s.call(http.MethodGet, fmt.Sprintf("/api/tasks/?project=%d&page=%d&page_size=%d&fields=all", got.Project, page, tasksOfPage), nil, &list)
		tasks += len(list.Tasks)
		for _, task := range list.Tasks {
			different[fmt.Sprint(task.Data)] = true
		}
	}
	s.expectTasks(got.Project, files)
	if len(different) != files {
		s.t.Errorf("the tasks are of %d different files, want one of each of the %d", len(different), files)
	}
	if syncs := s.syncs(); syncs < atLeastRequests {
		s.t.Errorf("the sync was asked for %d times, want at least %d", syncs, atLeastRequests)
	}
}

func TestAccBrokenSyncThatTheServersOwnLimitCutsOffIsCarriedOnToTheLastFile(t *testing.T) {
	s := sideBySide(t, labelstudiotest.Options{Stack: labelstudiotest.Production, Harakiri: 3 * time.Second})
	const files = 2000 // too many for three seconds
	tf := s.cli()
	tf.apply(s.config(project() + pictures(s.Folder(t, files), triggers("1")))).succeeds()
	s.expectEachFileOnce(tf, files, 2)
}

func TestAccBrokenSyncWhoseRequestIsDroppedBecauseOneRunsIsAskedForAgain(t *testing.T) {
	s := sideBySide(t, labelstudiotest.Options{Stack: labelstudiotest.Production})
	s.since("1.21.0", "it starts a second run beside the first")
	folder := s.Folder(t, someFiles)
	tf := s.cli()
	tf.apply(s.config(project() + pictures(folder))).succeeds()
	id := tf.storage().Values.ID
	var end func()
	s.faultySync(1, labelstudiotest.Before(func(*http.Request) { end = s.startSync(id) }))
	tf.apply(s.config(project() + pictures(folder, triggers("1")))).succeeds()
	end()
	s.expectEachFileOnce(tf, someFiles, 2)
}

func TestAccBrokenSyncGoesOnAfterTheDatabaseWasRestarted(t *testing.T) {
	for _, on := range []labelstudiotest.Stack{labelstudiotest.Production, labelstudiotest.Worker} {
		t.Run(string(on), func(t *testing.T) {
			s := sideBySide(t, labelstudiotest.Options{Stack: on})
			s.inMidSync(func() error {
				s.Database.Halt()
				time.Sleep(5 * time.Second) // the provider finds it down
				return s.Database.Resume(t.Context())
			})
			tf := s.cli()
			tf.apply(s.config(project() + pictures(s.Folder(t, someFiles), triggers("1")))).succeeds()
			s.expectEachFileOnce(tf, someFiles, 2)
		})
	}
}

func TestAccBrokenSyncWhoseWorkerIsLostIsCarriedOnByTheNext(t *testing.T) {
	for name, lose := range map[string]func(*labelstudiotest.JobWorker) error{
		"killed": func(w *labelstudiotest.JobWorker) error { w.Kill(); return nil },
		// By then the next one finds that the job was abandoned, and fails it. The one
		// that was asked for meanwhile waits behind it.
		"killed and missed for long": func(w *labelstudiotest.JobWorker) error {
			w.Kill()
			time.Sleep(100 * time.Second)
			return nil
		},
		"work horse killed": (*labelstudiotest.JobWorker).KillHorse,
		"terminated twice": func(w *labelstudiotest.JobWorker) error {
			w.Terminate()
			time.Sleep(1100 * time.Millisecond) // a second signal within a second doesn't count
			w.Terminate()
			return nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := sideBySide(t, labelstudiotest.Options{Stack: labelstudiotest.Worker})
			s.inMidSync(func() error {
				if err := lose(s.Workers[0]); err != nil {
					return err
				}
				_, err := s.StartWorker(t.Context())
				return err
			})
			tf := s.cli()
			tf.apply(s.config(project() + pictures(s.Folder(t, someFiles), triggers("1")))).succeeds()
			s.expectEachFileOnce(tf, someFiles, 2)
		})
	}
}

func TestAccBrokenSyncWhoseJobIsLostIsAskedForAgain(t *testing.T) {
	s := sideBySide(t, labelstudiotest.Options{Stack: labelstudiotest.Worker})
	s.Workers[0].Halt()
	s.faultySync(1, labelstudiotest.After(func(*http.Request) {
		s.Queue.Flush(t)
		if err := s.Workers[0].Resume(t.Context()); err != nil {
			t.Error(err)
		}
	}))
	tf := s.cli()
	tf.apply(s.config(project() + pictures(s.Folder(t, 2), triggers("1")))).succeeds()
	s.expectEachFileOnce(tf, 2, 2)
}

func TestAccBrokenSyncThatNoWorkerTakesNamesTheWorker(t *testing.T) {
	s := sideBySide(t, labelstudiotest.Options{Stack: labelstudiotest.Worker})
	s.Workers[0].Halt()
	tf := s.cli()
	config := s.config(project() + pictures(s.Folder(t, 2), triggers("1"), `timeouts = { create = "4s" }`))
	tf.apply(config).warns("sync_triggers", syncFailed, "no Redis worker has taken the job", "rqworker low")
	id := tf.expectPending(true).Values.ID
	if err := s.Workers[0].Resume(t.Context()); err != nil {
		t.Fatal(err)
	}
	until(t, "the worker to do the job", func() bool { return s.stored(id).Status == "completed" })
	tf.apply(config).succeeds()
	s.expectEachFileOnce(tf, 2, 2)
}

func TestAccBrokenSyncOutlivesTheTokenThatItWasAskedForWith(t *testing.T) {
	s := sideBySide(t, labelstudiotest.Options{Stack: labelstudiotest.Worker})
	s.Workers[0].Halt()
	var expired int
	asked := 0
	s.proxy.Inject(labelstudiotest.Fault{Method: http.MethodGet, Path: `/api/storages/localfiles/\d+$`, Do: func(w http.ResponseWriter, r *http.Request, forward http.Handler) {
		switch asked++; asked {
		case 2:
			// What the server says of a token after its five minutes it says of this one, too.
			r.Header.Set("Authorization", r.Header.Get("Authorization")+"x")
			expired++
		case 4:
			if err := s.Workers[0].Resume(t.Context()); err != nil {
				t.Error(err)
			}
		}
		forward.ServeHTTP(w, r)
	}})
	tf := s.cli("LABEL_STUDIO_API_KEY=" + s.PersonalAccessToken)
	tf.apply(s.config(project() + pictures(s.Folder(t, 2), triggers("1")))).succeeds()
	s.expectEachFileOnce(tf, 2, 1)
	if refreshed := s.proxy.Count(http.MethodPost, `/api/token/refresh`); expired != 1 || refreshed < 2 {
		t.Errorf("%d tokens had expired, and %d were asked for", expired, refreshed)
	}
}
