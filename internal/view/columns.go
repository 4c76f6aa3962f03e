package view

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

// columnAttributes are those of a column of the Data Manager.
var columnAttributes = object.Table{
	{Name: "id", Type: object.String, ReadOnly: true,
		Description: "Id of the column, with which a view refers to it: `tasks:<column>`, or `tasks:data.<key>` for task data."},
	{Name: title, Type: object.String, ReadOnly: true,
		Description: "Title of the column in the Data Manager."},
	{Name: columnType, Type: object.String, ReadOnly: true,
		Description: "Type of the column. A filter of the column must have the same type. `Unknown` for task data that the labeling configuration does not refer to."},
	{Name: "target", Type: object.String, ReadOnly: true,
		Description: "Kind of object that the column belongs to: `tasks`."},
	{Name: "help", Type: object.String, ReadOnly: true,
		Description: "Explanation of the column. Null for columns of task data."},
	{Name: "visibility_defaults", Type: object.Nested(object.Table{
		{Name: "explore", Type: object.Bool, ReadOnly: true,
			Description: "Whether the list of tasks shows the column."},
		{Name: "labeling", Type: object.Bool, ReadOnly: true,
			Description: "Whether the list beside the labeling editor shows the column."},
	}), ReadOnly: true,
		Description: "Whether a tab shows the column after somebody has added the tab in the user interface."},
}

// columnsDataSource is the data source labelstudio_data_manager_columns.
type columnsDataSource struct{ server crud.Server }

// NewColumnsDataSource is the data source labelstudio_data_manager_columns.
func NewColumnsDataSource() datasource.DataSource { return &columnsDataSource{} }

var _ datasource.DataSourceWithConfigure = (*columnsDataSource)(nil)

// Metadata implements [datasource.DataSource].
func (d *columnsDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = crud.ProviderName + "_data_manager_columns"
}

// Schema implements [datasource.DataSource].
func (d *columnsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The columns of a project's Data Manager, by which a `labelstudio_view` can filter and sort, and which it can hide. The Data Manager has built-in columns, and a column for each key of the task data that the labeling configuration refers to or that imported tasks have.",
		Attributes: map[string]schema.Attribute{
			project: schema.Int64Attribute{Required: true, MarkdownDescription: "Id of the project."},
			"columns": schema.ListNestedAttribute{
				Computed:            true,
				MarkdownDescription: "The columns, as the server orders them.",
				NestedObject:        schema.NestedAttributeObject{Attributes: columnAttributes.DataSourceAttributes()},
			},
		},
	}
}

// Configure implements [datasource.DataSourceWithConfigure].
func (d *columnsDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	crud.Configure(req.ProviderData, &d.server, &resp.Diagnostics)
}

// Read implements [datasource.DataSource].
func (d *columnsDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var of types.Int64
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root(project), &of)...)
	if resp.Diagnostics.HasError() {
		return
	}
	found, err := d.server.Columns(ctx, of.ValueInt64())
	columns := make([]types.Object, len(found))
	for i := 0; i < len(found) && err == nil; i++ {
		columns[i], err = columnAttributes.ObjectFrom(found[i])
	}
	if err != nil {
		Definition.AddError(&resp.Diagnostics, "Can't list the columns of the Data Manager", err)
		return
	}
	resp.State.Raw = req.Config.Raw
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("columns"), columns)...)
}
