package acceptance_test

import (
	"net/http"
	"os"
	"testing"
	"time"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/proxy"
)

// brokenFile makes a sync fail whose storage reads files of tasks.
const brokenFile = "broken.json"

// folderOfTasks holds a task and a broken file, which the server reads later.
func folderOfTasks(s *acctest.Server) string {
	s.T.Helper()
	folder := s.Folder(s.T, 0)
	acctest.AddFile(s.T, folder, "1.json", `{"data": {"text": "one"}}`)
	acctest.AddFile(s.T, folder, brokenFile, "{")
	return folder
}

// mend makes the broken file one of a task.
func mend(t *testing.T, folder string) {
	t.Helper()
	acctest.AddFile(t, folder, brokenFile, `{"data": {"text": "two"}}`)
}

func TestAccPendingSyncsAFailedSyncOfANewStorageIsAWarningAndRetriedInPlace(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	folder := folderOfTasks(s)
	config := s.Config(acctest.Project() + acctest.TasksOf(folder, acctest.Triggers("1")))
	tf := s.Terraform()
	tf.Apply(config).Warns("use_blob_urls", acctest.SyncFailed, "sync_pending is true")
	made := tf.ExpectPending(true).Values
	s.ExpectTasks(made.Project, 1)

	tf.Plan(config).ExpectAction("update")
	mend(t, folder)
	s.Proxy.Reset()
	tf.Apply(config).Succeeds()
	s.ExpectRequests("the retry", map[string]int{"sync": 1, http.MethodPost: 0, http.MethodPatch: 0, http.MethodDelete: 0})
	s.ExpectTasks(made.Project, 2)
	if got := tf.ExpectPending(false).Values; got.ID != made.ID {
		t.Errorf("storage %d is %d after the retry", made.ID, got.ID)
	}
	tf.Plan(config).ExpectAction("nothing")
}

func TestAccPendingSyncsAFailedSyncOfAChangeIsAnErrorThatKeepsAllNewValues(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	folder := folderOfTasks(s)
	tf := s.Terraform()
	tf.Apply(s.Config(acctest.Project() + acctest.TasksOf(folder, `title = "before"`))).Succeeds()
	changed := s.Config(acctest.Project() + acctest.TasksOf(folder, `title = "after"`, acctest.Triggers("1")))
	tf.Apply(changed).Fails("use_blob_urls", acctest.SyncFailed, "sync_pending is true")
	if got := tf.ExpectPending(true).Values; got.Title != "after" || got.Triggers["now"] != "1" || got.Status != "failed" {
		t.Errorf("the state holds %+v", got)
	}

	tf.Plan(changed).ExpectAction("update")
	mend(t, folder)
	s.Proxy.Reset()
	tf.Apply(changed).Succeeds()
	s.ExpectRequests("the retry", map[string]int{"sync": 1, http.MethodPatch: 0})
	s.ExpectTasks(tf.ExpectPending(false).Values.Project, 2)
}

func TestAccPendingSyncsAPostconditionMakesTheApplyFailWithoutTaint(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	folder := folderOfTasks(s)
	config := s.Config(acctest.Project() + acctest.TasksOf(folder, acctest.Triggers("1"), `lifecycle {
    postcondition {
      condition     = !self.sync_pending
      error_message = "Not all files are imported."
    }
  }`))
	tf := s.Terraform()
	failed := tf.Apply(config)
	errors := failed.Errors()
	if !failed.Failed || len(errors) != 1 || errors[0].Detail != "Not all files are imported." {
		t.Fatalf("the postcondition should fail, and nothing else:\n%s", failed.Output)
	}
	tf.ExpectPending(true)

	mend(t, folder)
	tf.Apply(config).Succeeds()
	s.ExpectTasks(tf.ExpectPending(false).Values.Project, 2)
}

func TestAccPendingSyncsWithoutItsTriggersAFailedSyncIsNotRetried(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	folder := folderOfTasks(s)
	tf := s.Terraform()
	tf.Apply(s.Config(acctest.Project()+acctest.TasksOf(folder, acctest.Triggers("1")))).Warns("use_blob_urls", acctest.SyncFailed)
	tf.ExpectPending(true)
	s.Proxy.Reset()
	without := s.Config(acctest.Project() + acctest.TasksOf(folder))
	tf.Apply(without).Succeeds()
	s.ExpectRequests("the apply", map[string]int{"sync": 0, http.MethodPatch: 0})
	tf.ExpectPending(false)
	tf.Plan(without).ExpectAction("nothing")
}

func TestAccPendingSyncsATriggerThatIsTakenBackStillRetries(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	folder := folderOfTasks(s)
	acctest.RemoveFile(t, folder, brokenFile)
	with := func(trigger string) string {
		return s.Config(acctest.Project() + acctest.TasksOf(folder, acctest.Triggers(trigger)))
	}
	tf := s.Terraform()
	tf.Apply(with("1")).Succeeds()
	acctest.AddFile(t, folder, brokenFile, "{")
	tf.Apply(with("2")).Fails("use_blob_urls", acctest.SyncFailed)
	mend(t, folder)
	s.Proxy.Reset()
	tf.Apply(with("1")).Succeeds()
	s.ExpectRequests("the apply", map[string]int{"sync": 1})
	s.ExpectTasks(tf.ExpectPending(false).Values.Project, 2)
}

func TestAccPendingSyncsAfterTheCreationNothingIsAnError(t *testing.T) {
	t.Parallel()
	json := []string{"Content-Type", "application/json"}
	for name, test := range map[string]struct {
		fault proxy.Action
		says  string
	}{
		"refused":        {proxy.Respond(http.StatusBadRequest, `{"message":"Storage 1 is not synchronizable"}`, json...), "is not synchronizable"},
		"forbidden":      {proxy.Respond(http.StatusForbidden, `{"detail":"You do not have permission"}`, json...), "You do not have permission"},
		"server's fault": {proxy.Respond(http.StatusInternalServerError, `{"detail":"something broke"}`, json...), "something broke"},
		"a web page":     {proxy.Respond(http.StatusOK, "<html><title>Sign in</title></html>", "Content-Type", "text/html"), "Sign in"},
		"no answer":      {proxy.ResetBefore(), "had not ended after 3s"},
		"too slow":       {proxy.SlowHeaders(time.Minute), "had not ended after 3s"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := acctest.Start(t)
			config := s.Config(acctest.Project() + acctest.Pictures(s.Folder(t, 2), acctest.Triggers("1"), `timeouts = { create = "3s" }`))
			tf := s.Terraform()
			repair := s.FaultySync(0, test.fault)
			tf.Apply(config).Warns("sync_triggers", acctest.SyncFailed, test.says, "sync_pending is true")
			tf.ExpectPending(true)
			repair()
			tf.Apply(config).Succeeds()
			s.ExpectTasks(tf.ExpectPending(false).Values.Project, 2)
		})
	}
}

func TestAccPendingSyncsAnInterruptedApplyReturnsAtOnceWithItsStateWritten(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	s.FaultySync(1, proxy.SlowHeaders(time.Minute))
	config := s.Config(acctest.Project() + acctest.Pictures(s.Folder(t, 2), acctest.Triggers("1")))
	tf := s.Terraform()
	took := interrupted(tf, config, func() bool { return s.Syncs() == 1 })
	if took > 10*time.Second {
		t.Errorf("the apply ended %s after the interrupt", took)
	}
	made := tf.ExpectPending(true).Values

	tf.Apply(config).Succeeds()
	if got := tf.ExpectPending(false).Values; got.ID != made.ID {
		t.Errorf("storage %d is %d after the retry", made.ID, got.ID)
	}
	s.ExpectTasks(made.Project, 2)
}

// interrupted applies the configuration and interrupts it, as Ctrl-C does, at the
// right moment. It tells how long the apply then took to end.
func interrupted(tf *acctest.Terraform, config string, moment func() bool) time.Duration {
	tf.T.Helper()
	tf.Applied = config
	tf.Write("main.tf", config)
	apply := tf.Command("apply", "-auto-approve", "-json", "-input=false")
	if err := apply.Start(); err != nil {
		tf.T.Fatal(err)
	}
	acctest.Until(tf.T, "the moment of the interrupt", moment)
	since := time.Now()
	if err := apply.Process.Signal(os.Interrupt); err != nil {
		tf.T.Fatal(err)
	}
	_ = apply.Wait() // it fails, as it should
	return time.Since(since)
}
