package acceptance_test

import (
	"bytes"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/proxy"
)

// manyFiles take a sync two seconds or more.
const manyFiles = 1000

func TestAccSyncFollowedTheAnswerTellsWhetherASyncFailed(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	folder := folderOfTasks(s)
	with := func(trigger string) string {
		return s.Config(acctest.Project() + acctest.TasksOf(folder, acctest.Triggers(trigger)))
	}
	tf := s.Terraform()
	tf.Apply(with("1")).Warns("use_blob_urls", acctest.SyncFailed, brokenFile) // the status of this answer is 200

	mend(t, folder)
	tf.Apply(with("2")).Succeeds() // though the server keeps the traceback
	if got := s.Stored(tf.ExpectPending(false).Values.ID); got.Status != "completed" || got.Traceback == "" {
		t.Errorf("got status %q and traceback %q, want completed and an old one", got.Status, got.Traceback)
	}
}

func TestAccSyncFollowedARunUnderWayIsWaitedForFirst(t *testing.T) {
	t.Parallel()
	for _, waits := range []string{"true", "false"} {
		t.Run("wait_for_sync "+waits, func(t *testing.T) {
			t.Parallel()
			s := acctest.Start(t)
			folder := s.Folder(t, 2)
			wait := "wait_for_sync = " + waits
			tf := s.Terraform()
			tf.Apply(s.Config(acctest.Project() + acctest.Pictures(folder, wait))).Succeeds()
			id := tf.Storage().Values.ID
			s.Note(id, "in_progress")
			whenAsked(s, map[int]func(){4: func() {
				expectNoSyncYet(s)
				s.Note(id, "completed")
			}})
			tf.Apply(s.Config(acctest.Project() + acctest.Pictures(folder, wait, acctest.Triggers("1")))).Succeeds()
			s.ExpectRequests("the apply", map[string]int{"sync": 1})
			s.ExpectTasksInTheEnd(tf.ExpectPending(false).Values.Project, 2)
		})
	}
}

// The user interface lists storages, too, and so makes the server give up a run
// that is only slow.
func TestAccSyncFollowedARunThatTheServerHasGivenUpMayStillSucceed(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	folder := s.Folder(t, 2)
	tf := s.Terraform()
	tf.Apply(s.Config(acctest.Project() + acctest.Pictures(folder, acctest.Triggers("1")))).Succeeds()
	made := tf.Storage().Values
	acctest.AddFile(t, folder, "new.txt", "a task\n")
	s.Proxy.Reset()
	s.Note(made.ID, "in_progress")
	whenAsked(s, map[int]func(){
		2: func() {
			s.Call(http.MethodGet, fmt.Sprintf("/api/storages/localfiles/?project=%d", made.Project), nil, nil)
			if got := s.Stored(made.ID).Status; got != "failed" {
				t.Errorf("the list makes the status %q, want failed", got)
			}
		},
		4: func() {
			expectNoSyncYet(s)
			s.Note(made.ID, "completed")
		},
	})
	tf.Apply(s.Config(acctest.Project() + acctest.Pictures(folder, acctest.Triggers("2")))).Succeeds()
	s.ExpectRequests("the apply", map[string]int{"sync": 1})
	s.ExpectTasks(tf.ExpectPending(false).Values.Project, 3)
}

// ignoreSync answers a sync request as a PostgreSQL server does while another run
// is under way: with the storage as it is.
func ignoreSync(s *acctest.Server) proxy.Action {
	return func(w http.ResponseWriter, r *http.Request, forward http.Handler) {
		path := strings.TrimSuffix(r.URL.Path, "/sync")
		id, err := strconv.ParseInt(path[strings.LastIndex(path, "/")+1:], 10, 64)
		if err != nil {
			s.T.Error(err)
		}
		s.Note(id, "in_progress")
		whenAsked(s, map[int]func(){2: func() { s.Note(id, "completed") }})
		r.Method, r.URL.Path = http.MethodGet, path
		forward.ServeHTTP(w, r)
	}
}

func TestAccSyncFollowedARequestThatTheServerIgnoredIsMadeAgain(t *testing.T) {
	t.Parallel()
	for _, waits := range []string{"true", "false"} {
		t.Run("wait_for_sync "+waits, func(t *testing.T) {
			t.Parallel()
			s := acctest.Start(t)
			s.FaultySync(1, ignoreSync(s))
			tf := s.Terraform()
			tf.Apply(s.Config(acctest.Project() + acctest.Pictures(s.Folder(t, 2), acctest.Triggers("1"), "wait_for_sync = "+waits))).Succeeds()
			s.ExpectRequests("the apply", map[string]int{"sync": 2})
			s.ExpectTasksInTheEnd(tf.ExpectPending(false).Values.Project, 2)
		})
	}
}

func TestAccSyncFollowedARequestThatAGatewayCutsOffIsFollowedToTheEndOfItsRun(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	s.FaultySync(1, proxy.GatewayTimeout(time.Second))
	tf := s.Terraform()
	tf.Apply(s.Config(acctest.Project() + acctest.Pictures(s.Folder(t, manyFiles), acctest.Triggers("1")))).Succeeds()
	s.ExpectRequests("the apply", map[string]int{"sync": 1})
	got := tf.ExpectPending(false).Values
	s.ExpectTasks(got.Project, manyFiles)
	if got.Status != "completed" {
		t.Errorf("the state says %q", got.Status)
	}
}

func TestAccSyncFollowedARequestWhoseAnswerIsLostIsNotMadeAgainIfItsRunSucceeded(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]proxy.Action{
		"request_timeout": proxy.SlowHeaders(time.Minute),
		"reset":           proxy.ResetAfter(),
		"truncated":       proxy.TruncateBody(),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := acctest.Start(t)
			s.FaultySync(1, fault)
			tf := s.Terraform()
			tf.Apply(s.ConfigWith(`request_timeout = "3s"`, acctest.Project()+acctest.Pictures(s.Folder(t, 2), acctest.Triggers("1")))).Succeeds()
			s.ExpectRequests("the apply", map[string]int{"sync": 1})
			s.ExpectTasks(tf.ExpectPending(false).Values.Project, 2)
		})
	}
}

func TestAccSyncFollowedARequestThatNeverReachedTheServerIsMadeAgain(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	s.FaultySync(1, proxy.ResetBefore())
	tf := s.Terraform()
	tf.Apply(s.Config(acctest.Project() + acctest.Pictures(s.Folder(t, 2), acctest.Triggers("1")))).Succeeds()
	s.ExpectRequests("the apply", map[string]int{"sync": 2})
	s.ExpectTasks(tf.ExpectPending(false).Values.Project, 2)
}

// This takes more than a minute: 30 seconds of silence before the server is made
// to give the run up, and as many for the case that it was only slow.
func TestAccSyncFollowedADeadRunIsCarriedOnByAnother(t *testing.T) {
	t.Parallel()
	s := acctest.StartOwn(t)
	s.FaultySync(1, proxy.Before(func(*http.Request) {
		time.AfterFunc(time.Second, func() {
			if err := s.Kill(); err != nil {
				t.Error(err)
			}
			if err := s.Restart(t.Context(), labelstudiotest.Options{}); err != nil {
				t.Error(err)
			}
		})
	}))
	tf := s.Terraform()
	tf.Apply(s.Config(acctest.Project() + acctest.Pictures(s.Folder(t, manyFiles), acctest.Triggers("1")))).Succeeds()
	s.ExpectRequests("the apply", map[string]int{"sync": 2})
	if got := s.Proxy.Count(http.MethodGet, `/api/storages/localfiles/\?`); got != 1 {
		t.Errorf("the storages were listed %d times, want once", got)
	}
	s.ExpectTasks(tf.ExpectPending(false).Values.Project, manyFiles)
}

func TestAccSyncFollowedTasksThatTheServerLeftOutAreAWarning(t *testing.T) {
	t.Parallel()
	s := acctest.StartOwn(t, "fflag_feat_utc_210_prediction_validation_15082025=true")
	s.Since("1.21.0", "a sync does not leave out tasks")
	folder := s.Folder(t, 0)
	task := `{"data": {"text": "a"}, "predictions": [{"result": [{"from_name": %q, "to_name": "text", "type": "choices", "value": {"choices": ["good"]}}]}]}`
	acctest.AddFile(t, folder, "right.json", fmt.Sprintf(task, "known"))
	acctest.AddFile(t, folder, "wrong.json", fmt.Sprintf(task, "unheard_of"))
	config := s.Config(acctest.Project(fmt.Sprintf(choices, "known")) + acctest.TasksOf(folder, acctest.Triggers("1")))
	tf := s.Terraform()
	tf.Apply(config).Warns("sync_triggers", "Sync of the storage left out some tasks", "wrong.json", "unheard_of")
	got := tf.ExpectPending(false).Values
	if got.Status != "completed_with_errors" {
		t.Errorf("got the status %q", got.Status)
	}
	s.ExpectTasks(got.Project, 1)
	tf.Plan(config).ExpectAction("nothing")
}

// answerQueued answers a sync request as a server with a job queue does.
var answerQueued = proxy.RewriteBody(func(body []byte) []byte {
	return bytes.Replace(body, []byte(`"status":"completed"`), []byte(`"status":"queued"`), 1)
})

func TestAccSyncFollowedAnApplyThatDoesNotWaitLeavesAQueuedSyncAlone(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		waits string
		looks int
	}{{"true", 1}, {"false", 0}} {
		t.Run("wait_for_sync "+test.waits, func(t *testing.T) {
			t.Parallel()
			s := acctest.Start(t)
			s.FaultySync(1, answerQueued)
			tf := s.Terraform()
			tf.Apply(s.Config(acctest.Project() + acctest.Pictures(s.Folder(t, 2), acctest.Triggers("1"), "wait_for_sync = "+test.waits))).Succeeds()
			s.ExpectRequests("the apply", map[string]int{"sync": 1, http.MethodGet: test.looks})
			tf.ExpectPending(false)
		})
	}
}

// whenAsked does things right before the provider asks for a storage for the nth
// time from now. The test fails when it doesn't ask as often.
func whenAsked(s *acctest.Server, do map[int]func()) {
	s.T.Helper()
	var asked atomic.Int64
	last := slices.Max(slices.Collect(maps.Keys(do)))
	s.Proxy.Inject(proxy.Fault{Method: http.MethodGet, Path: `/api/storages/localfiles/\d+$`, Do: proxy.Before(func(*http.Request) {
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
