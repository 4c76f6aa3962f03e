package project

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
)

type allDataSource struct {
	server crud.Server
}

var _ datasource.DataSourceWithConfigure = (*allDataSource)(nil)

// NewPluralDataSource is the data source labelstudio_projects.
func NewPluralDataSource() datasource.DataSource { return &allDataSource{} }

func (d *allDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = verbs.TypeName + "s"
}

func (d *allDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "All projects that the API key's user can see.",
		Attributes: map[string]schema.Attribute{
			"projects": schema.ListNestedAttribute{
				Computed:            true,
				MarkdownDescription: "The projects, in the order of their ids.",
				NestedObject:        schema.NestedAttributeObject{Attributes: publicVerbs().Table.DataSourceAttributes()},
			},
		},
	}
}

func (d *allDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	crud.Configure(req.ProviderData, &d.server, &resp.Diagnostics)
}

func (d *allDataSource) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	projects := publicVerbs().ListAll(ctx, d.server, nil, &resp.Diagnostics)
	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("projects"), projects)...)
	}
}
