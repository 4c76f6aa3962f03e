package acceptance_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/proxy"
)

const syncAction = "labelstudio_local_storage_sync"

// failsToSync expects one error that says the texts.
func failsToSync(s *acctest.Server, config acctest.Values, summary string, texts ...string) {
	s.T.Helper()
	_, result := s.Provider(acctest.Values{}).Invoke(syncAction, config)
	result.Fails("", summary, texts...)
}

func TestAccActionSyncsAndTellsHowItGetsOn(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	project := s.NewProject()
	id := s.NewStorage(project, map[string]any{"path": s.Folder(t, 3)})
	s.FaultySync(1, proxy.SlowHeaders(2500*time.Millisecond))
	progress, result := s.Provider(acctest.Values{}).Invoke(syncAction, acctest.Values{"id": id})
	result.Succeeds()
	if len(progress) < 2 || !strings.Contains(progress[0], " tasks after 1 s") {
		t.Errorf("got %q, want lines while it runs", progress)
	}
	if last := progress[len(progress)-1]; !strings.HasPrefix(last, "local storage ") || !strings.HasSuffix(last, ": completed, the project holds 3 tasks of its files") {
		t.Errorf("the last line is %q", last)
	}
	s.ExpectTasks(project, 3)
}

func TestAccActionThatFailsIsAnError(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	folder := s.Folder(t, 0)
	acctest.AddFile(t, folder, "cat.jpg", "no JSON")
	id := s.NewStorage(s.NewProject(), map[string]any{"path": folder, "use_blob_urls": false})
	failsToSync(s, acctest.Values{"id": id}, acctest.SyncFailed, "set use_blob_urls = true")
}

func TestAccActionGivesUpAfterItsTimeout(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	id := s.NewStorage(s.NewProject(), nil)
	s.FaultySync(1, proxy.SlowHeaders(20*time.Second))
	begun := time.Now()
	failsToSync(s, acctest.Values{"id": id, "timeout": "2s"}, acctest.SyncFailed, "had not ended after 2s")
	if took := time.Since(begun); took > 10*time.Second {
		t.Errorf("it took %s", took)
	}
}

func TestAccActionOnAStorageThatIsNotThereIsAnError(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	failsToSync(s, acctest.Values{"id": int64(999999)}, "Can't sync the local storage", "404")
	if got := s.Proxy.Count(http.MethodPost, acctest.SyncRequest); got > 0 {
		t.Errorf("%d syncs were asked for", got)
	}
}

// triggering is a storage that an action syncs when it is created.
func triggering(project int64, folder, settings string) string {
	return acctest.StorageIn(project, "test", folder, settings, `
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
	t.Parallel()
	acctest.NeedsTerraform(t, tfversion.Version1_14_0)
	s := acctest.Start(t)
	project := s.NewProject()
	s.Test(resource.TestStep{
		Config:        s.Config(triggering(project, s.Folder(t, 2), "use_blob_urls = true")),
		PostApplyFunc: func() { s.ExpectTasks(project, 2) },
	})
}

func TestAccActionThatFailsFailsTheApply(t *testing.T) {
	t.Parallel()
	acctest.NeedsTerraform(t, tfversion.Version1_14_0)
	s := acctest.Start(t)
	folder := s.Folder(t, 0)
	acctest.AddFile(t, folder, "cat.jpg", "no JSON")
	s.Test(resource.TestStep{
		Config:      s.Config(triggering(s.NewProject(), folder, "use_blob_urls = false")),
		ExpectError: saying(acctest.SyncFailed),
	})
}
