package acceptance_test

import (
	"fmt"
	"maps"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest"
)

// What somebody else changes on the server. Objects that are gone are in
// gone_only_when_proven_test.go and, of each kind of storage, in storages_test.go; a
// colleague's sync is in computed_values_known_test.go.

func TestAccDriftOfAnyAttributeIsTheOnlyChangeOfThePlanAndIsPutBack(t *testing.T) {
	t.Parallel()
	acctest.Each(t, acctest.Objects, func(s *acctest.Server, object acctest.Object) {
		samples := s.SamplesOf(object)
		secrets := acctest.SecretsOf(acctest.AttributesOf(s.T, object.Type))
		unknown := slices.Concat(acctest.NotImported, acctest.Ours, object.TooNew(s)) // to the server
		sent := s.Sent(object.Change())
		for name := range samples {
			if slices.Contains(unknown, name) || acctest.SecretOf(name) != "" {
				continue
			}
			instance, config := s.Instance(object.Type), samples.With(name, samples.One)
			instance.Change(config).Succeeds()
			stored := s.Fields(object.Type, instance.ID())
			s.Change(object.Type, instance.ID(), samples.Patch(object, stored, name, samples.Other(name)))
			*sent = nil
			plan := instance.Plan(config)
			switch {
			case slices.Contains(acctest.ReplacedBy, name):
				want := "replace"
				if acctest.SameJSON(s.Fields(object.Type, instance.ID())[name], stored[name]) {
					want = "nothing" // the server ignores it in a PATCH
				}
				if plan.Action != want {
					s.T.Errorf("the plan will %s after %s has changed, want %s", plan.Action, name, want)
				}
				instance.Change(config)
				s.ExpectSent(sent)
			case slices.Contains(secrets, name): // no server gives a secret away
				if plan.Action != "nothing" {
					s.T.Errorf("the plan will %s after %s has changed, want nothing", plan.Action, name)
				}
			default:
				expectUpdate(s.T, plan, object.VolatileWith(config), name)
				instance.Change(config).Succeeds()
				s.ExpectSent(sent, samples.Patch(object, stored, name, samples.One(name)))
			}
			// What was put back stays.
			instance.ExpectEmptyPlan(config)
		}
	})
}

// Everybody may write into a storage what the server notes of its syncs.
func TestAccDriftOfWhatTheServerNotesIsNoChange(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	for _, object := range acctest.ObjectsThat(acctest.Object.Imports) {
		t.Run(object.Type, func(t *testing.T) {
			s := s.In(t)
			samples, storage := s.SamplesOf(object), s.Instance(object.Type)
			storage.Apply(samples.Least()).Succeeds()
			body := samples.Patch(object, s.Fields(object.Type, storage.ID()), "status", "failed")
			maps.Copy(body, map[string]any{
				"traceback": "ValueError: by hand", "last_sync": "2026-01-02T03:04:05Z", "last_sync_count": 7, "last_sync_job": "mine",
				"meta": []string{"anything"},
			})
			s.Change(object.Type, storage.ID(), body)
			storage.ExpectEmptyPlan(samples.Least())
		})
	}
}

func TestAccDriftAStorageWhoseProjectWasDeletedNamesTheProject(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	tf := s.Terraform()
	var of struct{ ID int64 }
	s.Call(http.MethodPost, "/api/projects/", map[string]string{"title": "made by hand"}, &of)
	folder := s.Folder(t, 0)
	config := s.Config(acctest.StorageIn(of.ID, "test", folder))
	tf.Apply(config).Succeeds()
	s.RemoveObject("labelstudio_project", of.ID)
	tf.Plan(config).ExpectAction("create")
	failed := tf.Apply(config)
	if warnings := failed.Warnings(); len(warnings) != 1 || warnings[0].Summary != "The local storage is gone from the server" {
		t.Errorf("got the warnings %v", warnings)
	}
	failed.Fails("project", cantCreateStorage, "object does not exist", "The server has no such project", "refer to labelstudio_project.<name>.id")
	tf.Apply(s.Config(acctest.StorageIn(s.NewProject(), "test", folder))).Succeeds()
}

// directions are the storages of local files, with the message of a change.
var directions = []struct{ typeName, cantUpdate, setting string }{
	{"labelstudio_local_storage", "Can't update the local storage", "use_blob_urls = true"},
	{"labelstudio_local_export_storage", "Can't update the local export storage", "can_delete_objects = false"},
}

// The server looks for the directory at each change, whatever changes.
func TestAccDriftAPathThatIsRemovedFromTheDiskStopsChangesAndSyncsOnly(t *testing.T) {
	t.Parallel()
	for _, of := range directions {
		t.Run(of.typeName, func(t *testing.T) {
			t.Parallel()
			s := acctest.Start(t)
			tf := s.Terraform()
			at := s.PlaceFor("local")
			at.Objects.Put(t, "1.jpg", task("1"))
			folder, _ := at.Fields["path"].(string)
			kept := s.Checking(at.Block(of.typeName, fmt.Sprint(s.NewProject()), acctest.Triggers("1"), of.setting))
			tf.Apply(kept).Succeeds()
			if err := os.RemoveAll(folder); err != nil {
				t.Fatal(err)
			}
			tf.ExpectNothingToDo(kept, of.typeName+".test")

			const cure = "inside a container it is the path inside the container"
			changed := strings.Replace(kept, acctest.Triggers("1"), acctest.Triggers("1")+"\n  title = \"new\"", 1)
			const warning, now = "The server would refuse the storage now", "The apply, or its sync, fails if this is still so by then"
			if of.typeName == "labelstudio_local_export_storage" && s.OlderThan("1.22.0") {
				// Its validation hides the reason, and its PATCH validates nothing.
				tf.Plan(changed).Warns("path", warning, now)
			} else {
				tf.Plan(changed).Warns("path", warning, "does not exist", cure, now)
				applyUnchecked(tf, s, changed).Fails("path", of.cantUpdate, "does not exist", cure)
			}
			synced := strings.Replace(kept, acctest.Triggers("1"), acctest.Triggers("2"), 1)
			applyUnchecked(tf, s, synced).Fails("path", acctest.SyncFailed, "does not exist", cure, "sync_pending is true")

			s.MakeFolder(folder)
			at.Objects.Put(t, "2.jpg", task("2"))
			tf.Apply(strings.Replace(changed, acctest.Triggers("1"), acctest.Triggers("2"), 1)).Succeeds()
			if err := os.RemoveAll(folder); err != nil {
				t.Fatal(err)
			}
			// The destroy of a storage that has imported tasks warns.
			if destroyed := tf.Apply(s.Config("")); destroyed.Failed {
				t.Error(destroyed.Texts())
			}
		})
	}
}

// applyUnchecked applies a configuration whose plan asks nothing.
func applyUnchecked(tf *acctest.Terraform, s *acctest.Server, config string) acctest.Result {
	tf.T.Helper()
	return tf.Apply(strings.Replace(config, s.Checking(""), s.Config(""), 1))
}

func TestAccDriftServingThatIsSwitchedOffLaterStopsChangesAndSyncsOnly(t *testing.T) {
	t.Parallel()
	s := acctest.StartOwn(t)
	tf := s.Terraform()
	at, of := s.Folder(t, 1), s.NewProject()
	config := func(settings ...string) string {
		return s.Checking(acctest.StorageIn(of, "test", at, append(settings, "use_blob_urls = true")...))
	}
	tf.Apply(config(acctest.Triggers("1")) + acctest.StorageIn(of, "doomed", s.Folder(t, 1), "use_blob_urls = true", acctest.Triggers("1"))).Succeeds()
	s.ExpectTasks(of, 2)
	if err := s.Restart(t.Context(), labelstudiotest.Options{Env: []string{"LABEL_STUDIO_LOCAL_FILES_SERVING_ENABLED=false"}}); err != nil {
		t.Fatal(err)
	}
	const cure = "Set LABEL_STUDIO_LOCAL_FILES_SERVING_ENABLED=true"
	tf.Apply(config(acctest.Triggers("1"))).Warns("", losesFiles, "about 1 tasks")
	tf.Plan(config(acctest.Triggers("1"))).Succeeds().ExpectAction("nothing")
	tf.Plan(config(acctest.Triggers("1"), `title = "new"`)).Warns("path", "The server would refuse the storage now", cure)
	applyUnchecked(tf, s, config(acctest.Triggers("1"), `title = "new"`)).Fails("path", "Can't update the local storage", cure, "restart the server")
	applyUnchecked(tf, s, config(acctest.Triggers("2"))).Fails("path", acctest.SyncFailed, cure, "sync_pending is true")

	if err := s.Restart(t.Context(), labelstudiotest.Options{}); err != nil {
		t.Fatal(err)
	}
	acctest.AddFile(t, at, "another.txt", "a task\n")
	tf.Apply(config(acctest.Triggers("2"), `title = "new"`)).Succeeds()
	s.ExpectTasks(of, 3)
}
