package provider_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest"
)

// dependent is an object that depends on what only the server sets.
const dependent = `
resource "terraform_data" "dependent" {
  input = [
    labelstudio_local_storage.test.id, labelstudio_local_storage.test.created_at, labelstudio_local_storage.test.status,
    labelstudio_local_storage.test.last_sync_count, labelstudio_local_storage.test.meta, labelstudio_project.test.created_at,
  ]
}
`

// unknownAttributes expects that a plan does not know these attributes of an
// object, in the order of their names, and knows all others.
type unknownAttributes struct {
	address string
	names   []string
}

func (want unknownAttributes) CheckPlan(_ context.Context, req plancheck.CheckPlanRequest, resp *plancheck.CheckPlanResponse) {
	for _, change := range req.Plan.ResourceChanges {
		if change.Address != want.address {
			continue
		}
		var names []string
		unknown, _ := change.Change.AfterUnknown.(map[string]any)
		for _, name := range sorted(unknown) {
			if unknown[name] == true {
				names = append(names, name)
			}
		}
		if !slices.Equal(names, want.names) {
			resp.Error = fmt.Errorf("the plan does not know %v of %s, want %v", names, want.address, want.names)
		}
		return
	}
	resp.Error = fmt.Errorf("%s is not in the plan", want.address)
}

func TestAccRule3AChangeThatDoesNotSyncLeavesAllComputedValuesKnown(t *testing.T) {
	s := start(t)
	folder := s.Folder(t, 1)
	config := func(title, setting string) string {
		return s.config(project("description = "+quoted(title)) + pictures(folder, triggers("1"), "title = "+quoted(title), setting) + dependent)
	}
	steps := []resource.TestStep{{Config: config("created", "")}}
	for i, setting := range []string{`description = "new"`, `wait_for_sync = false`, `timeouts = { create = "5m" }`} {
		steps = append(steps, resource.TestStep{
			Config: config(fmt.Sprint("change ", i), setting),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				plancheck.ExpectResourceAction(storageAddress, plancheck.ResourceActionUpdate),
				unknownAttributes{address: storageAddress},
				plancheck.ExpectResourceAction(projectAddress, plancheck.ResourceActionUpdate),
				unknownAttributes{address: projectAddress},
				plancheck.ExpectResourceAction("terraform_data.dependent", plancheck.ResourceActionNoop),
			}},
		})
	}
	s.test(steps...)
}

func TestAccRule3APlanThatWillSyncDoesNotKnowWhatASyncChanges(t *testing.T) {
	s := start(t)
	folder := s.Folder(t, 1)
	config := func(trigger string) string {
		return s.config(project() + pictures(folder, triggers(trigger)) + dependent)
	}
	s.test(
		resource.TestStep{Config: config("1")},
		resource.TestStep{
			PreConfig: func() {
				addFile(t, folder, "second.txt", "a task\n")
				addFile(t, folder, "third.txt", "a task\n")
			},
			Config: config("2"),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				unknownAttributes{storageAddress, []string{"last_sync", "last_sync_count", "last_sync_job", "meta", "status", "sync_pending", "traceback"}},
			}},
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue(storageAddress, tfjsonpath.New("last_sync_count"), knownvalue.Int64Exact(2)),
				statecheck.ExpectKnownValue("terraform_data.dependent", tfjsonpath.New("output").AtSliceIndex(3), knownvalue.Int64Exact(2)),
			},
		},
	)
}

// Terraform calls it a bug of the provider when an apply brings other values than
// the plan has promised.
func TestAccRule3AColleaguesSyncBetweenPlanAndApplyIsNoInconsistentResult(t *testing.T) {
	s := start(t)
	tf := s.cli()
	folder := s.Folder(t, 1)
	config := func(title, setting string) string {
		return s.config(project() + pictures(folder, "title = "+quoted(title), setting) + dependent)
	}
	tf.apply(config("created", "")).succeeds()
	id := tf.id(storageAddress)
	sync := func() { s.call(http.MethodPost, fmt.Sprintf("/api/storages/localfiles/%d/sync", id), nil, nil) }

	for _, changed := range []string{
		config("sent to the server", ""),
		config("sent to the server", "wait_for_sync = false"),
		config("created", `sync_triggers = {}`),
	} {
		tf.plan(changed).succeeds().expectAction("update")
		tf.run("plan", "-json", "-input=false", "-out=saved").succeeds()
		sync()
		tf.run("apply", "-json", "-input=false", "saved").succeeds()
		tf.applied = changed
		// What the sync has brought is news of the next refresh, and of what depends on it.
		planned := tf.plan(changed).succeeds().expectAction("nothing")
		if action := planned.action("terraform_data.dependent"); action != "update" {
			t.Errorf("the plan will %s the dependent object, want update", action)
		}
		tf.apply(changed).succeeds()
	}

	// In the middle of an apply, too.
	s.proxy.Inject(labelstudiotest.Fault{Method: http.MethodPatch, Do: labelstudiotest.Before(func(*http.Request) { sync() })})
	tf.apply(config("sent during a sync", "")).succeeds()
	s.proxy.Inject(labelstudiotest.Fault{Method: http.MethodPatch, Do: labelstudiotest.After(func(*http.Request) { sync() })})
	tf.apply(config("sent before a sync", "")).succeeds()
}
