package crud

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// pluralDataSource finds all objects, or all of a parent.
type pluralDataSource struct{ source }

var _ datasource.DataSourceWithConfigure = (*pluralDataSource)(nil)

// NewPluralDataSource is the data source that finds all objects, or all of a parent.
func NewPluralDataSource(definition Definition) func() datasource.DataSource {
	return func() datasource.DataSource { return &pluralDataSource{source{Definition: definition}} }
}

func (d *pluralDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = d.TypeName + "s"
}

func (d *pluralDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes, order := map[string]schema.Attribute{}, "All "+d.plural()+", sorted by id."
	if d.Parent != "" {
		attributes[d.Parent] = schema.Int64Attribute{Required: true, MarkdownDescription: d.describeParent()}
		order += " Empty if the " + d.Parent + " has none."
	}
	if d.Exclude != nil {
		attributes[d.Exclude.Name] = schema.BoolAttribute{Optional: true, MarkdownDescription: d.Exclude.Description}
	}
	attributes[d.Plural] = schema.ListNestedAttribute{
		Computed:            true,
		MarkdownDescription: order,
		NestedObject:        schema.NestedAttributeObject{Attributes: d.public().DataSourceAttributes()},
	}
	resp.Schema = schema.Schema{MarkdownDescription: d.Descriptions.PluralDataSource, Attributes: attributes}
}

func (d *pluralDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	config := Decode(ctx, req.Config, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	found := d.all(ctx, config, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.State.Raw = req.Config.Raw
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(d.Plural), found)...)
}

// all are the objects in the order of their ids.
func (d *pluralDataSource) all(ctx context.Context, config types.Object, diags *diag.Diagnostics) types.List {
	table, objects := d.public(), []types.Object{}
	found, err := byID(d.list(ctx, d.server, config))
	for _, response := range found {
		var object types.Object
		if object, err = table.ObjectFrom(response); err != nil {
			break
		}
		objects = append(objects, object)
	}
	if err != nil {
		d.AddError(diags, "Can't list the "+d.plural(), err)
	}
	list, problems := types.ListValueFrom(ctx, types.ObjectType{AttrTypes: table.AttributeTypes()}, objects)
	diags.Append(problems...)
	return list
}
