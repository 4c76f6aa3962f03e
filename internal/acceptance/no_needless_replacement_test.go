package acceptance_test

import (
	"fmt"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
)

func TestAccNoNeedlessReplacementButWhenTheProjectOfAStorageChanges(t *testing.T) {
	t.Parallel()
	acctest.Each(t, acctest.Objects, func(s *acctest.Server, object acctest.Object) {
		samples := s.SamplesOf(object)
		for name := range samples {
			instance := s.Instance(object.Type)
			instance.Change(samples.With(name, samples.One)).Succeeds()
			want := "update"
			if slices.Contains(acctest.ReplacedBy, name) {
				want = "replace"
			}
			if got := instance.PlanUnrefreshed(samples.With(name, samples.Other)).Action; got != want {
				s.T.Errorf("the plan will %s when %s changes, want %s", got, name, want)
			}
		}
	})
}

const losesFiles = "Tasks of a destroyed local storage lose their files"

func TestAccNoNeedlessReplacementTheDestructionOfASyncedStorageIsAWarningWithTheNumberOfItsTasks(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	tf := s.Terraform()
	folder := s.Folder(t, 3)
	config := s.Config(acctest.Project() + acctest.Pictures(folder, acctest.Triggers("1")))
	tf.Apply(config).Succeeds()

	tf.Plan(s.Config(acctest.Project())).Warns("", losesFiles, "about 3 tasks", "They stay in the project", "imports every file again")

	// A later sync that creates one task does not make the others forgotten.
	acctest.AddFile(t, folder, "another.txt", "a task\n")
	tf.Apply(strings.Replace(config, acctest.Triggers("1"), acctest.Triggers("2"), 1)).Succeeds()
	tf.Plan(s.Config(acctest.Project())).Warns("", losesFiles, "about 4 tasks")

	// Neither does one that fails, after which the server has no numbers.
	failSync(s, tf.ID(acctest.StorageAddress))
	tf.Apply(tf.Applied).Succeeds() // a refresh
	tf.Plan(s.Config(acctest.Project())).Warns("", losesFiles, "an unknown number of tasks")
}

func TestAccNoNeedlessReplacementAStorageThatMovesAwayFromItsFilesIsAWarning(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	const moved = "Tasks of the old place lose their files"
	outer := s.Folder(t, 2)
	inner, elsewhere := filepath.Join(outer, "inner"), s.Folder(t, 0)
	s.MakeFolder(inner)
	acctest.AddFile(t, inner, "a.txt", "a task\n")
	storage := checked(s, storageType)
	config := acctest.Values{"project": s.NewProject(), "path": inner, "use_blob_urls": true}
	storage.Apply(config).Succeeds()
	if changed := storage.Plan(config.With(acctest.Values{"path": elsewhere})); len(changed.Warnings()) > 0 {
		t.Errorf("without tasks: %s", changed.Texts())
	}

	synced := config.With(acctest.Values{"sync_triggers": map[string]any{"v": "1"}})
	storage.Apply(synced).Succeeds()
	away := config.With(acctest.Values{"path": elsewhere})
	storage.Plan(away).Warns("path", moved, "about 1 tasks", "a second one")
	// The directory above covers the old one.
	storage.Plan(config.With(acctest.Values{"path": outer})).Succeeds()

	bucket := s.PlaceFor("s3")
	bucket.Objects.Put(t, "1.jpg", "a picture")
	s3 := checked(s, "labelstudio_s3_storage")
	in := acctest.Values{"project": s.NewProject(), "use_blob_urls": true, "sync_triggers": map[string]any{"v": "1"}}.With(bucket.Fields)
	s3.Apply(in).Succeeds()
	other := s.PlaceFor("s3")
	other.Objects.Put(t, "1.jpg", "a picture")
	s3.Plan(in.With(other.Fields)).Warns("bucket", moved, "about 1 tasks")
}

func TestAccNoNeedlessReplacementTheDestructionOfAStorageThatWasNeverSyncedIsNoWarning(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	tf := s.Terraform()
	tf.Apply(s.Config(acctest.Project() + acctest.Storage(s.Folder(t, 3)))).Succeeds()
	tf.Plan(s.Config(acctest.Project())).Succeeds().ExpectAction("delete")
}

func TestAccNoNeedlessReplacementAReplacementBecauseOfTheProjectIsAWarning(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	tf := s.Terraform()
	here, there, folder := s.NewProject(), s.NewProject(), s.Folder(t, 3)
	config := func(project int64) string {
		return s.Config(acctest.StorageIn(project, "test", folder, "use_blob_urls = true", acctest.Triggers("1")))
	}
	tf.Apply(config(here)).Succeeds()
	for _, moved := range []string{
		config(there),
		s.Config(acctest.Project() + acctest.Pictures(folder, acctest.Triggers("1"))), // to a project whose id is not known yet
	} {
		planned := tf.Plan(moved).ExpectAction("replace")
		planned.Warns(storageBlock, losesFiles, "about 3 tasks")
	}
}

// storageBlock is what a message lands on that is about no attribute of the
// configuration.
const storageBlock = `resource "labelstudio_local_storage" "test" {`

// failSync syncs the storage past the provider in a way that fails.
func failSync(s *acctest.Server, id int64) {
	s.T.Helper()
	item := fmt.Sprintf("/api/storages/localfiles/%d", id)
	change := func(regex any) {
		s.Call(http.MethodPatch, item, map[string]any{"path": s.Stored(id).Path, "regex_filter": regex}, nil)
	}
	change("[")
	s.Call(http.MethodPost, item+"/sync", nil, nil)
	acctest.Until(s.T, "the sync to fail", func() bool { return s.Stored(id).Status == "failed" })
	change(nil)
}

func TestAccNoNeedlessReplacementAProjectThatHoldsTasksIsOnlyDestroyedWhenForceDestroyWasApplied(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	tf := s.Terraform()
	forced := s.Config(acctest.Project())
	kept := strings.Replace(forced, "force_destroy = true", "force_destroy = false", 1)
	unset := strings.Replace(forced, "force_destroy = true", "", 1)
	destroy := func(config string) acctest.Result {
		tf.Write("main.tf", config)
		return tf.Run("plan", "-destroy", "-json", "-input=false")
	}
	tf.Apply(unset).Succeeds()
	destroy(unset).Succeeds()
	id := tf.ID(acctest.ProjectAddress)
	s.Call(http.MethodPost, fmt.Sprintf("/api/projects/%d/import", id), []map[string]string{{"text": "a"}, {"text": "b"}}, nil)
	var list struct{ Tasks []struct{ ID int64 } }
	s.Call(http.MethodGet, fmt.Sprintf("/api/tasks/?project=%d", id), nil, &list)
	s.Call(http.MethodPost, fmt.Sprintf("/api/tasks/%d/annotations/", list.Tasks[0].ID), map[string]any{"result": []any{}}, nil)

	const summary = "Project holds tasks"
	refused := func(config string) {
		t.Helper()
		destroy(config).Fails("force_destroy", summary, fmt.Sprintf("project %d holds 2 tasks", id), "1 of them annotated", "1 annotations", "set force_destroy = true, apply, and then destroy it")
	}
	destroy(unset).Fails(projectBlock, summary, "2 tasks")
	tf.Plan(s.Config("")).Fails("", summary, "2 tasks", "1 annotations")
	refused(kept)
	// What the configuration says has not been applied.
	refused(forced)
	// Not even an apply that has no plan destroys it.
	if !tf.Run("destroy", "-auto-approve", "-json", "-input=false").Failed || !s.Exists("labelstudio_project", id) {
		t.Error("the project was destroyed")
	}

	tf.Apply(forced).Succeeds()
	destroy(forced).Warns(projectBlock, "A project is destroyed with its tasks", "2 tasks")
	if tf.Run("destroy", "-auto-approve", "-json", "-input=false").Failed || s.Exists("labelstudio_project", id) {
		t.Error("the project was not destroyed")
	}
}

func TestAccNoNeedlessReplacementTasksThatCameAfterThePlanKeepTheProject(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	tf := s.Terraform()
	config := strings.Replace(s.Config(acctest.Project()), "force_destroy = true", "", 1)
	tf.Apply(config).Succeeds()
	id := tf.ID(acctest.ProjectAddress)
	tf.Run("plan", "-destroy", "-json", "-input=false", "-out=saved").Succeeds()
	s.Call(http.MethodPost, fmt.Sprintf("/api/projects/%d/import", id), []map[string]string{{"text": "a"}}, nil)
	tf.Run("apply", "-json", "-input=false", "saved").Fails("", "Project holds tasks", "1 tasks")
	if !s.Exists("labelstudio_project", id) {
		t.Error("the project was destroyed")
	}
	tf.Apply(s.Config(acctest.Project())).Succeeds()
}
