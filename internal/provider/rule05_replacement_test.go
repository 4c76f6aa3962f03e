package provider_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
)

func TestAccRule5OnlyTheProjectOfAStorageForcesAReplacement(t *testing.T) {
	for _, typeName := range sorted(schemas(t).ResourceSchemas) {
		t.Run(typeName, func(t *testing.T) {
			s := start(t)
			attributes, samples := attributesOf(t, typeName), s.samplesOf(typeName)
			with := func(value func(*tfprotov6.SchemaAttribute) string) string {
				return s.eachAttribute(typeName, attributes, samples, value)
			}
			var actions []plancheck.PlanCheck
			for _, a := range attributes {
				action := plancheck.ResourceActionUpdate
				if slices.Contains(replaces, a.Name) {
					action = plancheck.ResourceActionReplace
				}
				actions = append(actions, plancheck.ExpectResourceAction(typeName+"."+a.Name, action))
			}
			s.test(
				resource.TestStep{Config: with(func(a *tfprotov6.SchemaAttribute) string { return samples[a.Name].one })},
				resource.TestStep{
					Config:           with(func(a *tfprotov6.SchemaAttribute) string { return samples[a.Name].other }),
					ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: actions},
				},
			)
		})
	}
}

const losesFiles = "Tasks of a destroyed local storage lose their files"

func TestAccRule5TheDestructionOfASyncedStorageIsAWarningWithTheNumberOfItsTasks(t *testing.T) {
	s := start(t)
	tf := s.cli()
	folder := s.Folder(t, 3)
	config := s.config(project() + pictures(folder, triggers("1")))
	tf.apply(config).succeeds()

	tf.plan(s.config(project())).warns("", losesFiles, "about 3 tasks", "They stay in the project", "imports every file again")

	// A later sync that creates one task does not make the others forgotten.
	addFile(t, folder, "another.txt", "a task\n")
	tf.apply(strings.Replace(config, triggers("1"), triggers("2"), 1)).succeeds()
	tf.plan(s.config(project())).warns("", losesFiles, "about 4 tasks")

	// Neither does one that fails, after which the server has no numbers.
	s.failSync(tf.id(storageAddress))
	tf.apply(tf.applied).succeeds() // a refresh
	tf.plan(s.config(project())).warns("", losesFiles, "an unknown number of tasks")
}

func TestAccRule5TheDestructionOfAStorageThatWasNeverSyncedIsNoWarning(t *testing.T) {
	s := start(t)
	tf := s.cli()
	tf.apply(s.config(project() + storage(s.Folder(t, 3)))).succeeds()
	tf.plan(s.config(project())).succeeds().expectAction("delete")
}

func TestAccRule5AReplacementBecauseOfTheProjectIsAWarning(t *testing.T) {
	s := start(t)
	tf := s.cli()
	here, there, folder := s.newProject(), s.newProject(), s.Folder(t, 3)
	config := func(project int64) string {
		return s.config(storageIn(project, "test", folder, "use_blob_urls = true", triggers("1")))
	}
	tf.apply(config(here)).succeeds()
	for _, moved := range []string{
		config(there),
		s.config(project() + pictures(folder, triggers("1"))), // to a project whose id is not known yet
	} {
		planned := tf.plan(moved).expectAction("replace")
		planned.warns(storageBlock, losesFiles, "about 3 tasks")
	}
}

// storageBlock is what a message lands on that is about no attribute of the
// configuration.
const storageBlock = `resource "labelstudio_local_storage" "test" {`

// failSync syncs the storage past the provider in a way that fails.
func (s *stack) failSync(id int64) {
	s.t.Helper()
	item := fmt.Sprintf("/api/storages/localfiles/%d", id)
	change := func(regex any) {
		s.call(http.MethodPatch, item, map[string]any{"path": s.stored(id).Path, "regex_filter": regex}, nil)
	}
	change("[")
	s.call(http.MethodPost, item+"/sync", nil, nil)
	until(s.t, "the sync to fail", func() bool { return s.stored(id).Status == "failed" })
	change(nil)
}

func TestAccRule5AProjectThatHoldsTasksIsOnlyDestroyedWhenForceDestroyWasApplied(t *testing.T) {
	s := start(t)
	tf := s.cli()
	forced := s.config(project())
	kept := strings.Replace(forced, "force_destroy = true", "force_destroy = false", 1)
	unset := strings.Replace(forced, "force_destroy = true", "", 1)
	destroy := func(config string) outcome {
		tf.write("main.tf", config)
		return tf.run("plan", "-destroy", "-json", "-input=false")
	}
	tf.apply(unset).succeeds()
	destroy(unset).succeeds()
	id := tf.id(projectAddress)
	s.call(http.MethodPost, fmt.Sprintf("/api/projects/%d/import", id), []map[string]string{{"text": "a"}, {"text": "b"}}, nil)
	var list struct{ Tasks []struct{ ID int64 } }
	s.call(http.MethodGet, fmt.Sprintf("/api/tasks/?project=%d", id), nil, &list)
	s.call(http.MethodPost, fmt.Sprintf("/api/tasks/%d/annotations/", list.Tasks[0].ID), map[string]any{"result": []any{}}, nil)

	const summary = "Project holds tasks"
	refused := func(config string) {
		t.Helper()
		destroy(config).fails("force_destroy", summary, `"acceptance test"`, "2 tasks", "1 of them annotated", "1 annotations", "set force_destroy = true, apply, and then destroy it")
	}
	destroy(unset).fails(projectBlock, summary, "2 tasks")
	tf.plan(s.config("")).fails("", summary, "2 tasks", "1 annotations")
	refused(kept)
	// What the configuration says has not been applied.
	refused(forced)
	// Not even an apply that has no plan destroys it.
	if !tf.run("destroy", "-auto-approve", "-json", "-input=false").failed || !s.exists("labelstudio_project", id) {
		t.Error("the project was destroyed")
	}

	tf.apply(forced).succeeds()
	destroy(forced).warns(projectBlock, "A project is destroyed with its tasks", "2 tasks")
	if tf.run("destroy", "-auto-approve", "-json", "-input=false").failed || s.exists("labelstudio_project", id) {
		t.Error("the project was not destroyed")
	}
}

func TestAccRule5TasksThatCameAfterThePlanKeepTheProject(t *testing.T) {
	s := start(t)
	tf := s.cli()
	config := strings.Replace(s.config(project()), "force_destroy = true", "", 1)
	tf.apply(config).succeeds()
	id := tf.id(projectAddress)
	tf.run("plan", "-destroy", "-json", "-input=false", "-out=saved").succeeds()
	s.call(http.MethodPost, fmt.Sprintf("/api/projects/%d/import", id), []map[string]string{{"text": "a"}}, nil)
	tf.run("apply", "-json", "-input=false", "saved").fails("", "Project holds tasks", "1 tasks")
	if !s.exists("labelstudio_project", id) {
		t.Error("the project was destroyed")
	}
	tf.apply(s.config(project())).succeeds()
}
