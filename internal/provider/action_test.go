package provider_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest"
)

// sync invokes the action labelstudio_local_storage_sync.
func (p *protocol) sync(config values) (progress []string, diagnostics []*tfprotov6.Diagnostic) {
	p.t.Helper()
	const typeName = "labelstudio_local_storage_sync"
	stream, err := p.InvokeAction(p.t.Context(), &tfprotov6.InvokeActionRequest{
		ActionType: typeName, Config: p.block(p.schemas.ActionSchemas[typeName].Schema, config),
	})
	if err != nil {
		p.t.Fatal(err)
	}
	completed := 0
	for event := range stream.Events {
		switch event := event.Type.(type) {
		case tfprotov6.ProgressInvokeActionEventType:
			progress = append(progress, event.Message)
		case tfprotov6.CompletedInvokeActionEventType:
			completed++
			diagnostics = event.Diagnostics
		}
	}
	if completed != 1 {
		p.t.Errorf("the action has ended %d times", completed)
	}
	return progress, diagnostics
}

// failsToSync expects one error that says the texts.
func (p *protocol) failsToSync(config values, summary string, texts ...string) {
	p.t.Helper()
	_, diagnostics := p.sync(config)
	if len(diagnostics) != 1 || diagnostics[0].Severity != tfprotov6.DiagnosticSeverityError || diagnostics[0].Summary != summary {
		p.t.Errorf("want one error %q", summary)
		p.sound(diagnostics)
		return
	}
	for _, text := range texts {
		if !strings.Contains(diagnostics[0].Detail, text) {
			p.t.Errorf("the detail lacks %q: %s", text, diagnostics[0].Detail)
		}
	}
}

func TestAccActionSyncsAndTellsHowItGetsOn(t *testing.T) {
	s := start(t)
	project := s.newProject()
	id := s.newStorage(project, map[string]any{"path": s.Folder(t, 3)})
	s.faultySync(1, labelstudiotest.SlowHeaders(2500*time.Millisecond))
	p := s.protocol(values{})
	progress, diagnostics := p.sync(values{"id": id})
	p.sound(diagnostics)
	if len(progress) < 2 || !strings.Contains(progress[0], " tasks after 1 s") {
		t.Errorf("got %q, want lines while it runs", progress)
	}
	if last := progress[len(progress)-1]; !strings.HasPrefix(last, "local storage ") || !strings.HasSuffix(last, ": completed, 3 tasks in all") {
		t.Errorf("the last line is %q", last)
	}
	s.expectTasks(project, 3)
}

func TestAccActionThatFailsIsAnError(t *testing.T) {
	s := start(t)
	folder := s.Folder(t, 0)
	addFile(t, folder, "cat.jpg", "no JSON")
	id := s.newStorage(s.newProject(), map[string]any{"path": folder, "use_blob_urls": false})
	s.protocol(values{}).failsToSync(values{"id": id}, syncFailed, "set use_blob_urls = true")
}

func TestAccActionGivesUpAfterItsTimeout(t *testing.T) {
	s := start(t)
	id := s.newStorage(s.newProject(), nil)
	s.faultySync(1, labelstudiotest.SlowHeaders(20*time.Second))
	begun := time.Now()
	s.protocol(values{}).failsToSync(values{"id": id, "timeout": "2s"}, syncFailed, "had not ended after 2s")
	if took := time.Since(begun); took > 10*time.Second {
		t.Errorf("it took %s", took)
	}
}

func TestAccActionOnAStorageThatIsNotThereIsAnError(t *testing.T) {
	s := start(t)
	s.protocol(values{}).failsToSync(values{"id": int64(999999)}, "Can't sync the local storage", "404")
	if got := s.proxy.Count(http.MethodPost, syncRequest); got > 0 {
		t.Errorf("%d syncs were asked for", got)
	}
}

// triggering is a storage that an action syncs when it is created.
func triggering(project int64, folder, settings string) string {
	return storageIn(project, "test", folder, settings, `
  lifecycle {
    action_trigger {
      events  = [after_create]
      actions = [action.labelstudio_local_storage_sync.test]
    }
  }`) + `
action "labelstudio_local_storage_sync" "test" {
  config {
    id = labelstudio_local_storage.test.id
  }
}
`
}

func TestAccActionRunsWhenItIsTriggered(t *testing.T) {
	s := start(t)
	project := s.newProject()
	s.testWith(tfversion.SkipBelow(tfversion.Version1_14_0), resource.TestStep{
		Config:        s.config(triggering(project, s.Folder(t, 2), "use_blob_urls = true")),
		PostApplyFunc: func() { s.expectTasks(project, 2) },
	})
}

func TestAccActionThatFailsFailsTheApply(t *testing.T) {
	s := start(t)
	folder := s.Folder(t, 0)
	addFile(t, folder, "cat.jpg", "no JSON")
	s.testWith(tfversion.SkipBelow(tfversion.Version1_14_0), resource.TestStep{
		Config:      s.config(triggering(s.newProject(), folder, "use_blob_urls = false")),
		ExpectError: saying(syncFailed),
	})
}
