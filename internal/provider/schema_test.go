package provider_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/provider"
)

// schemas are the provider's schemas as Terraform gets them.
func schemas(t *testing.T) *tfprotov6.GetProviderSchemaResponse {
	t.Helper()
	server, err := providerserver.NewProtocol6WithError(provider.New("test")())()
	if err != nil {
		t.Fatal(err)
	}
	all, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	for _, problem := range all.Diagnostics {
		t.Errorf("%s: %s", problem.Summary, problem.Detail)
	}
	return all
}

// settable are the attributes that a configuration may set, in order.
func settable(attributes []*tfprotov6.SchemaAttribute) []*tfprotov6.SchemaAttribute {
	return slices.DeleteFunc(slices.Clone(attributes), func(a *tfprotov6.SchemaAttribute) bool { return !a.Required && !a.Optional })
}

// sample is two values of an attribute, as a configuration writes them.
type sample struct{ one, other string }

// samples has a sample for each attribute that a resource lets a configuration
// set. The tests that run over all resources take them from here.
func (s *stack) samples() map[string]map[string]sample {
	s.t.Helper()
	path := s.Folder(s.t, 0)
	return map[string]map[string]sample{
		"labelstudio_project": {
			"title":                               {`"one title"`, `"another title"`},
			"description":                         {`"one text"`, `"another text"`},
			"label_config":                        {`"<View><Text name='t' value='$t'/></View>"`, `"<View><Image name='i' value='$i'/></View>"`},
			"expert_instruction":                  {`"<b>look</b>"`, `"<i>look</i>"`},
			"show_instruction":                    {"true", "false"},
			"show_skip_button":                    {"false", "true"},
			"enable_empty_annotation":             {"false", "true"},
			"show_annotation_history":             {"true", "false"},
			"show_collab_predictions":             {"false", "true"},
			"reveal_preannotations_interactively": {"true", "false"},
			"evaluate_predictions_automatically":  {"true", "false"},
			"show_ground_truth_first":             {"true", "false"},
			"show_overlap_first":                  {"true", "false"},
			"annotator_evaluation_enabled":        {"true", "false"},
			"is_published":                        {"true", "false"},
			"color":                               {`"#123456"`, `"#abcdef"`},
			"maximum_annotations":                 {"2", "3"},
			"min_annotations_to_start_training":   {"2", "3"},
			"overlap_cohort_percentage":           {"50", "25"},
			"sampling":                            {`"Uniform sampling"`, `"Uncertainty sampling"`},
			"skip_queue":                          {`"REQUEUE_FOR_ME"`, `"IGNORE_SKIPPED"`},
			"task_data_login":                     {`"one"`, `"other"`},
			"task_data_password":                  {`"first secret"`, `"second secret"`},
			"pinned_at":                           {`"2026-01-02T03:04:05Z"`, `"2026-02-03T04:05:06Z"`},
			"force_destroy":                       {"true", "false"},
		},
		"labelstudio_local_storage": {
			"project":        {s.numberOfProject(), s.numberOfProject()},
			"path":           {quoted(path), quoted(s.Folder(s.t, 0))},
			"title":          {`"one title"`, `"another title"`},
			"description":    {`"one text"`, `"another text"`},
			"regex_filter":   {`".*txt"`, `".*jpg"`},
			"recursive_scan": {"true", "false"},
			"use_blob_urls":  {"true", "false"},
			"synchronizable": {"false", "true"},
			"sync_triggers":  {`{ a = "1", b = "1" }`, `{ a = "2", b = "1" }`},
			"wait_for_sync":  {"false", "true"},
			"timeouts":       {`{ create = "5m", update = "5m", delete = "5m" }`, `{ create = "6m", update = "6m", delete = "6m" }`},
		},
	}
}

// sorted are the keys of a map in order.
func sorted[V any](of map[string]V) []string { return slices.Sorted(maps.Keys(of)) }
