package crud

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
)

// source is a data source of an object.
type source struct {
	Definition

	server Server
}

func (d *source) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	Configure(req.ProviderData, &d.server, &resp.Diagnostics)
}

// dataSource finds one object, by its id or by the attributes of Lookup.
type dataSource struct{ source }

var (
	_ datasource.DataSourceWithConfigure        = (*dataSource)(nil)
	_ datasource.DataSourceWithConfigValidators = (*dataSource)(nil)
)

// NewDataSource is the data source that finds one object.
func NewDataSource(definition Definition) func() datasource.DataSource {
	return func() datasource.DataSource { return &dataSource{source{Definition: definition}} }
}

func (d *dataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = d.TypeName
}

func (d *dataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: d.Descriptions.DataSource,
		Attributes:          d.public().DataSourceAttributes(append([]string{idName, d.Parent}, d.Lookup...)...),
	}
}

// ConfigValidators want the id, or else the parent, if there is one, with an attribute
// of Lookup.
func (d *dataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	var lookup []path.Expression
	for _, name := range d.Lookup {
		lookup = append(lookup, path.MatchRoot(name))
	}
	id := path.MatchRoot(idName)
	if d.Parent == "" {
		return []datasource.ConfigValidator{datasourcevalidator.ExactlyOneOf(slices.Insert(lookup, 0, id)...)}
	}
	validators := []datasource.ConfigValidator{
		datasourcevalidator.ExactlyOneOf(id, path.MatchRoot(d.Parent)),
		datasourcevalidator.AtLeastOneOf(slices.Insert(slices.Clone(lookup), 0, id)...),
	}
	for _, name := range lookup {
		validators = append(validators, datasourcevalidator.Conflicting(id, name))
	}
	return validators
}

func (d *dataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	config := Decode(ctx, req.Config, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	response, ok := d.find(ctx, config, &resp.Diagnostics)
	if !ok {
		return
	}
	found, err := d.public().ObjectFrom(response)
	if err != nil {
		d.AddError(&resp.Diagnostics, "Can't read the "+d.Label, err)
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, found)...)
}

// find asks for the object by its id, or else for the only one in the list that has
// what the configuration says of the attributes of Lookup.
func (d *dataSource) find(ctx context.Context, config types.Object, diags *diag.Diagnostics) (labelstudio.Object, bool) {
	if id := ID(config); id != 0 {
		response, err := d.server.Get(ctx, d.Collection, id)
		if labelstudio.IsNotFound(err) {
			diags.AddAttributeError(idPath, "No "+d.Label+" has this id", fmt.Sprintf("%s does not exist on the server.", d.Name(id)))
		} else if err != nil {
			d.AddError(diags, "Can't read the "+d.Label, err)
		}
		return response, err == nil
	}

	set := slices.DeleteFunc(slices.Clone(d.Lookup), func(name string) bool { return config.Attributes()[name].IsNull() })
	criteria := d.Table.PartialBody(config, set...)
	var all, matching []labelstudio.Object
	for found, err := range d.server.List(ctx, d.Collection, d.query(config, d.Filters...)) {
		if err != nil {
			d.AddError(diags, "Can't list the "+d.plural(), err)
			return nil, false
		}
		all = append(all, found)
		if d.Table.Matches(criteria, found) {
			matching = append(matching, found)
		}
	}
	switch len(matching) {
	case 1:
		return matching[0], true
	case 0:
		detail := "The server has no " + d.Label + " with this " + strings.Join(set, " and ") + "."
		// A list that the server has filtered tells nothing of other objects.
		filtered := slices.ContainsFunc(set, func(name string) bool { return slices.Contains(d.Filters, name) })
		if len(all) > 0 || !filtered {
			detail += " It has " + d.candidates(all)
		}
		diags.AddError("No "+d.Label+" matches", detail)
	default:
		diags.AddError("Several "+d.plural()+" match", "Find the one that you want by its id. The server has "+d.candidates(matching))
	}
	return nil, false
}

// mostCandidates keeps a message readable on servers with hundreds of projects.
const mostCandidates = 20

// candidates lists objects for a message by their ids: a configuration may hold any other
// of their values as sensitive.
func (d Definition) candidates(found []labelstudio.Object) string {
	if len(found) == 0 {
		return "no " + d.Label + " at all in the place where the provider looked."
	}
	ids := make([]string, min(len(found), mostCandidates))
	for i := range ids {
		ids[i] = strconv.FormatInt(found[i].ID(), 10)
	}
	list := strings.Join(ids, ", ")
	if more := len(found) - len(ids); more > 0 {
		list += fmt.Sprintf(" and %d more", more)
	}
	return "these ids: " + list + ". The data source " + d.TypeName + "s shows the objects."
}
