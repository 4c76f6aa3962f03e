package project

import (
	"context"
	"net/url"

	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

type oneDataSource struct {
	server crud.Server
}

var (
	_ datasource.DataSourceWithConfigure        = (*oneDataSource)(nil)
	_ datasource.DataSourceWithConfigValidators = (*oneDataSource)(nil)
)

// NewDataSource is the data source labelstudio_project.
func NewDataSource() datasource.DataSource { return &oneDataSource{} }

func (d *oneDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = verbs.TypeName
}

func (d *oneDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "One project, by its `id` or by its exact `title`, with the numbers of its tasks and annotations. It is an error if none or several match.",
		Attributes:          publicVerbs().Table.DataSourceAttributes("id", "title"),
	}
}

func (d *oneDataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{
		datasourcevalidator.ExactlyOneOf(path.MatchRoot("id"), path.MatchRoot("title")),
	}
}

func (d *oneDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	crud.Configure(req.ProviderData, &d.server, &resp.Diagnostics)
}

func (d *oneDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	config := crud.Object(ctx, req.Config, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	// The server finds titles that contain the text.
	query := url.Values{"title": {object.StringOf(config.Attributes()["title"])}}
	publicVerbs().ReadOne(ctx, d.server, query, []string{"title"}, config, resp)
}
