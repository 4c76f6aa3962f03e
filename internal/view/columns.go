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
		Description: "Id of the column, as a view refers to it: `tasks:<column>`, or `tasks:data.<key>` for data of the tasks."},
	{Name: title, Type: object.String,
		Description: "Title of the column in the Data Manager."},
	{Name: columnType, Type: object.String,
		Description: "Type of the column, which filters of it have to have. It is `Unknown` for data that the labeling configuration does not refer to."},
	{Name: "target", Type: object.String,
		Description: "What the column is of: `tasks`."},
	{Name: "help", Type: object.String,
		Description: "What the column shows. Columns of data have no such text."},
	{Name: "visibility_defaults", Type: object.Nested(object.Table{
		{Name: "explore", Type: object.Bool,
			Description: "Whether the list of tasks shows it."},
		{Name: "labeling", Type: object.Bool,
			Description: "Whether the list beside the labeling editor shows it."},
	}),
		Description: "Whether a tab that somebody adds in the user interface shows the column at first."},
}

// Columns describes the data source labelstudio_data_manager_columns.
var Columns = crud.ReadOnly{
	TypeName:    crud.ProviderName + "_data_manager_columns",
	Label:       "columns of the Data Manager",
	Description: "The columns of a project's Data Manager, which `labelstudio_view` filters, orders and hides. Columns of data come from the labeling configuration and from imported tasks.",
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
