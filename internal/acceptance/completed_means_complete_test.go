package acceptance_test

import (
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
)

const (
	incomplete      = "Files of the storage are incomplete"
	incompleteFiles = "incomplete_files"
)

// task is a task as files hold it.
func task(name string) string { return fmt.Sprintf(`{"data": {"text": %q}}`, name) }

// list is a JSON file of the items.
func list(items ...string) string { return "[" + strings.Join(items, ",\n") + "]" }

// lines is a JSONL file of the items.
func lines(items ...string) string { return strings.Join(items, "\n") }

// tasks are so many of them.
func tasks(count int) []string {
	items := make([]string, count)
	for i := range items {
		items[i] = task(fmt.Sprint(i))
	}
	return items
}

// spoiled are tasks with something that is none after the first three.
func spoiled(bad string) []string {
	return append(append(tasks(3), bad), tasks(2)...)
}

// spoiledFile puts a.json into a folder for a storage of a project. A sync breaks after
// its third task.
func spoiledFile(s *acctest.Server) (project int64, folder, file string) {
	s.T.Helper()
	project, folder = s.NewProject(), s.Folder(s.T, 0)
	acctest.AddFile(s.T, folder, "a.json", list(spoiled(`"x"`)...))
	return project, folder, filepath.Join(folder, "a.json")
}

// tasksOf are the ids of the tasks that were imported from the file.
func tasksOf(s *acctest.Server, project int64, file string) []int64 {
	s.T.Helper()
	var found struct {
		Tasks []struct {
			ID   int64
			File string `json:"storage_filename"`
		}
	}
	s.Call(http.MethodGet, fmt.Sprintf("/api/tasks/?project=%d&page_size=500", project), nil, &found)
	var ids []int64
	for _, task := range found.Tasks {
		if task.File == file {
			ids = append(ids, task.ID)
		}
	}
	return ids
}

// deleteTasks deletes the tasks of the file, as a person does in the data manager.
func deleteTasks(s *acctest.Server, project int64, file string) {
	s.T.Helper()
	selected := map[string]any{"selectedItems": map[string]any{"all": false, "included": tasksOf(s, project, file)}}
	s.Call(http.MethodPost, fmt.Sprintf("/api/dm/actions?id=delete_tasks&project=%d", project), selected, nil)
}

// expectIncomplete compares incomplete_files, and sync_pending with it.
func expectIncomplete(s *acctest.Server, storage *acctest.Instance, files ...string) {
	s.T.Helper()
	if got, want := fmt.Sprint(storage.Attribute(incompleteFiles)), fmt.Sprint(append([]string{}, files...)); got != want {
		s.T.Errorf("incomplete_files is %s, want %s", got, want)
	}
	if got := storage.Attribute("sync_pending"); got != (len(files) > 0) {
		s.T.Errorf("sync_pending is %v with %d incomplete files", got, len(files))
	}
}

// withTrigger is the configuration of a storage with a trigger.
func withTrigger(config acctest.Values, trigger string) acctest.Values {
	return config.With(acctest.Values{"sync_triggers": map[string]any{"now": trigger}})
}

func TestAccCompletedMeansCompleteABadItemLeavesItsFileIncompleteUntilItIsCured(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		kind  string
		form  func(...string) string
		bad   string
		says  string
		named string
	}{
		{"local", list, `"x"`, "is probably incomplete: the project holds 3 tasks of it", "tasks.json"},
		{"s3", lines, `{"data"`, "is incomplete: the project holds 3 tasks of it", "tasks.jsonl"},
		{"redis", list, `"x"`, "is probably incomplete: the project holds 3 tasks of it", "tasks"},
	} {
		t.Run(test.kind, func(t *testing.T) {
			t.Parallel()
			s := acctest.Start(t)
			project, place := s.NewProject(), s.PlaceFor(test.kind)
			place.Objects.Put(t, test.named, test.form(spoiled(test.bad)...))
			place.Objects.Put(t, "z.json", task("other"))
			file := test.named
			if test.kind == "local" {
				file = filepath.Join(place.Fields["path"].(string), file) //nolint:forcetypeassert // it is one, or the test fails
			}
			config := withTrigger(acctest.Values(place.With(map[string]any{"project": project}).Fields), "1")
			storage := s.Instance("labelstudio_" + test.kind + "_storage")
			storage.Apply(config).Warns(incompleteFiles, incomplete, fmt.Sprintf("%q %s", file, test.says), "sync_pending is true")
			s.ExpectTasks(project, 4)
			expectIncomplete(s, storage, file)

			s.Proxy.Reset()
			storage.Apply(config).Fails(incompleteFiles, incomplete, fmt.Sprintf("%q %s", file, test.says))
			if s.Syncs() > 0 {
				t.Error("a sync was asked for that could import nothing of the file")
			}
			expectIncomplete(s, storage, file)

			place.Objects.Put(t, test.named, test.form(tasks(6)...))
			deleteTasks(s, project, file)
			storage.Apply(config).Succeeds()
			s.ExpectTasks(project, 7)
			expectIncomplete(s, storage)
			storage.ExpectEmptyPlan(config)
		})
	}
}

// The Community edition reads no Parquet, and imports nothing of it.
func TestAccCompletedMeansCompleteAFileOfWhichNothingWasImportedIsNotIncomplete(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	project, folder := s.NewProject(), s.Folder(t, 0)
	acctest.AddFile(t, folder, "a.json", list(tasks(3)...))
	acctest.AddFile(t, folder, "b.parquet", "PAR1")
	config := withTrigger(acctest.Values{"project": project, "path": folder}, "1")
	storage := s.Instance(storageType)
	storage.Apply(config).Warns("use_blob_urls", acctest.SyncFailed, "b.parquet")
	acctest.RemoveFile(t, folder, "b.parquet")
	storage.Apply(config).Succeeds()
	s.ExpectTasks(project, 3)
	expectIncomplete(s, storage)
}

func TestAccCompletedMeansCompleteTwoBrokenFilesAreNamedAtOnceAndTheOthersImported(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	project, folder, file := spoiledFile(s)
	acctest.AddFile(t, folder, "b.json", list(spoiled(`7`)...))
	acctest.AddFile(t, folder, "c.json", list(tasks(2)...))
	config := withTrigger(acctest.Values{"project": project, "path": folder}, "1")
	storage := s.Instance(storageType)
	storage.Apply(config).Warns(incompleteFiles, incomplete, "a.json", "b.json", "'str' object has no attribute", "'int' object has no attribute")
	expectIncomplete(s, storage, file, filepath.Join(folder, "b.json"))
	s.ExpectTasks(project, 8)
}

func TestAccCompletedMeansCompleteAlsoWithoutTriggersForAWhile(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	project, folder, file := spoiledFile(s)
	without := acctest.Values{"project": project, "path": folder}
	storage := s.Instance(storageType)
	storage.Apply(withTrigger(without, "1")).Warns(incompleteFiles, incomplete)
	storage.Apply(without).Warns(incompleteFiles, incomplete)
	expectIncomplete(s, storage, file)
	s.Proxy.Reset()
	storage.Apply(withTrigger(without, "2")).Fails(incompleteFiles, incomplete)
	expectIncomplete(s, storage, file)
	if s.Syncs() > 0 {
		t.Error("a sync was asked for that could import nothing of the file")
	}
}

// syncByHand syncs a storage without the provider, and waits for the end.
func syncByHand(s *acctest.Server, id int64) {
	s.T.Helper()
	s.Call(http.MethodPost, fmt.Sprintf("/api/storages/localfiles/%d/sync", id), nil, nil)
	acctest.Until(s.T, "the sync to end", func() bool {
		status := s.Stored(id).Status
		return status != "queued" && status != "in_progress"
	})
}

func TestAccCompletedMeansCompleteABrokenRunOfAColleagueIsSeenByTheRefresh(t *testing.T) {
	t.Parallel()
	for name, syncs := range map[string]int{"failed": 1, "failed, and another one completed": 2} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := acctest.Start(t)
			project, folder := s.NewProject(), s.Folder(t, 0)
			acctest.AddFile(t, folder, "a.json", list(tasks(2)...))
			config := withTrigger(acctest.Values{"project": project, "path": folder}, "1")
			storage := s.Instance(storageType)
			storage.Apply(config).Succeeds()
			acctest.AddFile(t, folder, "b.json", list(spoiled(`"x"`)...))
			for range syncs {
				syncByHand(s, storage.ID())
			}
			plan := storage.Plan(config)
			plan.Warns(incompleteFiles, incomplete, "b.json")
			if plan.Action != "update" {
				t.Errorf("the plan will %s, want update", plan.Action)
			}
			storage.Apply(config).Fails(incompleteFiles, incomplete, "b.json")
			expectIncomplete(s, storage, filepath.Join(folder, "b.json"))

			// The colleague cures it, too.
			acctest.AddFile(t, folder, "b.json", list(tasks(6)...))
			deleteTasks(s, project, filepath.Join(folder, "b.json"))
			syncByHand(s, storage.ID())
			storage.Apply(config).Succeeds()
			expectIncomplete(s, storage)
			s.ExpectTasks(project, 8)
		})
	}
}

// A run that broke before Terraform knew the storage can't be told from one that was
// cured.
func TestAccCompletedMeansCompleteAnImportedStorageThatCompletedIsTakenAsItIs(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	project, folder, _ := spoiledFile(s)
	id := s.NewStorage(project, map[string]any{"path": folder, "use_blob_urls": false})
	syncByHand(s, id)
	failed := s.Instance(storageType)
	failed.Import(id).Warns(incompleteFiles, incomplete, "a.json")
	syncByHand(s, id)
	storage := s.Instance(storageType)
	storage.Import(id).Succeeds()
	expectIncomplete(s, storage)
	storage.Apply(withTrigger(acctest.Values{"project": project, "path": folder}, "1")).Succeeds()
}

func TestAccCompletedMeansCompleteWhereAnotherStorageCoversTheFileItMayBeIncomplete(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	project, folder, _ := spoiledFile(s)
	plain := acctest.Values{"project": project, "path": folder}
	storage := s.Instance(storageType)
	storage.Apply(plain).Succeeds()
	syncByHand(s, storage.ID())
	acctest.AddFile(t, folder, "a.json", list(tasks(6)...))
	other := s.NewStorage(project, map[string]any{"path": folder, "use_blob_urls": false})
	syncByHand(s, other)
	named := fmt.Sprintf("the localfiles storage %d", other)
	storage.Plan(plain).Warns(incompleteFiles, incomplete, "may be incomplete", named)

	deleting := withTrigger(plain, "1").With(acctest.Values{"delete_tasks_of_incomplete_files": true})
	storage.Apply(deleting).Fails(incompleteFiles, incomplete, "did not delete its tasks", named)
	s.ExpectTasks(project, 9)
}

func TestAccCompletedMeansCompleteAnActionFailsUntilTheFileIsCured(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	project, folder, file := spoiledFile(s)
	acctest.AddFile(t, folder, "b.json", task("other"))
	id := s.NewStorage(project, map[string]any{"path": folder, "use_blob_urls": false})
	succeeds := func() {
		_, result := s.Provider(acctest.Values{}).Invoke(syncAction, acctest.Values{"id": id})
		result.Succeeds()
	}
	failsToSync(s, acctest.Values{"id": id}, incomplete, file)
	acctest.AddFile(t, folder, "a.json", list(tasks(6)...))
	s.Proxy.Reset()
	failsToSync(s, acctest.Values{"id": id}, incomplete, file)
	if s.Syncs() > 0 {
		t.Error("a sync was asked for that could import nothing of the file")
	}
	deleteTasks(s, project, file)
	succeeds()
	s.ExpectTasks(project, 7)
	succeeds() // even though the server keeps the traceback
}

func TestAccCompletedMeansCompleteAnActionGoesOnWhenTheFileIsAccepted(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	project, folder, file := spoiledFile(s)
	acctest.AddFile(t, folder, "b.json", task("other"))
	id := s.NewStorage(project, map[string]any{"path": folder, "use_blob_urls": false})
	failsToSync(s, acctest.Values{"id": id}, incomplete, file)
	_, result := s.Provider(acctest.Values{}).Invoke(syncAction, acctest.Values{"id": id, "accept_incomplete_files": []string{file}})
	result.Succeeds()
	s.ExpectTasks(project, 4)
}

func TestAccCompletedMeansCompleteAnApplyDeletesTheTasksIfItIsToldTo(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	project, folder := s.NewProject(), s.Folder(t, 0)
	s.Change("labelstudio_project", project, map[string]any{"label_config": acctest.AnnotatedConfig})
	acctest.AddFile(t, folder, "a.json", list(spoiled(`"x"`)...))
	file := filepath.Join(folder, "a.json")
	config := withTrigger(acctest.Values{"project": project, "path": folder, "delete_tasks_of_incomplete_files": true}, "1")
	storage := s.Instance(storageType)
	storage.Apply(config).Warns(incompleteFiles, incomplete)
	s.ExpectTasks(project, 3) // nothing is deleted by the apply that finds it

	task := tasksOf(s, project, file)[1]
	var draft, annotation struct{ ID int64 }
	result := map[string]any{"result": []any{}}
	s.Call(http.MethodPost, fmt.Sprintf("/api/tasks/%d/drafts", task), result, &draft)
	storage.Apply(config).Fails(incompleteFiles, incomplete, "did not delete its tasks", "drafts")
	s.Call(http.MethodDelete, fmt.Sprintf("/api/drafts/%d/", draft.ID), nil, nil)
	s.Call(http.MethodPost, fmt.Sprintf("/api/tasks/%d/annotations/", task), result, &annotation)
	storage.Apply(config).Fails(incompleteFiles, incomplete, "did not delete its tasks", fmt.Sprintf("task %d", task))
	s.Call(http.MethodDelete, fmt.Sprintf("/api/annotations/%d/", annotation.ID), nil, nil)
	s.ExpectTasks(project, 3)

	acctest.AddFile(t, folder, "a.json", list(tasks(6)...))
	if storage.Apply(config).Failed {
		t.Fatal("the file was not imported anew")
	}
	expectIncomplete(s, storage)
	s.ExpectTasks(project, 6)
	storage.ExpectEmptyPlan(config)
}

func TestAccCompletedMeansCompleteAFileThatIsAcceptedStopsNothing(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	project, folder := s.NewProject(), s.Folder(t, 0)
	acctest.AddFile(t, folder, "a.json", list(task("only one"), `"x"`))
	config := withTrigger(acctest.Values{"project": project, "path": folder}, "1")
	storage := s.Instance(storageType)
	storage.Apply(config).Warns(incompleteFiles, incomplete, "may be incomplete: the project holds 1 task of it")
	accepting := config.With(acctest.Values{"accept_incomplete_files": []string{filepath.Join(folder, "a.json")}})
	if storage.Apply(accepting).Failed {
		t.Fatal("the accepted file stops the sync")
	}
	expectIncomplete(s, storage)
	storage.ExpectEmptyPlan(accepting)
}

func TestAccCompletedMeansCompleteAFileThatIsGoneWhenItIsToBeImportedAnewIsAnError(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	project, folder, file := spoiledFile(s)
	acctest.AddFile(t, folder, "b.json", task("other"))
	config := withTrigger(acctest.Values{"project": project, "path": folder}, "1")
	storage := s.Instance(storageType)
	storage.Apply(config).Warns(incompleteFiles, incomplete)
	deleteTasks(s, project, file)
	acctest.RemoveFile(t, folder, "a.json")
	storage.Apply(config).Fails(incompleteFiles, incomplete, "the sync imported no task of it")
	expectIncomplete(s, storage, file)
}

// A file in which the server has refused a task, and left it out, is not read again.
func TestAccCompletedMeansCompleteATaskThatTheServerLeftOutLeavesItsFileIncomplete(t *testing.T) {
	t.Parallel()
	s := acctest.StartOwn(t, "fflag_feat_utc_210_prediction_validation_15082025=true")
	s.Since("1.21.0", "a sync does not leave out tasks")
	project, folder := s.NewProject(), s.Folder(t, 0)
	wrong := `{"data": {"text": "a"}, "predictions": [{"result": [{"from_name": "unheard_of", "to_name": "text", "type": "choices", "value": {"choices": ["good"]}}]}]}`
	acctest.AddFile(t, folder, "alone.json", wrong)
	acctest.AddFile(t, folder, "many.json", list(spoiled(wrong)...))
	file := filepath.Join(folder, "many.json")
	config := withTrigger(acctest.Values{"project": project, "path": folder}, "1")
	storage := s.Instance(storageType)
	storage.Apply(config).Warns(incompleteFiles, incomplete, fmt.Sprintf("%q is incomplete: the project holds 5 tasks of it", file), "unheard_of")
	expectIncomplete(s, storage, file)
}

func TestAccCompletedMeansCompleteAHealthySyncOfTasksMakesNoFurtherRequest(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	project, folder := s.NewProject(), s.Folder(t, 0)
	acctest.AddFile(t, folder, "a.json", list(tasks(3)...))
	config := acctest.Values{"project": project, "path": folder}
	storage := s.Instance(storageType)
	s.Proxy.Reset()
	storage.Apply(withTrigger(config, "1")).Succeeds()
	expectAsked(s, "creation with a sync", postStorage, syncStorage)
	acctest.AddFile(t, folder, "b.json", "{")
	storage.Apply(withTrigger(config, "2")).Fails("use_blob_urls", acctest.SyncFailed)
	acctest.RemoveFile(t, folder, "b.json")
	s.Proxy.Reset()
	storage.Apply(withTrigger(config, "3")).Succeeds() // even though the server keeps the traceback
	expectAsked(s, "sync", getStorage, getStorage, syncStorage)
	storage.ExpectEmptyPlan(withTrigger(config, "3"))
	expectAsked(s, "plan", getStorage)
}
