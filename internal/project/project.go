// Package project offers projects as a resource, as data sources and to `terraform query`.
package project

import (
	"net/url"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

// Attributes that the code refers to.
const (
	title        = "title"
	labelConfig  = "label_config"
	createdAt    = "created_at"
	forceDestroy = "force_destroy"
	modelVersion = "model_version"
	predictions  = "show_collab_predictions"

	tasks          = "task_number"
	annotatedTasks = "num_tasks_with_annotations"
	annotations    = "total_annotations_number"
)

// attributes are a project's settings, but for three of the API's. is_draft marks a project
// that the user interface is about to create, control_weights are for statistics that the
// Community edition does not make, and start_training_on_annotation_update is a second name
// of min_annotations_to_start_training.
var attributes = object.Table{
	{Name: "id", Type: object.Int64, ReadOnly: true,
		Description: "Id of the project. The address of its page shows it: `/projects/<id>`."},
	{Name: title, Type: object.Text, Needed: true,
		Validators:  []validator.Describer{object.Length(3, 50)},
		Description: "Name of the project, 3 to 50 characters. Several projects may have the same title. You can import a project without a title, which only the API can create."},
	{Name: "description", Type: object.Text,
		Description: "Description of the project, which its card shows."},
	{Name: labelConfig, Type: object.XML, Default: "<View></View>",
		Description: "Labeling configuration as XML: what annotators see, and which labels they can choose. Terraform compares it as XML: comments, CDATA sections, the order of attributes, and white space around elements and around their text make no difference. " +
			"The server refuses a change that removes controls that annotations use, unless it removes all controls. " +
			"With `plan_checks`, a plan warns if a change removes labels in use or does not fit the data of the tasks. The function `parse_label_config` returns the labels and data keys of a configuration."},
	{Name: "expert_instruction", Type: object.HTML, Default: "",
		Description: "Instructions for annotators, as HTML. The server removes event handlers, but not scripts. If it saves another value than yours, the next plan shows its value, and a warning explains this."},
	{Name: "show_instruction", Type: object.Bool, Default: false,
		Description: "Whether annotators see `expert_instruction` before they start."},
	{Name: "show_skip_button", Type: object.Bool, Default: true,
		Description: "Whether annotators may skip a task."},
	{Name: "enable_empty_annotation", Type: object.Bool, Default: true,
		Description: "Whether an annotation may be submitted without a result."},
	{Name: "show_annotation_history", Type: object.Bool, Default: false,
		Description: "Whether annotators see the history of an annotation."},
	{Name: predictions, Type: object.Bool, Default: true,
		Description: "Whether annotators see predictions before they annotate (in the user interface: \"Use predictions to prelabel tasks\"). If you change it to `false`, the server sets `model_version` to `\"\"`."},
	{Name: modelVersion, Type: object.Text, Computed: true,
		Description: "Which predictions annotators see (in the user interface: \"Select which predictions or which model you want to use\"): the title of a connected ML backend, or the `model_version` of predictions in the project. `\"\"` for none. " +
			"The server refuses a change to any other text. The server also changes the value: to the title of the first ML backend when you connect it, to the new title when you rename this ML backend, and to `\"\"` when you delete it."},
	{Name: "reveal_preannotations_interactively", Type: object.Bool, Default: false,
		Description: "Whether predictions are revealed step by step as the annotator works."},
	{Name: "evaluate_predictions_automatically", Type: object.Bool, Default: false,
		Description: "Whether Label Studio asks the connected ML backend for predictions when somebody opens a task."},
	{Name: "show_ground_truth_first", Type: object.Bool, Default: false,
		Description: "Whether tasks with a ground truth annotation come first."},
	{Name: "show_overlap_first", Type: object.Bool, Default: false,
		Description: "Whether tasks that several annotators have to annotate come first."},
	{Name: "annotator_evaluation_enabled", Type: object.Bool, Default: false,
		Description: "Whether annotators are evaluated against ground truth annotations. Label Studio before 1.23 ignores it."},
	{Name: "is_published", Type: object.Bool, Default: false,
		Description: "Whether the project is published to annotators."},
	{Name: "color", Type: object.Text, Default: "#FFFFFF",
		Validators:  []validator.Describer{stringvalidator.RegexMatches(regexp.MustCompile(`^#[0-9A-Fa-f]{6}$`), `must look like "#RRGGBB"`)},
		Description: "Color of the project's card, as `#RRGGBB`."},
	{Name: "maximum_annotations", Type: object.Int64, Default: 1,
		Description: "Number of annotations that complete a task."},
	{Name: "min_annotations_to_start_training", Type: object.Int64, Default: 0,
		Description: "Label Studio asks the connected ML backends to train whenever the number of annotations is a multiple of this number: `1` with each annotation (in the user interface: \"Start model training on annotation submission\"), `0` never. In the API, `start_training_on_annotation_update` is the same setting as a flag."},
	{Name: "overlap_cohort_percentage", Type: object.Int64, Default: 100,
		Description: "Percentage of the tasks that need `maximum_annotations` annotations. The other tasks need one."},
	{Name: "sampling", Type: object.Text, Default: "Sequential sampling",
		Validators:  []validator.Describer{stringvalidator.OneOf("Sequential sampling", "Uniform sampling", "Uncertainty sampling")},
		Description: "Order in which annotators get tasks: `Sequential sampling`, `Uniform sampling` (random order) or `Uncertainty sampling` (by the score of the predictions)."},
	{Name: "skip_queue", Type: object.Text, Default: "REQUEUE_FOR_OTHERS",
		Validators:  []validator.Describer{stringvalidator.OneOf("REQUEUE_FOR_ME", "REQUEUE_FOR_OTHERS", "IGNORE_SKIPPED")},
		Description: "What happens to a skipped task: `REQUEUE_FOR_ME` (the same annotator gets it again), `REQUEUE_FOR_OTHERS` (another annotator gets it) or `IGNORE_SKIPPED` (it is complete)."},
	{Name: "task_data_login", Type: object.Text,
		Validators:  []validator.Describer{object.Length(0, 256)},
		Description: "User name with which the server fetches the data of tasks, if their URLs need HTTP basic authentication."},
	{Name: "task_data_password", Type: object.Text, Secret: true,
		Validators:  []validator.Describer{object.Length(0, 256)},
		Description: "Password for `task_data_login`. It is stored in the Terraform state. In Label Studio, every user can read it."},
	{Name: "pinned_at", Type: object.Time,
		Description: "Time since which the project is pinned to the top of the list (RFC 3339). If not set, the project is not pinned. Users can also pin and unpin it in the user interface."},
	{Name: "organization", Type: object.Int64, ReadOnly: true,
		Description: "Id of the organization that the project belongs to: the organization of the user whose token Terraform uses."},
	{Name: createdAt, Type: object.Time, ReadOnly: true,
		Description: "Time when the project was created (RFC 3339)."},
}

// counters change with every annotation, so only data sources have them.
var counters = object.Table{
	{Name: tasks, Type: object.Int64, Volatile: true,
		Description: "Number of tasks."},
	{Name: "finished_task_number", Type: object.Int64, Volatile: true,
		Description: "Number of tasks that have all their annotations."},
	{Name: annotatedTasks, Type: object.Int64, Volatile: true,
		Description: "Number of tasks with at least one annotation."},
	{Name: annotations, Type: object.Int64, Volatile: true,
		Description: "Number of annotations."},
	{Name: "total_predictions_number", Type: object.Int64, Volatile: true,
		Description: "Number of predictions."},
	{Name: "useful_annotation_number", Type: object.Int64, Volatile: true,
		Description: "Number of annotations that were neither skipped nor are ground truth."},
	{Name: "ground_truth_number", Type: object.Int64, Volatile: true,
		Description: "Number of ground truth annotations."},
	{Name: "skipped_annotations_number", Type: object.Int64, Volatile: true,
		Description: "Number of annotations that were skipped."},
}

// Definition describes projects.
var Definition = crud.Definition{
	TypeName: crud.ProviderName + "_project",
	Label:    "project",
	Plural:   "projects",
	Descriptions: crud.Descriptions{
		Resource: "Manages a project. A project contains tasks, and defines how people label them. [Labeling configurations](../guides/label-configs.md) has examples for common kinds of labeling.\n\n" +
			"Terraform destroys a project that contains tasks only if `force_destroy = true` has been applied before. " +
			"For the numbers of tasks and annotations, use the data source `labelstudio_project_summary`.\n\n" +
			"[What is managed and what is not](../guides/coverage.md) lists the settings that the provider leaves out, and why.",
		DataSource:       "Finds one project by its `id` or its exact `title`, with the numbers of its tasks and annotations. If no project or several projects match, the data source fails.",
		PluralDataSource: "All projects that the user of the token can see.",
		ListResource:     "All projects that the user of the token can see",
	},
	Collection:     labelstudio.Projects,
	Table:          attributes,
	DataSourceOnly: counters,
	Local: map[string]schema.Attribute{
		forceDestroy: schema.BoolAttribute{
			Optional: true, Computed: true, Default: booldefault.StaticBool(false),
			MarkdownDescription: "Whether Terraform may destroy the project together with its tasks and annotations. Apply `true` before you destroy the project or remove it from the configuration. Defaults to `false`.",
		},
	},
	LocalDefaults: map[string]attr.Value{forceDestroy: types.BoolValue(false)},
	CreatedAt:     createdAt,
	Twin:          title,
	DisplayName:   []string{title},
	Lookup:        []string{title},
	Filters:       []string{title}, // the server finds titles that contain the text
	ListQuery:     url.Values{"ordering": {"id"}},
	Advice:        advice,
	Gone:          "Its tasks, annotations and storages are gone with it. The next apply creates an empty one.",
}
