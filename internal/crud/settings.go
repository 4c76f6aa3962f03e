package crud

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

// Settings is the resource of settings of the organization, which always exist. A create
// changes what the configuration sets, and a destroy changes nothing.
type Settings struct{ Resource }

// SettingsExist is part of the documentation of settings.
const SettingsExist = "The settings always exist. When you create the resource, Terraform changes the settings that the configuration contains, and leaves the others as they are. " +
	"When you destroy it, Terraform removes the settings from its state with a warning, and the server keeps them. " +
	"Manage the settings in only one configuration: two configurations would undo each other's changes."

// SettingsID is the id of settings, which the server does not give them.
var SettingsID = object.Attribute{Name: idName, Type: object.Int64, ReadOnly: true,
	Description: "Id of the organization that the settings belong to."}

// FindOrganization is the FindID of settings.
const FindOrganization = "The id is that of the organization: `active_organization` in the data source `labelstudio_current_user`."

// NewSettings is the resource of settings that need nothing special.
func NewSettings(definition Definition) func() resource.Resource {
	return func() resource.Resource { return &Settings{Resource{Definition: definition}} }
}

// ModifyPlan implements [resource.ResourceWithModifyPlan].
func (r *Settings) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if !req.Plan.Raw.IsNull() {
		r.Resource.ModifyPlan(ctx, req, resp)
		return
	}
	state := Decode(ctx, req.State, &resp.Diagnostics)
	resp.Diagnostics.AddWarning("The "+r.Label+" stays as it is",
		fmt.Sprintf("It can't be deleted. The destroy removes %s from the Terraform state, and the server keeps its values. If you want it to have other values, apply them before you destroy it.", r.Name(ID(state))))
}

// Create implements [resource.Resource]. The state is written at the end: if the change
// fails, the next apply begins anew, and nothing is left behind.
func (r *Settings) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	plan, config := Decode(ctx, req.Plan, &resp.Diagnostics), Decode(ctx, req.Config, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	response, err := r.Server.Settings(ctx, r.Collection)
	current := object.Null(plan)
	if err == nil {
		current, err = r.Table.StateFrom(response, current)
	}
	if err != nil {
		r.AddError(&resp.Diagnostics, "Can't read the "+r.Label, err)
		return
	}
	if _, _, ok := r.change(ctx, plan, config, current, response, &resp.State, &resp.Diagnostics); ok {
		SetIdentity(ctx, resp.Identity, types.Int64Value(response.ID()), &resp.Diagnostics)
	}
}

// Delete implements [resource.Resource]. The framework takes the settings out of the state.
func (r *Settings) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}

// SettingsDataSource describes the data source of settings.
func SettingsDataSource(definition Definition) ReadOnly {
	return ReadOnly{
		TypeName: definition.TypeName, Label: definition.Label, Description: definition.Descriptions.DataSource,
		Table: definition.public(),
		Get: func(ctx context.Context, server Server, _ int64) (labelstudio.Object, error) {
			return server.Settings(ctx, definition.Collection)
		},
	}
}
