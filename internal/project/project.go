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
		Description: "Id of the project, as the address of its page shows it."},
	{Name: title, Type: object.Text, Needed: true,
		Validators:  []validator.Describer{object.Length(3, 50)},
		Description: "Name of the project, 3 to 50 characters. Titles don't have to be unique. A project without one, as the API creates it, can be imported."},
	{Name: "description", Type: object.Text,
		Description: "Text that explains the project on its card."},
	{Name: labelConfig, Type: object.XML, Default: "<View></View>",
		Description: "Labelling configuration (XML): what annotators see and which labels they can give. Compared as XML: comments, the order of attributes and blanks between elements make no difference. " +
			"The server refuses a change that leaves out controls which annotations use, unless it leaves out all of them. " +
			"With `plan_checks`, a plan warns of a change that leaves out labels in use or does not fit the data of the tasks. The function `parse_label_config` reads the labels and data keys."},
	{Name: "expert_instruction", Type: object.HTML, Default: "",
		Description: "Instruction for annotators, as HTML. The server takes out event handlers, but not scripts; a warning says what is left."},
	{Name: "show_instruction", Type: object.Bool, Default: false,
		Description: "Whether annotators see the instruction before they start."},
	{Name: "show_skip_button", Type: object.Bool, Default: true,
		Description: "Whether annotators may skip a task."},
	{Name: "enable_empty_annotation", Type: object.Bool, Default: true,
		Description: "Whether an annotation may be submitted without a result."},
	{Name: "show_annotation_history", Type: object.Bool, Default: false,
		Description: "Whether annotators see the history of an annotation."},
	{Name: predictions, Type: object.Bool, Default: true,
		Description: "Whether annotators see predictions before they annotate (\"Use predictions to prelabel tasks\"). Setting it to `false` empties `model_version`."},
	{Name: modelVersion, Type: object.Text, Computed: true,
		Description: "Which predictions annotators see: the title of a connected ML backend, or a version that predictions of the project have (\"Select which predictions or which model you want to use\"). `\"\"` for none. " +
			"The server refuses a change to any other text. It changes the value by itself: connecting the first ML backend sets it to the title of that, renaming the backend renames it, and deleting the backend empties it."},
	{Name: "reveal_preannotations_interactively", Type: object.Bool, Default: false,
		Description: "Whether predictions are revealed step by step as the annotator works."},
	{Name: "evaluate_predictions_automatically", Type: object.Bool, Default: false,
		Description: "Whether predictions are fetched from the connected model when a task is opened."},
	{Name: "show_ground_truth_first", Type: object.Bool, Default: false,
		Description: "Whether tasks with a ground truth annotation come first."},
	{Name: "show_overlap_first", Type: object.Bool, Default: false,
		Description: "Whether tasks that several annotators shall annotate come first."},
	{Name: "annotator_evaluation_enabled", Type: object.Bool, Default: false,
		Description: "Whether annotators are evaluated against ground truth annotations. Servers before 1.23 don't know it."},
	{Name: "is_published", Type: object.Bool, Default: false,
		Description: "Whether the project is published to annotators."},
	{Name: "color", Type: object.Text, Default: "#FFFFFF",
		Validators:  []validator.Describer{stringvalidator.RegexMatches(regexp.MustCompile(`^#[0-9A-Fa-f]{6}$`), `must look like "#RRGGBB"`)},
		Description: "Colour of the project's card, as `#RRGGBB`."},
	{Name: "maximum_annotations", Type: object.Int64, Default: 1,
		Description: "Number of annotations after which a task counts as done."},
	{Name: "min_annotations_to_start_training", Type: object.Int64, Default: 0,
		Description: "Connected ML backends are asked to train each time the number of annotations is a multiple of this one: 1 asks with each annotation (\"Start model training on annotation submission\"), 0 never. The API's `start_training_on_annotation_update` is the same setting as a flag."},
	{Name: "overlap_cohort_percentage", Type: object.Int64, Default: 100,
		Description: "Share of the tasks, in percent, that `maximum_annotations` annotators shall annotate."},
	{Name: "sampling", Type: object.Text, Default: "Sequential sampling",
		Validators:  []validator.Describer{stringvalidator.OneOf("Sequential sampling", "Uniform sampling", "Uncertainty sampling")},
		Description: "Order in which annotators get tasks: `Sequential sampling`, `Uniform sampling` (at random) or `Uncertainty sampling` (by the model's score)."},
	{Name: "skip_queue", Type: object.Text, Default: "REQUEUE_FOR_OTHERS",
		Validators:  []validator.Describer{stringvalidator.OneOf("REQUEUE_FOR_ME", "REQUEUE_FOR_OTHERS", "IGNORE_SKIPPED")},
		Description: "What becomes of a skipped task: `REQUEUE_FOR_ME`, `REQUEUE_FOR_OTHERS` or `IGNORE_SKIPPED` (it counts as done)."},
	{Name: "task_data_login", Type: object.Text,
		Validators:  []validator.Describer{object.Length(0, 256)},
		Description: "User name with which the server fetches task data by HTTP basic authentication."},
	{Name: "task_data_password", Type: object.Text, Secret: true,
		Validators:  []validator.Describer{object.Length(0, 256)},
		Description: "Password that goes with `task_data_login`. It is stored in the Terraform state, and every user of the server can read it there."},
	{Name: "pinned_at", Type: object.Time,
		Description: "Since when the project is pinned to the top of the list (RFC 3339); it is not pinned without it. Users can pin and unpin it, too."},
	{Name: "organization", Type: object.Int64, ReadOnly: true,
		Description: "Id of the organization that the project belongs to, which is that of the API key's user."},
	{Name: createdAt, Type: object.Time, ReadOnly: true,
		Description: "When the project was created (RFC 3339)."},
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
		Resource: "A project: a labelling configuration, the tasks to label and the storages that they come from.\n\n" +
			"A project that holds tasks is not destroyed unless `force_destroy = true` has been applied before. " +
			"The number of tasks and annotations is in the data source of the same name.\n\n" +
			"[What is managed and what is not](../guides/coverage.md) says which settings of the API are left out, and why.",
		DataSource:       "One project, by its `id` or by its exact `title`, with the numbers of its tasks and annotations. It is an error if none or several match.",
		PluralDataSource: "All projects that the API key's user can see.",
		ListResource:     "All projects that the API key's user can see",
	},
	Collection:     labelstudio.Projects,
	Table:          attributes,
	DataSourceOnly: counters,
	Local: map[string]schema.Attribute{
		forceDestroy: schema.BoolAttribute{
			Optional: true, Computed: true, Default: booldefault.StaticBool(false),
			MarkdownDescription: "Whether the project may be destroyed with the tasks and annotations that it holds. `true` counts only after an apply. Defaults to `false`.",
		},
	},
	LocalDefaults: map[string]attr.Value{forceDestroy: types.BoolValue(false)},
	CreatedAt:     createdAt,
	DisplayName:   []string{title},
	Lookup:        []string{title},
	Filters:       []string{title}, // the server finds titles that contain the text
	ListQuery:     url.Values{"ordering": {"id"}},
	Advice:        advice,
	Gone:          "Its tasks, annotations and storages are gone with it. The next apply creates an empty one.",
}
