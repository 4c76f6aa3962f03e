package storage

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
)

// allDataSource lists the storages of a kind in a project.
type allDataSource struct {
	kind

	server crud.Server
}

var _ datasource.DataSourceWithConfigure = (*allDataSource)(nil)

func (d *allDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = d.typeName() + "s"
}

func (d *allDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "All " + d.label + "s of a project.",
		Attributes: map[string]schema.Attribute{
			"project": schema.Int64Attribute{Required: true, MarkdownDescription: "Id of the project."},
			"storages": schema.ListNestedAttribute{
				Computed:            true,
				MarkdownDescription: "The storages, in the order of their ids. Empty if the project has none.",
				NestedObject:        schema.NestedAttributeObject{Attributes: d.table().Public().DataSourceAttributes()},
			},
		},
	}
}

func (d *allDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	crud.Configure(req.ProviderData, &d.server, &resp.Diagnostics)
}

func (d *allDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var project types.Int64
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("project"), &project)...)
	storages := d.publicVerbs().ListAll(ctx, d.server, ofProject(project.ValueInt64()), &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("project"), project)...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("storages"), storages)...)
}
