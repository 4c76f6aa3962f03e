package storage

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

// oneDataSource finds one storage of a kind.
type oneDataSource struct {
	kind

	server crud.Server
}

var (
	_ datasource.DataSourceWithConfigure        = (*oneDataSource)(nil)
	_ datasource.DataSourceWithConfigValidators = (*oneDataSource)(nil)
)

func (d *oneDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = d.typeName()
}

func (d *oneDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "One " + d.label + ": by its `id`, or by its `project` with `title` or `" + d.place + "`. It is an error if none or several match.",
		Attributes:          d.table().Public().DataSourceAttributes("id", "project", "title", d.place),
	}
}

func (d *oneDataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	id, project, title, place := path.MatchRoot("id"), path.MatchRoot("project"), path.MatchRoot("title"), path.MatchRoot(d.place)
	return []datasource.ConfigValidator{
		datasourcevalidator.ExactlyOneOf(id, project),
		datasourcevalidator.AtLeastOneOf(id, title, place),
		datasourcevalidator.Conflicting(id, title),
		datasourcevalidator.Conflicting(id, place),
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
	query := ofProject(object.Int64Of(config.Attributes()["project"]))
	d.publicVerbs().ReadOne(ctx, d.server, query, []string{"title", d.place}, config, resp)
}
