package acceptance_test

import (
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/proxy"
)

// An apply carries out what was planned, also where somebody has changed the object
// since. A change without a refresh is one of a plan that was saved before.

func TestAccPlansHoldAgainstAFilterThatWasChangedAfterThePlan(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	project, folder := s.NewProject(), s.Folder(t, 2)
	config := acctest.Values{"project": project, "path": folder, "use_blob_urls": true}
	storage := s.Instance(storageType)
	storage.Apply(config).Succeeds()
	s.Change(storageType, storage.ID(), map[string]any{"path": folder, "regex_filter": "none.*"})
	storage.Change(withTrigger(config, "1")).Warns("", "The local storage was changed after the plan was made", "regex_filter")
	s.ExpectTasks(project, 2)
	storage.ExpectEmptyPlan(withTrigger(config, "1"))
}

func TestAccPlansHoldAgainstATitleThatWasChangedAfterThePlan(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	project := s.Instance("labelstudio_project")
	project.Apply(acctest.Values{"title": "mine", "description": "one"}).Succeeds()
	s.Change("labelstudio_project", project.ID(), map[string]any{"title": "theirs"})
	want := acctest.Values{"title": "mine", "description": "another"}
	project.Change(want).Warns("", "The project was changed after the plan was made", "title")
	project.ExpectEmptyPlan(want)
}

func TestAccPlansHoldAgainstASettingThatIsChangedDuringTheSync(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	project, folder := s.NewProject(), s.Folder(t, 2)
	config := withTrigger(acctest.Values{"project": project, "path": folder, "use_blob_urls": true}, "1")
	storage := s.Instance(storageType)
	storage.Apply(acctest.Values{"project": project, "path": folder, "use_blob_urls": true}).Succeeds()
	s.FaultySync(1, proxy.Before(func(*http.Request) {
		s.Change(storageType, storage.ID(), map[string]any{"path": folder, "regex_filter": "none.*"})
	}))
	storage.Apply(config).Fails("regex_filter", "The storage was changed while it was synced", "sync_pending is true")
	s.ExpectTasks(project, 0)
	storage.Apply(config).Succeeds()
	s.ExpectTasks(project, 2)
}

// The file system of a Mac decomposes the letters of names, Terraform composes them.
func TestAccPlansHoldAgainstADirectoryWithDecomposedLetters(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	project := s.NewProject()
	decomposed := filepath.Join(s.DocumentRoot, "Ma\u0308rz "+filepath.Base(s.Folder(t, 0)))
	s.MakeFolder(decomposed)
	t.Cleanup(func() { _ = os.RemoveAll(decomposed) })
	composed := filepath.Join(s.DocumentRoot, "M\u00e4rz "+filepath.Base(decomposed)[len("Ma\u0308rz "):])
	config := acctest.Values{"project": project, "path": composed, "use_blob_urls": true, "title": "new"}
	storage := s.Instance(storageType)
	storage.Settings["plan_checks"] = true
	storage.Import(s.NewStorage(project, map[string]any{"path": decomposed, "title": "old"})).Succeeds()
	storage.Apply(config).Succeeds()
	storage.ExpectEmptyPlan(config)
	if got := s.Fields(storageType, storage.ID()); got["path"] != decomposed || got["title"] != "new" {
		t.Errorf("the server has %q, %q", got["path"], got["title"])
	}
}

func TestAccEmptySyncsSayWhatThePlaceHas(t *testing.T) {
	t.Parallel()
	const nothing = "Sync of the storage found nothing"
	for name, test := range map[string]struct {
		settings acctest.Values
		on       string
		says     []string
	}{
		"a filter that matches nothing": {acctest.Values{"regex_filter": "jpg"}, "regex_filter", []string{"0.txt", "regex_filter has to match from the start"}},
		"only subdirectories":           {acctest.Values{"path": ".."}, "path", []string{"0.txt", "recursive_scan = true"}},
		"a file":                        {acctest.Values{"path": "0.txt"}, "path", []string{"There is no file at all", "path has to be a directory"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := acctest.Start(t)
			project, parent := s.NewProject(), s.Folder(t, 0)
			folder := filepath.Join(parent, "inner")
			s.MakeFolder(folder)
			acctest.AddFile(t, folder, "0.txt", "a task\n")
			config := acctest.Values{"project": project, "path": folder, "use_blob_urls": true}.With(test.settings)
			if path, ok := test.settings["path"].(string); ok {
				config["path"] = filepath.Join(folder, path)
			}
			storage := s.Instance(storageType)
			storage.Apply(withTrigger(config, "1")).Warns(test.on, nothing, test.says...)
			if pending := storage.Attribute("sync_pending"); pending != false {
				t.Errorf("sync_pending is %v", pending)
			}
		})
	}
}

func TestAccEmptySyncsAreSilentWhereAllIsThere(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	config := acctest.Values{"project": s.NewProject(), "path": s.Folder(t, 2), "use_blob_urls": true}
	storage := s.Instance(storageType)
	storage.Apply(withTrigger(config, "1")).Succeeds()
	storage.Apply(withTrigger(config, "2")).Succeeds()
}

func TestAccEmptySyncsOfTheCloudsSayWhatTheySearch(t *testing.T) {
	t.Parallel()
	for kind, within := range map[string]string{"s3": "prefix", "redis": "path"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			s := acctest.Start(t)
			place := s.PlaceFor(kind)
			place.Objects.Put(t, "images/a/1.json", task("1"))
			config := acctest.Values(place.With(map[string]any{"project": s.NewProject(), within: map[string]string{"s3": "images", "redis": "nothing"}[kind]}).Fields)
			s.Instance("labelstudio_"+kind+"_storage").Apply(withTrigger(config, "1")).Warns(within, "Sync of the storage found nothing")
		})
	}
}
