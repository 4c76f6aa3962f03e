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
		Description: "Id of the tab, as in its address: `/projects/<project>/data?tab=<id>`."},
	{Name: project, Type: object.Int64, Required: true, Replaces: true,
		Description: "Id of the project whose Data Manager has the tab."},
	{Name: title, Field: "data.title", Type: object.String, Needed: true, Refuse: object.RefuseText(refuseTitle),
		Description: "Title of the tab. Blanks at its ends count."},
	{Name: "type", Field: "data.type", Type: object.String, Initial: "list", Refuse: oneOf("list", "grid"),
		Description: "`list` shows a row for each task, `grid` a tile. A new tab is a `list`."},
	{Name: filters, Field: "data.filters", Type: object.Nested(object.Table{
		{Name: conjunction, Type: object.Text, Default: "and",
			Description: "`and` shows tasks that meet all filters, `or` those that meet one of them."},
		{Name: items, Default: []any{}, Type: object.List(object.Nested(object.Table{
			{Name: column, Field: "filter", Type: object.Prefixed("filter:"), Required: true,
				Description: "Id of the column, such as `tasks:id` or `tasks:data.image`."},
			{Name: operator, Type: object.Text, Required: true,
				Description: "How the column is compared with the value. The table above has the operators of each type."},
			{Name: columnType, Type: object.Text, Required: true,
				Description: "Type of the column: the `type` of the data source `labelstudio_data_manager_columns`, or what `columns_display_type` says."},
			{Name: value, Type: object.JSON,
				Description: "What the column is compared with, as JSON: `jsonencode(\"cat\")`, `jsonencode(3)`, `jsonencode({ min = 1, max = 3 })`. The table above says what each operator needs."},
		})), Description: "The filters, in the order in which the Data Manager shows them."},
	}), Initial: map[string]any{conjunction: "and", items: []any{}}, Refuse: refuseFilters,
		Description: "Which tasks the tab shows (\"Filters\"). A new tab shows all. `{}` keeps it so."},
	// The server ignores an empty list. This is the order that it has without one.
	{Name: ordering, Field: "data.ordering", Type: object.List(object.String), Initial: []string{"tasks:id"}, Refuse: refuseOrdering,
		Validators:  []validator.Describer{listvalidator.SizeAtLeast(1)},
		Description: "The column by which the tasks are ordered (\"Order by\"), as a list with its id, such as `[\"tasks:completed_at\"]`. A `-` before the id begins with the largest. A new tab is ordered by the ids of the tasks."},
	{Name: hiddenColumns, Field: "data.hiddenColumns", Type: object.Nested(object.Table{
		{Name: "explore", Type: object.Set(object.String), Default: []string{},
			Description: "Ids of the columns that the list of tasks does not show."},
		{Name: "labeling", Type: object.Set(object.String), Default: []string{},
			Description: "Ids of the columns that the list beside the labeling editor does not show."},
	}), Initial: hiddenByDefault, Refuse: refuseHiddenColumns,
		Description: "Columns that the tab does not show (\"Columns\"). All others are shown, those of later imports as well. A new tab hides what the `visibility_defaults` of the data source `labelstudio_data_manager_columns` hide, apart from columns of data. `{}` shows every column."},
	{Name: columnsWidth, Field: "data.columnsWidth", Type: object.Map(object.Float64), Initial: map[string]any{}, Refuse: refuseColumnsWidth,
		Description: "Widths of columns in pixels, by the id of the column."},
	{Name: columnsDisplayType, Field: "data.columnsDisplayType", Type: object.Map(object.String), Initial: map[string]any{}, Refuse: refuseDisplayTypes,
		Description: "Types as which the tab treats columns of data, by the id of the column: with `{ \"tasks:data.n\" = \"Number\" }` it compares and orders the texts as numbers."},
	{Name: "grid_width", Field: "data.gridWidth", Type: object.Int64, Initial: 4, Refuse: refuseGridWidth,
		Description: "How many tiles a row of the grid has, from 1 to 10 (\"Columns\" of the grid settings). A new tab has 4."},
	{Name: "grid_fit_images_to_width", Field: "data.gridFitImagesToWidth", Type: object.Bool, Initial: false,
		Description: "Whether images fill the width of their tile (\"Fit images to width\"). They don't in a new tab."},
	// A PATCH does not change it, and other tabs don't, either, so a plan knows it.
	{Name: "order", Type: object.Int64, ReadOnly: true,
		Description: "Place of the tab among those of the project, from 0. Whoever drags tabs in the user interface changes it."},
	{Name: "user", Type: object.Int64, ReadOnly: true,
		Description: "Id of the user who created the tab: the one whom `api_key` belongs to. If this user is deleted, so is the tab."},
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
		Resource: "A tab of a project's Data Manager, with its filters, order and columns.\n\n" +
			"**Tabs are shared**: every member of the organization sees them, and can change and delete them. Terraform manages only the attributes that are set, and ignores changes of the others. An attribute that is taken out of the configuration gets the value of a new tab, and is ignored from then on.\n\n" +
			"**Columns of data come with the tasks.** Create a view of them after the first import, with `depends_on` on the storage that syncs. If somebody opens a tab before, Label Studio removes its filters and hidden columns of columns that are missing, and the next apply puts them back. With `plan_checks`, the plan warns of missing columns.\n\n" +
			"**A tab that the browser can't read blanks the Data Manager of the whole project**, and Label Studio accepts it. The plan refuses the values that are known to do so.\n\n" +
			"Filters compare the values of a column:\n\n" + describeFilters() + "\n\n" +
			"Columns have the ids `tasks:<column>` and `tasks:data.<key>`, and the data source `labelstudio_data_manager_columns` lists them. " +
			"The address of a tab is `/projects/<project>/data?tab=<id>`.",
		DataSource:       "One view, a tab of the Data Manager: by its `id`, or by its `project` with `title`. It is an error if none or several match.",
		PluralDataSource: "All views of a project, the tabs of its Data Manager.",
		ListResource:     "The views of a project",
	},
	Collection:  labelstudio.Views,
	Table:       attributes,
	Twin:        title,
	DisplayName: []string{title},
	Parent:      project,
	Lookup:      []string{title},
	Advice:      advice,
	Gone:        "Somebody deleted the tab, or the user who had created it. The next apply creates a new one.",
}
