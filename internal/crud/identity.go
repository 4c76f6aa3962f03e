package crud

import (
	"context"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

var idPath = path.Root("id")

// IdentitySchema is the identity of every object: its id on the server. Ids are
// counted for each type of object and each server apart.
func IdentitySchema() identityschema.Schema {
	return identityschema.Schema{
		Attributes: map[string]identityschema.Attribute{
			"id": identityschema.Int64Attribute{
				RequiredForImport: true,
				Description:       "Id of the object on the server, as the address of its page shows it.",
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
// identity. Read fills in the rest.
func ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	var id types.Int64
	if req.ID == "" {
		resp.Diagnostics.Append(req.Identity.GetAttribute(ctx, idPath, &id)...)
	} else {
		number, err := strconv.ParseInt(req.ID, 10, 64)
		if err != nil || number <= 0 {
			resp.Diagnostics.AddError("Import id is not a number",
				"An object of Label Studio is imported by its numeric id, for example 7, but got "+strconv.Quote(req.ID)+
					". The id is in the address of the object's page and in the plural data source of its type.")
			return
		}
		id = types.Int64Value(number)
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, idPath, id)...)
	SetIdentity(ctx, resp.Identity, id, &resp.Diagnostics)
}
