package acceptance_test

import (
	"fmt"
	"net/http"
	"slices"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/proxy"
)

// dependent is an object that depends on what only the server sets.
const dependent = `
resource "terraform_data" "dependent" {
  input = [
    labelstudio_local_storage.test.id, labelstudio_local_storage.test.created_at, labelstudio_local_storage.test.status,
    labelstudio_local_storage.test.last_sync_count, labelstudio_local_storage.test.last_sync, labelstudio_project.test.created_at,
  ]
}
`

func TestAccComputedValuesAreKnownInAChangeThatDoesNotSync(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	project, storage := s.Instance(projectType), s.Instance(storageType)
	ofProject := acctest.Values{"title": "acceptance test", "description": "created"}
	ofStorage := acctest.Values{"project": s.NewProject(), "path": s.Folder(t, 1), "use_blob_urls": true, "sync_triggers": triggers("1"), "title": "created"}
	project.Apply(ofProject).Succeeds()
	storage.Apply(ofStorage).Succeeds()
	for name, value := range map[string]any{"description": "new", "wait_for_sync": false, "timeouts": map[string]any{"create": "5m"}} {
		ofProject["description"], ofStorage["title"] = name, name
		ofStorage[name] = value
		expectKnownUpdate(t, project.Plan(ofProject), "description")
		expectKnownUpdate(t, storage.Plan(ofStorage), "title", name)
		project.Change(ofProject).Succeeds()
		storage.Change(ofStorage).Succeeds()
	}
}

// expectKnownUpdate expects an update that changes these attributes alone, and knows
// all of them: what depends on the others is not touched.
func expectKnownUpdate(t *testing.T, plan acctest.Plan, names ...string) {
	t.Helper()
	expectUpdate(t, plan, nil, names...)
}

// expectUpdate expects an update that changes these attributes, and the unknown ones.
func expectUpdate(t *testing.T, plan acctest.Plan, unknown []string, names ...string) {
	t.Helper()
	names = slices.Sorted(slices.Values(slices.Concat(names, unknown)))
	if plan.Action != "update" || !slices.Equal(plan.Changed(), names) || !slices.Equal(plan.Unknown(), unknown) {
		t.Errorf("the plan will %s, changes %v and does not know %v; want an update of %v that does not know %v", plan.Action, plan.Changed(), plan.Unknown(), names, unknown)
	}
}

func TestAccComputedValuesAPlanThatWillSyncDoesNotKnowWhatASyncChanges(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	folder := s.Folder(t, 1)
	storage := s.Instance(storageType)
	config := acctest.Values{"project": s.NewProject(), "path": folder, "use_blob_urls": true, "sync_triggers": triggers("1")}
	storage.Apply(config).Succeeds()
	acctest.AddFile(t, folder, "second.txt", "a task\n")
	acctest.AddFile(t, folder, "third.txt", "a task\n")
	config["sync_triggers"] = triggers("2")
	want := []string{"last_sync", "last_sync_count", "last_sync_job", "status", "sync_pending"}
	if plan := storage.Plan(config); plan.Action != "update" || !slices.Equal(plan.Unknown(), want) {
		t.Errorf("the plan will %s, and does not know %v, want %v", plan.Action, plan.Unknown(), want)
	}
	storage.Change(config).Succeeds()
	if got := storage.Attribute("last_sync_count"); got != int64(2) {
		t.Errorf("the last sync has made %v tasks, want 2", got)
	}
}

// Terraform calls it a bug of the provider when an apply brings other values than
// the plan has promised.
func TestAccComputedValuesAColleaguesSyncBetweenPlanAndApplyIsNoInconsistentResult(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	tf := s.Terraform()
	folder := s.Folder(t, 1)
	config := func(title, setting string) string {
		return s.Config(acctest.Project() + acctest.Pictures(folder, "title = "+acctest.Quoted(title), setting) + dependent)
	}
	tf.Apply(config("created", "")).Succeeds()
	id := tf.ID(acctest.StorageAddress)
	sync := func() { s.Call(http.MethodPost, fmt.Sprintf("/api/storages/localfiles/%d/sync", id), nil, nil) }

	for _, changed := range []string{
		config("sent to the server", ""),
		config("sent to the server", "wait_for_sync = false"),
		config("created", `sync_triggers = {}`),
	} {
		tf.Plan(changed).Succeeds().ExpectAction("update")
		tf.Run("plan", "-json", "-input=false", "-out=saved").Succeeds()
		sync()
		tf.Run("apply", "-json", "-input=false", "saved").Succeeds()
		tf.Applied = changed
		// What the sync has brought is news of the next refresh, and of what depends on it.
		planned := tf.Plan(changed).Succeeds().ExpectAction("nothing")
		if action := planned.Action("terraform_data.dependent"); action != "update" {
			t.Errorf("the plan will %s the dependent object, want update", action)
		}
		tf.Apply(changed).Succeeds()
	}

	// In the middle of an apply, too.
	s.Proxy.Inject(proxy.Fault{Method: http.MethodPatch, Do: proxy.Before(func(*http.Request) { sync() })})
	tf.Apply(config("sent during a sync", "")).Succeeds()
	s.Proxy.Inject(proxy.Fault{Method: http.MethodPatch, Do: proxy.After(func(*http.Request) { sync() })})
	tf.Apply(config("sent before a sync", "")).Succeeds()
}
