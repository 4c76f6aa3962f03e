package acceptance_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
)

// predict imports a task with a prediction of each version.
func predict(s *acctest.Server, project int64, versions ...string) {
	s.T.Helper()
	var predictions []map[string]any
	for _, version := range versions {
		predictions = append(predictions, map[string]any{"model_version": version, "result": []any{}})
	}
	s.Call(http.MethodPost, fmt.Sprintf("/api/projects/%d/import", project), []map[string]any{{"data": map[string]any{"text": "a task"}, "predictions": predictions}}, nil)
}

// It stands in for the tests over all attributes, which leave it out.
func TestAccProjectModelVersionIsManagedOnlyWhereItIsSet(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	project := s.Instance(projectType)
	with := func(more acctest.Values) acctest.Values {
		return acctest.Values{"title": "acceptance test", "label_config": acctest.AnnotatedConfig, "force_destroy": true}.With(more)
	}
	version := func(value any) acctest.Values { return with(acctest.Values{"model_version": value}) }
	stored := func() any { return s.Fields(projectType, project.ID())["model_version"] }

	project.Apply(with(nil)).Succeeds()
	if project.Attribute("model_version") != "" {
		t.Errorf("a new project has the model version %v", project.Attribute("model_version"))
	}
	project.Apply(version("one")).Fails("model_version", "Can't update the project", "Model version doesn't exist", "import the predictions first")

	predict(s, project.ID(), "one", "other")
	for _, value := range []any{"one", "other", "", "one"} {
		project.Apply(version(value)).Succeeds()
		project.ExpectEmptyPlan(version(value))
		if stored() != value {
			t.Errorf("the server has the model version %v, want %q", stored(), value)
		}
	}
	project.ExpectEmptyPlan(version(" one "))

	// Somebody changes it, and the apply reverts that.
	s.Change(projectType, project.ID(), map[string]any{"model_version": "other"})
	expectUpdate(t, project.Plan(version("one")), nil, "model_version")
	project.Change(version("one")).Succeeds()

	// A plan need not know it.
	plan := project.Plan(version(acctest.Unknown))
	expectUpdate(t, plan, []string{"model_version"})
	project.ApplyUnknown(version(acctest.Unknown), version("other")).Succeeds()

	// Taken out of the configuration, it stays, and changes of the server are no drift.
	project.Apply(with(nil)).Succeeds()
	if stored() != "other" {
		t.Errorf("the server has the model version %v, want the one that it had", stored())
	}
	s.Change(projectType, project.ID(), map[string]any{"model_version": "one"})
	project.ExpectEmptyPlan(with(nil))
	if project.Attribute("model_version") != "one" {
		t.Errorf("the state has the model version %v", project.Attribute("model_version"))
	}

	id := project.ID()
	project.Forget()
	project.Import(id)
	if project.Attribute("model_version") != "one" {
		t.Errorf("after an import the model version is %v", project.Attribute("model_version"))
	}

	// The server empties it when predictions are no longer shown.
	hidden := with(acctest.Values{"show_collab_predictions": false})
	project.Apply(with(nil)).Succeeds()
	expectUpdate(t, project.Plan(hidden), []string{"model_version"}, "show_collab_predictions")
	project.Apply(hidden).Succeeds()
	if project.Attribute("model_version") != "" || stored() != "" {
		t.Errorf("the model version is %v in the state and %v on the server", project.Attribute("model_version"), stored())
	}
	project.ExpectEmptyPlan(hidden)
}

// The server checks the model version of a change, not that of a new project.
func TestAccProjectModelVersionOfANewProjectMayNameABackendToCome(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	project, config := s.Instance(projectType), acctest.Values{"title": "acceptance test", "model_version": "to come"}
	project.Apply(config).Succeeds()
	project.ExpectEmptyPlan(config)
	delete(config, "model_version")
	project.ExpectEmptyPlan(config)
}

// The API has one setting under two names.
func TestAccProjectTrainingWithEachAnnotationIsOneAnnotationToStartTraining(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	project := s.Instance(projectType)
	project.Apply(acctest.Values{"title": "acceptance test"}).Succeeds()
	s.Change(projectType, project.ID(), map[string]any{"start_training_on_annotation_update": true})
	if plan := project.Plan(acctest.Values{"title": "acceptance test", "min_annotations_to_start_training": 1}); plan.Action != "nothing" {
		t.Errorf("the plan will %s, and changes %v", plan.Action, plan.Changed())
	}
}
