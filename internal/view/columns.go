package view

import (
	"context"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

// columnAttributes are those of a column of the Data Manager.
var columnAttributes = object.Table{
	{Name: "id", Type: object.String,
		Description: "Id of the column, with which a view refers to it: `tasks:<column>`, or `tasks:data.<key>` for task data."},
	{Name: title, Type: object.String,
		Description: "Title of the column in the Data Manager."},
	{Name: columnType, Type: object.String,
		Description: "Type of the column. A filter of the column must have the same type. `Unknown` for task data that the labeling configuration does not refer to."},
	{Name: "target", Type: object.String,
		Description: "Kind of object that the column belongs to: `tasks`."},
	{Name: "help", Type: object.String,
		Description: "Explanation of the column. Null for columns of task data."},
	{Name: "visibility_defaults", Type: object.Nested(object.Table{
		{Name: "explore", Type: object.Bool,
			Description: "Whether the list of tasks shows the column."},
		{Name: "labeling", Type: object.Bool,
			Description: "Whether the list beside the labeling editor shows the column."},
	}),
		Description: "Whether a tab shows the column after somebody has added the tab in the user interface."},
}

// Columns describes the data source labelstudio_data_manager_columns.
var Columns = crud.ReadOnly{
	TypeName:    crud.ProviderName + "_data_manager_columns",
	Label:       "columns of the Data Manager",
	Description: "The columns of a project's Data Manager, by which a `labelstudio_view` can filter and sort, and which it can hide. The Data Manager has built-in columns, and a column for each key of the task data that the labeling configuration refers to or that imported tasks have.",
	Parent:      project,
	Table: object.Table{
		{Name: project, Type: object.Int64, Description: "Id of the project."},
		{Name: "columns", Type: object.List(object.Nested(columnAttributes)), Description: "The columns, as the server orders them."},
	},
	Get: func(ctx context.Context, server crud.Server, project int64) (labelstudio.Object, error) {
		columns, err := server.Columns(ctx, project)
		if err != nil {
			return nil, err
		}
		return crud.InField("columns", columns)
	},
}
