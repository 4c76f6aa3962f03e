package provider_test

import (
	"bytes"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest"
)

// manyFiles take a sync about three seconds.
const manyFiles = 1500

func TestAccRule11TheAnswerTellsWhetherASyncFailed(t *testing.T) {
	s := start(t)
	folder := s.folderOfTasks()
	with := func(trigger string) string { return s.config(project() + tasksOf(folder, triggers(trigger))) }
	tf := s.cli()
	tf.apply(with("1")).warns("use_blob_urls", syncFailed, brokenFile) // the status of this answer is 200

	mend(t, folder)
	tf.apply(with("2")).succeeds() // though the server keeps the traceback
	if got := tf.expectPending(false).Values; got.Status != "completed" || got.Traceback == "" {
		t.Errorf("got status %q and traceback %q, want completed and an old one", got.Status, got.Traceback)
	}
}

func TestAccRule11ARunUnderWayIsWaitedForFirst(t *testing.T) {
	for _, waits := range []string{"true", "false"} {
		t.Run("wait_for_sync "+waits, func(t *testing.T) {
			s := start(t)
			folder := s.Folder(t, 2)
			wait := "wait_for_sync = " + waits
			tf := s.cli()
			tf.apply(s.config(project() + pictures(folder, wait))).succeeds()
			id := tf.storage().Values.ID
			s.note(id, "in_progress")
			s.whenAsked(map[int]func(){4: func() {
				s.expectNoSyncYet()
				s.note(id, "completed")
			}})
			tf.apply(s.config(project() + pictures(folder, wait, triggers("1")))).succeeds()
			s.expectRequests("the apply", map[string]int{"sync": 1})
			s.expectTasksInTheEnd(tf.expectPending(false).Values.Project, 2)
		})
	}
}

// The user interface lists storages, too, and so makes the server give up a run
// that is only slow.
func TestAccRule11ARunThatTheServerHasGivenUpMayStillSucceed(t *testing.T) {
	s := start(t)
	folder := s.Folder(t, 2)
	tf := s.cli()
	tf.apply(s.config(project() + pictures(folder, triggers("1")))).succeeds()
	made := tf.storage().Values
	addFile(t, folder, "new.txt", "a task\n")
	s.proxy.Reset()
	s.note(made.ID, "in_progress")
	s.whenAsked(map[int]func(){
		2: func() {
			s.call(http.MethodGet, fmt.Sprintf("/api/storages/localfiles/?project=%d", made.Project), nil, nil)
			if got := s.stored(made.ID).Status; got != "failed" {
				t.Errorf("the list makes the status %q, want failed", got)
			}
		},
		4: func() {
			s.expectNoSyncYet()
			s.note(made.ID, "completed")
		},
	})
	tf.apply(s.config(project() + pictures(folder, triggers("2")))).succeeds()
	s.expectRequests("the apply", map[string]int{"sync": 1})
	s.expectTasks(tf.expectPending(false).Values.Project, 3)
}

// ignoreSync answers a sync request as a PostgreSQL server does while another run
// is under way: with the storage as it is.
func (s *stack) ignoreSync(w http.ResponseWriter, r *http.Request, forward http.Handler) {
	path := strings.TrimSuffix(r.URL.Path, "/sync")
	id, err := strconv.ParseInt(path[strings.LastIndex(path, "/")+1:], 10, 64)
	if err != nil {
		s.t.Error(err)
	}
	s.note(id, "in_progress")
	s.whenAsked(map[int]func(){2: func() { s.note(id, "completed") }})
	r.Method, r.URL.Path = http.MethodGet, path
	forward.ServeHTTP(w, r)
}

func TestAccRule11ARequestThatTheServerIgnoredIsMadeAgain(t *testing.T) {
	for _, waits := range []string{"true", "false"} {
		t.Run("wait_for_sync "+waits, func(t *testing.T) {
			s := start(t)
			s.faultySync(1, s.ignoreSync)
			tf := s.cli()
			tf.apply(s.config(project() + pictures(s.Folder(t, 2), triggers("1"), "wait_for_sync = "+waits))).succeeds()
			s.expectRequests("the apply", map[string]int{"sync": 2})
			s.expectTasksInTheEnd(tf.expectPending(false).Values.Project, 2)
		})
	}
}

func TestAccRule11ARequestThatAGatewayCutsOffIsFollowedToTheEndOfItsRun(t *testing.T) {
	s := start(t)
	s.faultySync(1, labelstudiotest.GatewayTimeout(time.Second))
	tf := s.cli()
	tf.apply(s.config(project() + pictures(s.Folder(t, manyFiles), triggers("1")))).succeeds()
	s.expectRequests("the apply", map[string]int{"sync": 1})
	got := tf.expectPending(false).Values
	s.expectTasks(got.Project, manyFiles)
	if got.Status != "completed" {
		t.Errorf("the state says %q", got.Status)
	}
}

func TestAccRule11ARequestWhoseAnswerIsLostIsNotMadeAgainIfItsRunSucceeded(t *testing.T) {
	for name, fault := range map[string]labelstudiotest.Action{
		"request_timeout": labelstudiotest.SlowHeaders(time.Minute),
		"reset":           labelstudiotest.ResetAfter(),
		"truncated":       labelstudiotest.TruncateBody(),
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t)
			s.faultySync(1, fault)
			tf := s.cli()
			tf.apply(s.configWith(`request_timeout = "3s"`, project()+pictures(s.Folder(t, 2), triggers("1")))).succeeds()
			s.expectRequests("the apply", map[string]int{"sync": 1})
			s.expectTasks(tf.expectPending(false).Values.Project, 2)
		})
	}
}

func TestAccRule11ARequestThatNeverReachedTheServerIsMadeAgain(t *testing.T) {
	s := start(t)
	s.faultySync(1, labelstudiotest.ResetBefore())
	tf := s.cli()
	tf.apply(s.config(project() + pictures(s.Folder(t, 2), triggers("1")))).succeeds()
	s.expectRequests("the apply", map[string]int{"sync": 2})
	s.expectTasks(tf.expectPending(false).Values.Project, 2)
}

// This takes more than a minute: 30 seconds of silence before the server is made
// to give the run up, and as many for the case that it was only slow.
func TestAccRule11ADeadRunIsCarriedOnByAnother(t *testing.T) {
	s := ownServer(t)
	s.faultySync(1, labelstudiotest.Before(func(*http.Request) {
		time.AfterFunc(time.Second, func() {
			if err := s.Kill(); err != nil {
				t.Error(err)
			}
			if err := s.Restart(t.Context(), labelstudiotest.Options{}); err != nil {
				t.Error(err)
			}
		})
	}))
	tf := s.cli()
	tf.apply(s.config(project() + pictures(s.Folder(t, manyFiles), triggers("1")))).succeeds()
	s.expectRequests("the apply", map[string]int{"sync": 2})
	if got := s.proxy.Count(http.MethodGet, `/api/storages/localfiles/\?`); got != 1 {
		t.Errorf("the storages were listed %d times, want once", got)
	}
	s.expectTasks(tf.expectPending(false).Values.Project, manyFiles)
}

func TestAccRule11TasksThatTheServerLeftOutAreAWarning(t *testing.T) {
	s := ownServer(t, "fflag_feat_utc_210_prediction_validation_15082025=true")
	s.since("1.21.0", "a sync does not leave out tasks")
	folder := s.Folder(t, 0)
	task := `{"data": {"text": "a"}, "predictions": [{"result": [{"from_name": %q, "to_name": "text", "type": "choices", "value": {"choices": ["good"]}}]}]}`
	addFile(t, folder, "right.json", fmt.Sprintf(task, "known"))
	addFile(t, folder, "wrong.json", fmt.Sprintf(task, "unheard_of"))
	config := s.config(project(fmt.Sprintf(choices, "known")) + tasksOf(folder, triggers("1")))
	tf := s.cli()
	tf.apply(config).warns("sync_triggers", "Sync of the storage left out some tasks", "wrong.json", "unheard_of")
	got := tf.expectPending(false).Values
	if got.Status != "completed_with_errors" {
		t.Errorf("got the status %q", got.Status)
	}
	s.expectTasks(got.Project, 1)
	tf.plan(config).expectAction("nothing")
}

// answerQueued answers a sync request as a server with a job queue does.
var answerQueued = labelstudiotest.RewriteBody(func(body []byte) []byte {
	return bytes.Replace(body, []byte(`"status":"completed"`), []byte(`"status":"queued"`), 1)
})

func TestAccRule11AnApplyThatDoesNotWaitLeavesAQueuedSyncAlone(t *testing.T) {
	for _, test := range []struct {
		waits string
		looks int
	}{{"true", 1}, {"false", 0}} {
		t.Run("wait_for_sync "+test.waits, func(t *testing.T) {
			s := start(t)
			s.faultySync(1, answerQueued)
			tf := s.cli()
			tf.apply(s.config(project() + pictures(s.Folder(t, 2), triggers("1"), "wait_for_sync = "+test.waits))).succeeds()
			s.expectRequests("the apply", map[string]int{"sync": 1, http.MethodGet: test.looks})
			tf.expectPending(false)
		})
	}
}
