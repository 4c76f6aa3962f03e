package provider_test

import (
	"net/http"
	"os"
	"testing"
	"time"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest"
)

// brokenFile makes a sync fail whose storage reads files of tasks.
const brokenFile = "broken.json"

// tasksOf is a storage that reads files of tasks.
func tasksOf(folder string, settings ...string) string {
	return storage(folder, append([]string{"use_blob_urls = false"}, settings...)...)
}

// folderOfTasks holds a task and a broken file, which the server reads later.
func (s *stack) folderOfTasks() string {
	s.t.Helper()
	folder := s.Folder(s.t, 0)
	addFile(s.t, folder, "1.json", `{"data": {"text": "one"}}`)
	addFile(s.t, folder, brokenFile, "{")
	return folder
}

// mend makes the broken file one of a task.
func mend(t *testing.T, folder string) {
	t.Helper()
	addFile(t, folder, brokenFile, `{"data": {"text": "two"}}`)
}

func TestAccRule10AFailedSyncOfANewStorageIsAWarningAndRetriedInPlace(t *testing.T) {
	s := start(t)
	folder := s.folderOfTasks()
	config := s.config(project() + tasksOf(folder, triggers("1")))
	tf := s.cli()
	tf.apply(config).warns("use_blob_urls", syncFailed, "sync_pending is true")
	made := tf.expectPending(true).Values
	s.expectTasks(made.Project, 1)

	tf.plan(config).expectAction("update")
	mend(t, folder)
	s.proxy.Reset()
	tf.apply(config).succeeds()
	s.expectRequests("the retry", map[string]int{"sync": 1, http.MethodPost: 0, http.MethodPatch: 0, http.MethodDelete: 0})
	s.expectTasks(made.Project, 2)
	if got := tf.expectPending(false).Values; got.ID != made.ID {
		t.Errorf("storage %d is %d after the retry", made.ID, got.ID)
	}
	tf.plan(config).expectAction("nothing")
}

func TestAccRule10AFailedSyncOfAChangeIsAnErrorThatKeepsAllNewValues(t *testing.T) {
	s := start(t)
	folder := s.folderOfTasks()
	tf := s.cli()
	tf.apply(s.config(project() + tasksOf(folder, `title = "before"`))).succeeds()
	changed := s.config(project() + tasksOf(folder, `title = "after"`, triggers("1")))
	tf.apply(changed).fails("use_blob_urls", syncFailed, "sync_pending is true")
	if got := tf.expectPending(true).Values; got.Title != "after" || got.Triggers["now"] != "1" || got.Status != "failed" {
		t.Errorf("the state holds %+v", got)
	}

	tf.plan(changed).expectAction("update")
	mend(t, folder)
	s.proxy.Reset()
	tf.apply(changed).succeeds()
	s.expectRequests("the retry", map[string]int{"sync": 1, http.MethodPatch: 0})
	s.expectTasks(tf.expectPending(false).Values.Project, 2)
}

func TestAccRule10APostconditionMakesTheApplyFailWithoutTaint(t *testing.T) {
	s := start(t)
	folder := s.folderOfTasks()
	config := s.config(project() + tasksOf(folder, triggers("1"), `lifecycle {
    postcondition {
      condition     = !self.sync_pending
      error_message = "Not all files are imported."
    }
  }`))
	tf := s.cli()
	failed := tf.apply(config)
	errors := failed.diagnostics("error")
	if !failed.failed || len(errors) != 1 || errors[0].Detail != "Not all files are imported." {
		t.Fatalf("the postcondition should fail, and nothing else:\n%s", failed.output)
	}
	tf.expectPending(true)

	mend(t, folder)
	tf.apply(config).succeeds()
	s.expectTasks(tf.expectPending(false).Values.Project, 2)
}

func TestAccRule10WithoutItsTriggersAFailedSyncIsNotRetried(t *testing.T) {
	s := start(t)
	folder := s.folderOfTasks()
	tf := s.cli()
	tf.apply(s.config(project()+tasksOf(folder, triggers("1")))).warns("use_blob_urls", syncFailed)
	tf.expectPending(true)
	s.proxy.Reset()
	without := s.config(project() + tasksOf(folder))
	tf.apply(without).succeeds()
	s.expectRequests("the apply", map[string]int{"sync": 0, http.MethodPatch: 0})
	tf.expectPending(false)
	tf.plan(without).expectAction("nothing")
}

func TestAccRule10ATriggerThatIsTakenBackStillRetries(t *testing.T) {
	s := start(t)
	folder := s.folderOfTasks()
	removeFile(t, folder, brokenFile)
	with := func(trigger string) string { return s.config(project() + tasksOf(folder, triggers(trigger))) }
	tf := s.cli()
	tf.apply(with("1")).succeeds()
	addFile(t, folder, brokenFile, "{")
	tf.apply(with("2")).fails("use_blob_urls", syncFailed)
	mend(t, folder)
	s.proxy.Reset()
	tf.apply(with("1")).succeeds()
	s.expectRequests("the apply", map[string]int{"sync": 1})
	s.expectTasks(tf.expectPending(false).Values.Project, 2)
}

func TestAccRule10AfterTheCreationNothingIsAnError(t *testing.T) {
	json := []string{"Content-Type", "application/json"}
	for name, test := range map[string]struct {
		fault labelstudiotest.Action
		says  string
	}{
		"refused":        {labelstudiotest.Respond(http.StatusBadRequest, `{"message":"Storage 1 is not synchronizable"}`, json...), "is not synchronizable"},
		"forbidden":      {labelstudiotest.Respond(http.StatusForbidden, `{"detail":"You do not have permission"}`, json...), "You do not have permission"},
		"server's fault": {labelstudiotest.Respond(http.StatusInternalServerError, `{"detail":"something broke"}`, json...), "something broke"},
		"a web page":     {labelstudiotest.Respond(http.StatusOK, "<html><title>Sign in</title></html>", "Content-Type", "text/html"), "Sign in"},
		"no answer":      {labelstudiotest.ResetBefore(), "had not ended after 3s"},
		"too slow":       {labelstudiotest.SlowHeaders(time.Minute), "had not ended after 3s"},
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t)
			config := s.config(project() + pictures(s.Folder(t, 2), triggers("1"), `timeouts = { create = "3s" }`))
			tf := s.cli()
			repair := s.faultySync(0, test.fault)
			tf.apply(config).warns("sync_triggers", syncFailed, test.says, "sync_pending is true")
			tf.expectPending(true)
			repair()
			tf.apply(config).succeeds()
			s.expectTasks(tf.expectPending(false).Values.Project, 2)
		})
	}
}

func TestAccRule10AnInterruptedApplyReturnsAtOnceWithItsStateWritten(t *testing.T) {
	s := start(t)
	s.faultySync(1, labelstudiotest.SlowHeaders(time.Minute))
	config := s.config(project() + pictures(s.Folder(t, 2), triggers("1")))
	tf := s.cli()
	took := tf.interrupted(config, func() bool { return s.syncs() == 1 })
	if took > 10*time.Second {
		t.Errorf("the apply ended %s after the interrupt", took)
	}
	made := tf.expectPending(true).Values

	tf.apply(config).succeeds()
	if got := tf.expectPending(false).Values; got.ID != made.ID {
		t.Errorf("storage %d is %d after the retry", made.ID, got.ID)
	}
	s.expectTasks(made.Project, 2)
}

// interrupted applies the configuration and interrupts it, as Ctrl-C does, at the
// right moment. It tells how long the apply then took to end.
func (tf *cli) interrupted(config string, moment func() bool) time.Duration {
	tf.t.Helper()
	tf.applied = config
	tf.write("main.tf", config)
	apply := tf.command("apply", "-auto-approve", "-json", "-input=false")
	if err := apply.Start(); err != nil {
		tf.t.Fatal(err)
	}
	until(tf.t, "the moment of the interrupt", moment)
	since := time.Now()
	if err := apply.Process.Signal(os.Interrupt); err != nil {
		tf.t.Fatal(err)
	}
	_ = apply.Wait() // it fails, as it should
	return time.Since(since)
}
