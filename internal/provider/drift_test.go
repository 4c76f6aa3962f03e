package provider_test

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest"
)

// What somebody else changes on the server. Objects that are gone are in
// rule07_gone_test.go and, of each kind of storage, in clouds_test.go; a colleague's
// sync is in rule03_computed_test.go.

// expectedChange expects that a plan changes nothing of an object but one attribute.
type expectedChange struct {
	address, attribute string
	action             plancheck.ResourceActionType
}

func (want expectedChange) CheckPlan(ctx context.Context, req plancheck.CheckPlanRequest, resp *plancheck.CheckPlanResponse) {
	plancheck.ExpectResourceAction(want.address, want.action).CheckPlan(ctx, req, resp)
	if resp.Error != nil || want.action == plancheck.ResourceActionReplace {
		return
	}
	for _, change := range req.Plan.ResourceChanges {
		if change.Address != want.address {
			continue
		}
		before, _ := change.Change.Before.(map[string]any)
		after, _ := change.Change.After.(map[string]any)
		for _, name := range sorted(after) {
			if changes := fmt.Sprint(before[name]) != fmt.Sprint(after[name]); changes != (name == want.attribute) {
				resp.Error = fmt.Errorf("the plan of %s has %s from %v to %v, and should change %q alone", want.address, name, before[name], after[name], want.attribute)
			}
		}
		if unknown := fmt.Sprint(change.Change.AfterUnknown); strings.Contains(unknown, "true") {
			resp.Error = fmt.Errorf("the plan of %s does not know %s", want.address, unknown)
		}
	}
}

func TestAccDriftOfAnyAttributeIsTheOnlyChangeOfThePlanAndIsPutBack(t *testing.T) {
	for _, typeName := range sorted(schemas(t).ResourceSchemas) {
		t.Run(typeName, func(t *testing.T) {
			s := start(t)
			attributes, samples := attributesOf(t, typeName), s.samplesOf(typeName)
			config := s.eachAttribute(typeName, attributes, samples, func(a *tfprotov6.SchemaAttribute) string { return samples[a.Name].one })
			ids := map[string]int64{}                                                                         // of the objects, by the attribute that they are about
			secrets, unknown := secretsOf(attributes), slices.Concat(notImported, ours, s.tooYoung(typeName)) // to the server
			var fields []string
			var plan []plancheck.PlanCheck
			var sent *[]map[string]any
			var want []map[string]any
			for _, a := range attributes {
				change := expectedChange{typeName + "." + a.Name, a.Name, plancheck.ResourceActionUpdate}
				switch {
				case slices.Contains(replaces, a.Name):
					change.action = plancheck.ResourceActionReplace
				case slices.Contains(unknown, a.Name) || secretOf(a) != "" || slices.Contains(secrets, a.Name):
					// No server gives a secret away.
					change.attribute, change.action = "", plancheck.ResourceActionNoop
				default:
					want = append(want, samples.patch(typeName, a.Name, samples[a.Name].one))
				}
				plan = append(plan, change)
				if !slices.Contains(unknown, a.Name) && secretOf(a) == "" {
					fields = append(fields, a.Name)
				}
			}
			s.test(
				resource.TestStep{Config: config, Check: func(state *terraform.State) (err error) {
					for _, a := range attributes {
						if ids[a.Name], err = idOf(state, typeName+"."+a.Name); err != nil {
							return err
						}
					}
					return nil
				}},
				resource.TestStep{
					PreConfig: func() {
						for _, name := range fields {
							s.change(typeName, ids[name], samples.patch(typeName, name, samples[name].other))
						}
						sent = s.sent(http.MethodPatch)
					},
					Config:           config,
					ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: plan},
					Check: func(*terraform.State) error {
						s.expectSent(sent, want...)
						return nil
					},
				},
				// What was put back stays.
				resource.TestStep{Config: config, PlanOnly: true},
			)
		})
	}
}

// patch is the body of a PATCH that changes one field, with what the server
// insists on.
func (of samples) patch(typeName, field, value string) map[string]any {
	body := map[string]any{}
	for _, name := range insists[typeName] {
		body[name] = literal(of[name].one)
	}
	body[field] = literal(value)
	return body
}

// change changes an object past the provider.
func (s *stack) change(typeName string, id int64, body map[string]any) {
	s.t.Helper()
	s.call(http.MethodPatch, fmt.Sprintf(collections[typeName].item, id), body, nil)
}

// Everybody may write into a storage what the server notes of its syncs.
func TestAccDriftOfWhatTheServerNotesIsNoChange(t *testing.T) {
	for typeName := range collections {
		if typeName == "labelstudio_project" || strings.Contains(typeName, "export") {
			continue
		}
		t.Run(typeName, func(t *testing.T) {
			s := start(t)
			samples := s.samplesOf(typeName)
			attributes := attributesOf(t, typeName)
			config := s.config(samples.block(typeName, "test", attributes[0], attributes, func(*tfprotov6.SchemaAttribute) string { return "" }))
			var id int64
			s.test(
				resource.TestStep{Config: config, Check: func(state *terraform.State) (err error) {
					id, err = idOf(state, typeName+".test")
					return err
				}},
				resource.TestStep{
					PreConfig: func() {
						body := samples.patch(typeName, "status", `"failed"`)
						maps.Copy(body, map[string]any{
							"traceback": "ValueError: by hand", "last_sync": "2026-01-02T03:04:05Z", "last_sync_count": 7, "last_sync_job": "mine",
							"meta": []string{"anything"},
						})
						s.change(typeName, id, body)
					},
					Config:   config,
					PlanOnly: true,
				},
			)
		})
	}
}

func TestAccDriftAStorageWhoseProjectWasDeletedNamesTheProject(t *testing.T) {
	s := start(t)
	tf := s.cli()
	var of struct{ ID int64 }
	s.call(http.MethodPost, "/api/projects/", map[string]string{"title": "made by hand"}, &of)
	folder := s.Folder(t, 0)
	config := s.config(storageIn(of.ID, "test", folder))
	tf.apply(config).succeeds()
	s.remove("labelstudio_project", of.ID)
	tf.plan(config).expectAction("create")
	failed := tf.apply(config)
	if warnings := failed.diagnostics("warning"); len(warnings) != 1 || warnings[0].Summary != "The local storage is gone from the server" {
		t.Errorf("got the warnings %v", warnings)
	}
	failed.fails("project", cantCreateStorage, "object does not exist", "The server has no such project", "refer to labelstudio_project.<name>.id")
	tf.apply(s.config(storageIn(s.newProject(), "test", folder))).succeeds()
}

// directions are the storages of local files, with the message of a change.
var directions = []struct{ typeName, cantUpdate, setting string }{
	{"labelstudio_local_storage", "Can't update the local storage", "use_blob_urls = true"},
	{"labelstudio_local_export_storage", "Can't update the local export storage", "can_delete_objects = false"},
}

// The server looks for the directory at each change, whatever changes.
func TestAccDriftAPathThatIsRemovedFromTheDiskStopsChangesAndSyncsOnly(t *testing.T) {
	for _, of := range directions {
		t.Run(of.typeName, func(t *testing.T) {
			s := start(t)
			tf := s.cli()
			at := s.placeFor("local")
			folder, _ := at.fields["path"].(string)
			kept := s.checking(at.block(of.typeName, s.numberOfProject(), triggers("1"), of.setting))
			tf.apply(kept).succeeds()
			if err := os.RemoveAll(folder); err != nil {
				t.Fatal(err)
			}
			tf.expectNothingToDo(kept, of.typeName+".test")

			const cure = "inside a container it is the path inside the container"
			changed := strings.Replace(kept, triggers("1"), triggers("1")+"\n  title = \"new\"", 1)
			const warning, now = "The server would refuse the storage now", "The apply, or its sync, fails if this is still so by then"
			if of.typeName == "labelstudio_local_export_storage" && s.olderThan("1.22.0") {
				// Its validation hides the reason, and its PATCH validates nothing.
				tf.plan(changed).warns("path", warning, now)
			} else {
				tf.plan(changed).warns("path", warning, "does not exist", cure, now)
				tf.applyUnchecked(s, changed).fails("path", of.cantUpdate, "does not exist", cure)
			}
			synced := strings.Replace(kept, triggers("1"), triggers("2"), 1)
			tf.applyUnchecked(s, synced).fails("path", syncFailed, "does not exist", cure, "sync_pending is true")

			s.makeFolder(folder)
			tf.apply(strings.Replace(changed, triggers("1"), triggers("2"), 1)).succeeds()
			if err := os.RemoveAll(folder); err != nil {
				t.Fatal(err)
			}
			tf.apply(s.config("")).succeeds()
		})
	}
}

// applyUnchecked applies a configuration whose plan asks nothing.
func (tf *cli) applyUnchecked(s *stack, config string) outcome {
	tf.t.Helper()
	return tf.apply(strings.Replace(config, s.checking(""), s.config(""), 1))
}

func TestAccDriftServingThatIsSwitchedOffLaterStopsChangesAndSyncsOnly(t *testing.T) {
	s := ownServer(t)
	tf := s.cli()
	at, of := s.Folder(t, 1), s.newProject()
	config := func(settings ...string) string {
		return s.checking(storageIn(of, "test", at, append(settings, "use_blob_urls = true")...))
	}
	tf.apply(config(triggers("1")) + storageIn(of, "doomed", s.Folder(t, 1), "use_blob_urls = true", triggers("1"))).succeeds()
	s.expectTasks(of, 2)
	if err := s.Restart(t.Context(), labelstudiotest.Options{Env: []string{"LABEL_STUDIO_LOCAL_FILES_SERVING_ENABLED=false"}}); err != nil {
		t.Fatal(err)
	}
	const cure = "Set LABEL_STUDIO_LOCAL_FILES_SERVING_ENABLED=true"
	tf.apply(config(triggers("1"))).warns("", losesFiles, "about 1 tasks")
	tf.plan(config(triggers("1"))).succeeds().expectAction("nothing")
	tf.plan(config(triggers("1"), `title = "new"`)).warns("path", "The server would refuse the storage now", cure)
	tf.applyUnchecked(s, config(triggers("1"), `title = "new"`)).fails("path", "Can't update the local storage", cure, "restart the server")
	tf.applyUnchecked(s, config(triggers("2"))).fails("path", syncFailed, cure, "sync_pending is true")

	if err := s.Restart(t.Context(), labelstudiotest.Options{}); err != nil {
		t.Fatal(err)
	}
	addFile(t, at, "another.txt", "a task\n")
	tf.apply(config(triggers("2"), `title = "new"`)).succeeds()
	s.expectTasks(of, 3)
}
