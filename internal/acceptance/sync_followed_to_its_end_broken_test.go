package acceptance_test

import (
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/proxy"
)

// Syncs that don't end in one request, on the servers where that happens. A run that
// has died shows it by its silence, so these tests wait for the most part, and they
// do so side by side.

// someFiles take a sync some seconds on any server: time enough to break it.
const someFiles = 700

// tasksOfPage are so few that no limit of a request is in the way.
const tasksOfPage = 50

// inMidSync does something as soon as the first sync that is asked for has made a task.
func inMidSync(s *acctest.Server, do func() error) {
	s.T.Helper()
	var done sync.WaitGroup
	s.T.Cleanup(done.Wait)
	s.FaultySync(1, func(w http.ResponseWriter, r *http.Request, forward http.Handler) {
		done.Go(func() {
			project := s.NewestProject()
			for s.Tasks(project) == 0 && s.T.Context().Err() == nil {
				time.Sleep(20 * time.Millisecond)
			}
			if err := do(); err != nil {
				s.T.Error(err)
			}
		})
		forward.ServeHTTP(w, r)
	})
}

// expectEachFileOnce expects that the storage's sync has succeeded in the end, after
// so many requests, with one task for each file.
func expectEachFileOnce(s *acctest.Server, tf *acctest.Terraform, files, atLeastRequests int) {
	s.T.Helper()
	got := tf.ExpectPending(false).Values
	if got.Status != "completed" {
		s.T.Errorf("the state says %q", got.Status)
	}
	tasks, different := 0, map[string]bool{}
	for page := 1; tasks < files && page <= files/tasksOfPage+1; page++ {
		var list struct {
			Tasks []struct{ Data map[string]string }
		}
		s.Call(http.MethodGet, fmt.Sprintf("/api/tasks/?project=%d&page=%d&page_size=%d&fields=all", got.Project, page, tasksOfPage), nil, &list)
		tasks += len(list.Tasks)
		for _, task := range list.Tasks {
			different[fmt.Sprint(task.Data)] = true
		}
	}
	s.ExpectTasks(got.Project, files)
	if len(different) != files {
		s.T.Errorf("the tasks are of %d different files, want one of each of the %d", len(different), files)
	}
	if syncs := s.Syncs(); syncs < atLeastRequests {
		s.T.Errorf("the sync was asked for %d times, want at least %d", syncs, atLeastRequests)
	}
}

func TestAccSyncFollowedBrokenSyncThatTheServersOwnLimitCutsOffIsCarriedOnToTheLastFile(t *testing.T) {
	t.Parallel()
	const limit, files = 3 * time.Second, 60
	s := acctest.StartWith(t, labelstudiotest.Options{Stack: labelstudiotest.Production, Harakiri: limit})
	if err := s.Database.DelayTask(t.Context(), files/2, 2*limit); err != nil {
		t.Fatal(err)
	}
	tf := s.Terraform()
	tf.Apply(s.Config(acctest.Project() + acctest.Pictures(s.Folder(t, files), acctest.Triggers("1")))).Succeeds()
	expectEachFileOnce(s, tf, files, 2)
}

func TestAccSyncFollowedBrokenSyncWhoseRequestIsDroppedBecauseOneRunsIsAskedForAgain(t *testing.T) {
	t.Parallel()
	s := acctest.StartWith(t, labelstudiotest.Options{Stack: labelstudiotest.Production})
	s.Since("1.21.0", "it starts a second run beside the first")
	folder := s.Folder(t, someFiles)
	tf := s.Terraform()
	tf.Apply(s.Config(acctest.Project() + acctest.Pictures(folder))).Succeeds()
	id := tf.Storage().Values.ID
	var end func()
	s.FaultySync(1, proxy.Before(func(*http.Request) { end = s.StartSync(id) }))
	tf.Apply(s.Config(acctest.Project() + acctest.Pictures(folder, acctest.Triggers("1")))).Succeeds()
	end()
	expectEachFileOnce(s, tf, someFiles, 2)
}

func TestAccSyncFollowedBrokenSyncGoesOnAfterTheDatabaseWasRestarted(t *testing.T) {
	t.Parallel()
	for _, on := range []labelstudiotest.Stack{labelstudiotest.Production, labelstudiotest.Worker} {
		t.Run(string(on), func(t *testing.T) {
			t.Parallel()
			s := acctest.StartWith(t, labelstudiotest.Options{Stack: on})
			inMidSync(s, func() error {
				s.Database.Halt()
				time.Sleep(5 * time.Second) // the provider finds it down
				return s.Database.Resume(t.Context())
			})
			tf := s.Terraform()
			tf.Apply(s.Config(acctest.Project() + acctest.Pictures(s.Folder(t, someFiles), acctest.Triggers("1")))).Succeeds()
			expectEachFileOnce(s, tf, someFiles, 2)
		})
	}
}

func TestAccSyncFollowedBrokenSyncWhoseWorkerIsLostIsCarriedOnByTheNext(t *testing.T) {
	t.Parallel()
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
			t.Parallel()
			s := acctest.StartWith(t, labelstudiotest.Options{Stack: labelstudiotest.Worker})
			inMidSync(s, func() error {
				if err := lose(s.Workers[0]); err != nil {
					return err
				}
				_, err := s.StartWorker(t.Context())
				return err
			})
			tf := s.Terraform()
			tf.Apply(s.Config(acctest.Project() + acctest.Pictures(s.Folder(t, someFiles), acctest.Triggers("1")))).Succeeds()
			expectEachFileOnce(s, tf, someFiles, 2)
		})
	}
}

func TestAccSyncFollowedBrokenSyncWhoseJobIsLostIsAskedForAgain(t *testing.T) {
	t.Parallel()
	s := acctest.StartWith(t, labelstudiotest.Options{Stack: labelstudiotest.Worker})
	s.Workers[0].Halt()
	s.FaultySync(1, proxy.After(func(*http.Request) {
		s.Queue.Flush(t)
		if err := s.Workers[0].Resume(t.Context()); err != nil {
			t.Error(err)
		}
	}))
	tf := s.Terraform()
	tf.Apply(s.Config(acctest.Project() + acctest.Pictures(s.Folder(t, 2), acctest.Triggers("1")))).Succeeds()
	expectEachFileOnce(s, tf, 2, 2)
}

func TestAccSyncFollowedBrokenSyncThatNoWorkerTakesNamesTheWorker(t *testing.T) {
	t.Parallel()
	s := acctest.StartWith(t, labelstudiotest.Options{Stack: labelstudiotest.Worker})
	s.Workers[0].Halt()
	tf := s.Terraform()
	config := s.Config(acctest.Project() + acctest.Pictures(s.Folder(t, 2), acctest.Triggers("1"), `timeouts = { create = "4s" }`))
	tf.Apply(config).Warns("sync_triggers", acctest.SyncFailed, "no Redis worker has taken the job", "rqworker low")
	id := tf.ExpectPending(true).Values.ID
	if err := s.Workers[0].Resume(t.Context()); err != nil {
		t.Fatal(err)
	}
	acctest.Until(t, "the worker to do the job", func() bool { return s.Stored(id).Status == "completed" })
	tf.Apply(config).Succeeds()
	expectEachFileOnce(s, tf, 2, 2)
}

func TestAccSyncFollowedBrokenSyncOutlivesTheTokenThatItWasAskedForWith(t *testing.T) {
	t.Parallel()
	s := acctest.StartWith(t, labelstudiotest.Options{Stack: labelstudiotest.Worker})
	s.Workers[0].Halt()
	var expired int
	asked := 0
	s.Proxy.Inject(proxy.Fault{Method: http.MethodGet, Path: `/api/storages/localfiles/\d+$`, Do: func(w http.ResponseWriter, r *http.Request, forward http.Handler) {
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
	tf := s.Terraform("LABEL_STUDIO_API_KEY=" + s.PersonalAccessToken)
	tf.Apply(s.Config(acctest.Project() + acctest.Pictures(s.Folder(t, 2), acctest.Triggers("1")))).Succeeds()
	expectEachFileOnce(s, tf, 2, 1)
	if refreshed := s.Proxy.Count(http.MethodPost, `/api/token/refresh`); expired != 1 || refreshed < 2 {
		t.Errorf("%d tokens had expired, and %d were asked for", expired, refreshed)
	}
}
