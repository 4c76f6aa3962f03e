package crud

import (
	"cmp"
	"context"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

var idPath = path.Root(idName)

// IdentitySchema implements [resource.ResourceWithIdentity]. The identity of every
// object is its id on the server. Each server counts the ids of each type of object
// from 1.
//
// Should an object ever need more than its id, raise Version and give the resource an
// UpgradeIdentity (resource.ResourceWithUpgradeIdentity): Terraform asks for the new
// form when it reads a state with the old one. What is new has to follow from the id
// or be left to the next Read, which sets the whole identity: an upgrade can't ask
// the server.
func (r *Resource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{
		Attributes: map[string]identityschema.Attribute{
			idName: identityschema.Int64Attribute{
				RequiredForImport: true,
				Description:       cmp.Or(r.FindID, "Id of the object on the server. Objects of different types can have the same id."),
			},
		},
	}
}

// SetIdentity has to be called by Create, Update and Read, and by Read before it
// knows whether the object still exists: Terraform before 1.12 never hands an
// identity back, and a missing one is an error of its own.
func SetIdentity(ctx context.Context, identity *tfsdk.ResourceIdentity, id types.Int64, diags *diag.Diagnostics) {
	if identity != nil {
		diags.Append(identity.SetAttribute(ctx, idPath, id)...)
	}
}

// ImportState takes the id from the command line, the import block or the
// identity, and sets the attributes that only Terraform knows. Read fills in the
// rest.
func (r *Resource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	var id types.Int64
	if req.ID == "" {
		resp.Diagnostics.Append(req.Identity.GetAttribute(ctx, idPath, &id)...)
	} else {
		number, err := strconv.ParseInt(req.ID, 10, 64)
		if err != nil || number <= 0 {
			resp.Diagnostics.AddError("Import id is not a number",
				"The "+r.Label+" is imported by its numeric id, for example 7, but got "+strconv.Quote(req.ID)+". "+
					cmp.Or(r.FindID, "The id is in the data source "+r.TypeName+"s."))
			return
		}
		id = types.Int64Value(number)
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, idPath, id)...)
	SetIdentity(ctx, resp.Identity, id, &resp.Diagnostics)
	for name, value := range r.LocalDefaults {
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(name), value)...)
	}
}
