package crud

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

// ReadOnly describes a data source of something that no resource manages.
type ReadOnly struct {
	// TypeName is the name of the data source in Terraform, such as labelstudio_server.
	TypeName string
	// Label is what it reads, as messages name it: "users".
	Label string
	// Description is the text of the documentation.
	Description string
	// Table holds the attributes.
	Table object.Table
	// Parent is the attribute of the table with the id of the object that it is about. The
	// configuration has to set it. It is empty if it is about the server as a whole.
	Parent string
	// Get makes the requests. Its result has the fields of the table, except for Parent. It
	// is nil if the parent does not exist.
	Get func(ctx context.Context, server Server, parent int64) (labelstudio.Object, error)
}

// NewReadOnlyDataSource is the data source of a description.
func NewReadOnlyDataSource(described ReadOnly) func() datasource.DataSource {
	return func() datasource.DataSource { return &readOnlyDataSource{ReadOnly: described} }
}

type readOnlyDataSource struct {
	ReadOnly

	server Server
}

var _ datasource.DataSourceWithConfigure = (*readOnlyDataSource)(nil)

func (d *readOnlyDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	Configure(req.ProviderData, &d.server, &resp.Diagnostics)
}

func (d *readOnlyDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = d.TypeName
}

func (d *readOnlyDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := d.Table.DataSourceAttributes()
	if d.Parent != "" {
		attributes[d.Parent] = schema.Int64Attribute{Required: true, MarkdownDescription: "Id of the " + d.Parent + "."}
	}
	resp.Schema = schema.Schema{MarkdownDescription: d.Description, Attributes: attributes}
}

func (d *readOnlyDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	config := Decode(ctx, req.Config, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	parent := object.Int64Of(config.Attributes()[d.Parent])
	response, err := d.Get(ctx, d.server, parent)
	if d.Parent != "" && (labelstudio.IsNotFound(err) || err == nil && response == nil) {
		resp.Diagnostics.AddAttributeError(path.Root(d.Parent), "No "+d.Parent+" has this id", fmt.Sprintf("%s %d does not exist on the server.", d.Parent, parent))
		return
	}
	if err == nil && d.Parent != "" {
		response[d.Parent] = strconv.AppendInt(nil, parent, 10)
	}
	var found types.Object
	if err == nil {
		found, err = d.Table.ObjectFrom(response)
	}
	if err != nil {
		Definition{}.AddError(&resp.Diagnostics, "Can't read the "+d.Label, err)
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, found)...)
}

// InField is an object whose only field is a list of objects.
func InField(field string, objects []labelstudio.Object) (labelstudio.Object, error) {
	list, err := json.Marshal(append([]labelstudio.Object{}, objects...)) // [] if there are none
	return labelstudio.Object{field: list}, err
}
