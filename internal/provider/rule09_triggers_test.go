package provider_test

import (
	"fmt"
	"net/http"
	"strconv"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
)

// syncStep is an apply, before which a file is added to the folder, so that the
// number of tasks tells whether it has been synced.
type syncStep struct {
	config string
	plan   plancheck.ResourceActionType // what the plan does with the storage
	syncs  int                          // how many sync requests the apply makes
	tasks  int                          // how many tasks the project holds then
}

func (s *stack) syncSteps(folder string, steps ...syncStep) []resource.TestStep {
	made := make([]resource.TestStep, len(steps))
	for i, step := range steps {
		made[i] = resource.TestStep{
			PreConfig: func() {
				addFile(s.t, folder, fmt.Sprintf("%d.txt", i), "a task\n")
				s.proxy.Reset()
			},
			Config: step.config,
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply:             []plancheck.PlanCheck{plancheck.ExpectResourceAction(storageAddress, step.plan)},
				PostApplyPreRefresh:  emptyAfterApply.PostApplyPreRefresh,
				PostApplyPostRefresh: emptyAfterApply.PostApplyPostRefresh,
			},
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue(storageAddress, tfjsonpath.New("sync_pending"), knownvalue.Bool(false)),
			},
			Check: func(state *terraform.State) error {
				project, err := strconv.ParseInt(state.RootModule().Resources["labelstudio_project.test"].Primary.ID, 10, 64)
				if err != nil {
					return err
				}
				if tasks := s.tasks(project); !s.synced(step.syncs) || tasks != step.tasks {
					return fmt.Errorf("step %d: got %d syncs and %d tasks, want %d and %d", i+1, s.syncs(), tasks, step.syncs, step.tasks)
				}
				return nil
			},
		}
	}
	return made
}

const (
	creates = plancheck.ResourceActionCreate
	updates = plancheck.ResourceActionUpdate
	nothing = plancheck.ResourceActionNoop
)

func TestAccRule9EachChangeOfTheTriggersSyncsOnceInPlaceAndNothingElseDoes(t *testing.T) {
	s := start(t)
	folder := s.Folder(t, 0)
	with := func(settings ...string) string { return s.config(project() + pictures(folder, settings...)) }
	s.test(s.syncSteps(folder,
		syncStep{with(`sync_triggers = { a = "1" }`), creates, 1, 1},
		syncStep{with(`sync_triggers = { a = "1" }`), nothing, 0, 1},
		syncStep{with(`sync_triggers = { a = "2" }`), updates, 1, 3},
		syncStep{with(`sync_triggers = { a = "2", b = "1" }`), updates, 1, 4},
		syncStep{with(`sync_triggers = { b = "1" }`), updates, 1, 5},
		syncStep{with(`sync_triggers = { c = "1" }`), updates, 1, 6},
		syncStep{with(`sync_triggers = { c = "1" }`, `title = "other"`, `regex_filter = ".*"`, "recursive_scan = true"), updates, 0, 6},
		syncStep{with(`sync_triggers = { c = "2" }`, `title = "other, too"`), updates, 1, 8},
		syncStep{with(), updates, 0, 8},
		syncStep{with(`sync_triggers = { c = "2" }`), updates, 1, 10},
		syncStep{with(`sync_triggers = {}`), updates, 0, 10},
	)...)
}

func TestAccRule9WithoutTriggersNothingIsSynced(t *testing.T) {
	s := start(t)
	folder := s.Folder(t, 0)
	with := func(settings ...string) string { return s.config(project() + pictures(folder, settings...)) }
	s.test(s.syncSteps(folder,
		syncStep{with(), creates, 0, 0},
		syncStep{with(`title = "other"`), updates, 0, 0},
		syncStep{with(`sync_triggers = {}`), updates, 0, 0},
		syncStep{with(`sync_triggers = { a = "1" }`), updates, 1, 4},
	)...)
}

func TestAccRule9EmptyTriggersOfANewStorageDoNotSync(t *testing.T) {
	s := start(t)
	folder := s.Folder(t, 0)
	s.test(s.syncSteps(folder, syncStep{s.config(project() + pictures(folder, `sync_triggers = {}`)), creates, 0, 0})...)
}

// A replaced terraform_data has an output that the plan does not know, whether it
// will be another one or not.
func unknownUntilApply(generation int, input string) string {
	return fmt.Sprintf(`
resource "terraform_data" "test" {
  triggers_replace = %d
  input            = %s
}
`, generation, input)
}

func TestAccRule9TriggersThatThePlanDoesNotKnowAreComparedByTheApply(t *testing.T) {
	for name, test := range map[string]struct{ setting, one, other string }{
		"a value": {`sync_triggers = { now = terraform_data.test.output }`, `"one"`, `"other"`},
		"the map": {`sync_triggers = terraform_data.test.output`, `tomap({ now = "one" })`, `tomap({ now = "other" })`},
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t)
			folder := s.Folder(t, 0)
			with := func(generation int, input string, settings ...string) string {
				return s.config(unknownUntilApply(generation, input) + project() + pictures(folder, append(settings, test.setting)...))
			}
			s.test(s.syncSteps(folder,
				syncStep{with(1, test.one), creates, 1, 1},
				syncStep{with(2, test.one), updates, 0, 1},
				syncStep{with(3, test.one, `title = "other"`), updates, 0, 1},
				syncStep{with(4, test.other), updates, 1, 4},
			)...)
		})
	}
}

func TestAccRule9AMapThatTurnsOutEmptyDoesNotSync(t *testing.T) {
	s := start(t)
	folder := s.Folder(t, 0)
	with := func(generation int, input string) string {
		return s.config(unknownUntilApply(generation, input) + project() + pictures(folder, "sync_triggers = terraform_data.test.output"))
	}
	s.test(s.syncSteps(folder,
		syncStep{with(1, "tomap({})"), creates, 0, 0},
		syncStep{with(2, `tomap({ now = "1" })`), updates, 1, 2},
		syncStep{with(3, "tomap({})"), updates, 0, 2},
	)...)
}

func TestAccRule9DestroyNeverSyncs(t *testing.T) {
	s := start(t)
	folder := s.Folder(t, 0)
	steps := s.syncSteps(folder, syncStep{s.config(project() + pictures(folder, triggers("1"))), creates, 1, 1})
	s.test(append(steps, resource.TestStep{
		PreConfig: s.proxy.Reset,
		Config:    s.config(project()),
		Check: func(*terraform.State) error {
			s.expectRequests("destroy", map[string]int{"sync": 0, http.MethodDelete: 1})
			return nil
		},
	})...)
}
