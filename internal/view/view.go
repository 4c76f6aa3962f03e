// Package view offers the tabs of the Data Manager, which the API calls views, as a
// resource, as data sources and to `terraform query`, and the columns that they refer to.
package view

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

// Attributes that the code refers to.
const (
	project            = "project"
	title              = "title"
	filters            = "filters"
	conjunction        = "conjunction"
	items              = "items"
	column             = "column"
	operator           = "operator"
	columnType         = "type"
	value              = "value"
	ordering           = "ordering"
	hiddenColumns      = "hidden_columns"
	columnsWidth       = "columns_width"
	columnsDisplayType = "columns_display_type"
)

// The initial values are those that the user interface gives a new tab. Null would not do: it
// blanks the Data Manager.
var attributes = object.Table{
	{Name: "id", Type: object.Int64, ReadOnly: true,
		Description: "Id of the view. The address of the tab shows it: `/projects/<project>/data?tab=<id>`."},
	{Name: project, Type: object.Int64, Required: true, Replaces: true,
		Description: "Id of the project whose Data Manager shows the tab."},
	{Name: title, Field: "data.title", Type: object.String, Needed: true, Refuse: object.RefuseText(refuseTitle),
		Description: "Title of the tab. Label Studio keeps spaces at its beginning and its end."},
	{Name: "type", Field: "data.type", Type: object.String, Initial: "list", Refuse: oneOf("list", "grid"),
		Description: "How the tab shows tasks: `list` shows each task as a row, `grid` as a tile. A new tab has `list`."},
	{Name: filters, Field: "data.filters", Type: object.Nested(object.Table{
		{Name: conjunction, Type: object.Text, Default: "and",
			Description: "`and` shows the tasks that match all filters, `or` the tasks that match at least one."},
		{Name: items, Default: []any{}, Type: object.List(object.Nested(object.Table{
			{Name: column, Field: "filter", Type: object.Prefixed("filter:"), Required: true,
				Description: "Id of the column, such as `tasks:id` or `tasks:data.image`."},
			{Name: operator, Type: object.Text, Required: true,
				Description: "How Label Studio compares the column with the value, such as `equal` or `contains`. The page of the resource lists the operators of each type."},
			{Name: columnType, Type: object.Text, Required: true,
				Description: "Type of the column: its `type` in the data source `labelstudio_data_manager_columns`, or its type in `columns_display_type`."},
			{Name: value, Type: object.JSON,
				Description: "What Label Studio compares the column with, as JSON text: `jsonencode(\"cat\")`, `jsonencode(3)` or `jsonencode({ min = 1, max = 3 })`. The page of the resource says which value each operator needs."},
		})), Description: "The filters, in the order in which the Data Manager shows them."},
	}), Initial: map[string]any{conjunction: "and", items: []any{}}, Refuse: refuseFilters,
		Description: "Which tasks the tab shows (in the user interface: \"Filters\"). `{}` shows all tasks, as a new tab does."},
	// The server ignores an empty list. This is the order that it has without one.
	{Name: ordering, Field: "data.ordering", Type: object.List(object.String), Initial: []string{"tasks:id"}, Refuse: refuseOrdering,
		Validators:  []validator.Describer{listvalidator.SizeAtLeast(1)},
		Description: "Column by which the tab sorts the tasks (in the user interface: \"Order by\"), as a list with one id, such as `[\"tasks:completed_at\"]`. With `-` before the id, the order is descending. A new tab has `[\"tasks:id\"]`."},
	{Name: hiddenColumns, Field: "data.hiddenColumns", Type: object.Nested(object.Table{
		{Name: "explore", Type: object.Set(object.String), Default: []string{},
			Description: "Ids of the columns to hide in the list of tasks."},
		{Name: "labeling", Type: object.Set(object.String), Default: []string{},
			Description: "Ids of the columns to hide in the list beside the labeling editor."},
	}), Initial: hiddenByDefault, Refuse: refuseHiddenColumns,
		Description: "Columns that the tab hides (in the user interface: \"Columns\"). It shows all others, including those that later imports add. A new tab hides the built-in columns that `visibility_defaults` of the data source `labelstudio_data_manager_columns` hides, and no column of task data. `{}` shows every column."},
	{Name: columnsWidth, Field: "data.columnsWidth", Type: object.Map(object.Float64), Initial: map[string]any{}, Refuse: refuseColumnsWidth,
		Description: "Widths of columns in pixels. The keys are the ids of the columns. A new tab has none, so the user interface chooses the widths."},
	{Name: columnsDisplayType, Field: "data.columnsDisplayType", Type: object.Map(object.String), Initial: map[string]any{}, Refuse: refuseDisplayTypes,
		Description: "Types that the tab uses for columns of task data instead of those of the Data Manager. The keys are the ids of the columns. With `{ \"tasks:data.n\" = \"Number\" }`, the tab filters and sorts the values of the column as numbers. A new tab has none."},
	{Name: "grid_width", Field: "data.gridWidth", Type: object.Int64, Initial: 4, Refuse: refuseGridWidth,
		Description: "Number of tiles in a row of the grid, from 1 to 10 (in the user interface: \"Columns\" of the grid settings). A new tab has `4`."},
	{Name: "grid_fit_images_to_width", Field: "data.gridFitImagesToWidth", Type: object.Bool, Initial: false,
		Description: "Whether images fill the width of their tile (in the user interface: \"Fit images to width\"). A new tab has `false`."},
	// A PATCH does not change it, and other tabs don't, either, so a plan knows it.
	{Name: "order", Type: object.Int64, ReadOnly: true,
		Description: "Position of the tab among the tabs of the project, from 0. Dragging tabs in the user interface changes it."},
	{Name: "user", Type: object.Int64, ReadOnly: true,
		Description: "Id of the user who created the tab. If Terraform created it, this is the user whose token is in `api_key`. If this user is deleted, Label Studio deletes the tab, too."},
}

// hiddenByDefault are the built-in columns that the user interface hides in a new tab.
var hiddenByDefault = func() map[string][]string {
	explore := []string{
		"tasks:inner_id", "tasks:annotations_results", "tasks:annotations_ids", "tasks:predictions_score", "tasks:predictions_model_versions",
		"tasks:predictions_results", "tasks:file_upload", "tasks:storage_filename", "tasks:created_at", "tasks:updated_at", "tasks:updated_by",
		"tasks:avg_lead_time", "tasks:draft_exists",
	}
	return map[string][]string{
		"explore":  explore,
		"labeling": append([]string{"tasks:id", "tasks:completed_at", "tasks:cancelled_annotations", "tasks:total_predictions", "tasks:annotators"}, explore...),
	}
}()

// describeFilters is a table of the operators and values of each type.
func describeFilters() string {
	var text strings.Builder
	text.WriteString("| `type` | `operator` | `value` |\n| --- | --- | --- |\n")
	for _, c := range comparisons {
		fmt.Fprintf(&text, "| %s | %s | %s |\n", quoted(c.types), quoted(c.operators), c.value)
	}
	fmt.Fprintf(&text, "| all | `%s` | `true` or `false` |", empty)
	return text.String()
}

// quoted lists names as code.
func quoted(names []string) string { return "`" + strings.Join(names, "`, `") + "`" }

// Definition describes views.
var Definition = crud.Definition{
	TypeName: crud.ProviderName + "_view",
	Label:    "view",
	Plural:   "views",
	Descriptions: crud.Descriptions{
		Resource: "Manages a view of a project: a tab of its Data Manager, with filters, order and columns.\n\n" +
			"**All members of the organization share the tabs.** Everybody sees them, and can change and delete them. Terraform manages only the attributes that you set, and ignores changes to the others. If you remove an attribute from the configuration, the next apply sets it to the value of a new tab. After that, Terraform ignores it.\n\n" +
			"**Some columns exist only after an import.** The Data Manager has a column for each key of the task data that the project's `label_config` refers to, such as `$image`. It adds columns for other keys when tasks with these keys are imported. Create a view that uses such columns after the first import, with `depends_on` on the storage that syncs. If somebody opens the tab earlier, Label Studio removes filters and hidden columns that refer to missing columns, and the next apply restores them. With `plan_checks`, a plan warns about missing columns.\n\n" +
			"**Wrong values can make the whole Data Manager of a project blank**, although Label Studio accepts them. The plan refuses the values that are known to do this.\n\n" +
			"A filter compares a column with a value:\n\n" + describeFilters() + "\n\n" +
			"The ids of columns are `tasks:<column>` and `tasks:data.<key>`. The data source `labelstudio_data_manager_columns` lists them.",
		DataSource:       "Finds one view, which is a tab of the Data Manager, by its `id`, or by its `project` and `title`. If no view or several views match, the data source fails.",
		PluralDataSource: "All views of a project, which are the tabs of its Data Manager.",
		ListResource:     "The views of a project",
	},
	Collection:  labelstudio.Views,
	Table:       attributes,
	Twin:        title,
	DisplayName: []string{title},
	Parent:      project,
	Lookup:      []string{title},
	Advice:      advice,
	Gone:        "Somebody deleted the tab, or the user who created it. The next apply creates a new one.",
}
