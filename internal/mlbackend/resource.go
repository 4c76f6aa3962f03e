package mlbackend

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

// mlBackendResource takes care of the webhook that the server creates beside an ML
// backend, and reads again what it has updated.
type mlBackendResource struct{ crud.Resource }

// NewResource is the resource labelstudio_ml_backend.
func NewResource() resource.Resource {
	return &mlBackendResource{crud.Resource{Definition: Definition}}
}

// ModifyPlan implements [resource.ResourceWithModifyPlan].
func (r *mlBackendResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	plan, config, state, ok := r.PlanObject(ctx, req, resp)
	if !ok {
		return
	}
	refuseCredentials(plan, config, state, &resp.Diagnostics)
	refuseVersion(plan, config, state, &resp.Diagnostics)
	if state.IsNull() || resp.Diagnostics.HasError() {
		return
	}
	plan = object.With(plan, webhookID, state.Attributes()[webhookID])
	if r.Table.MayChange(plan, state) {
		plan = r.Table.MarkVolatileUnknown(plan)
		if mayFollow(plan) && config.Attributes()[modelVersion].IsNull() {
			plan = object.With(plan, modelVersion, object.Unknown(plan, modelVersion))
		}
	}
	resp.Diagnostics.Append(resp.Plan.Set(ctx, plan)...)
}

// Create implements [resource.Resource].
func (r *mlBackendResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	plan, config := crud.Decode(ctx, req.Plan, &resp.Diagnostics), crud.Decode(ctx, req.Config, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	state, backend, ok := r.CreateObject(ctx, object.With(plan, webhookID, types.Int64Null()), config, resp)
	if !ok {
		return
	}
	id, err := r.createdWebhook(ctx, backend)
	if err != nil {
		// An error would taint the ML backend.
		resp.Diagnostics.AddAttributeWarning(path.Root(webhookID), "Can't look for the webhook of the ML backend",
			fmt.Sprintf("%s is created. If Label Studio created a webhook for it, Terraform neither changes this webhook with url nor deletes it with the ML backend. To let Terraform find the webhook, remove the ML backend from the state and import it.\n\n%s", r.Name(crud.ID(state)), crud.WithAdvice(err)))
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, object.With(state, webhookID, id))...)
}

// Read implements [resource.Resource]. An import knows nothing of the webhook.
func (r *mlBackendResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	before := crud.Decode(ctx, req.State, &resp.Diagnostics)
	_, backend, ok := r.ReadObject(ctx, req, resp)
	if !ok || !before.Attributes()[createdAt].IsNull() {
		return
	}
	id, err := r.createdWebhook(ctx, backend)
	if err != nil {
		r.AddError(&resp.Diagnostics, "Can't look for the webhook of the ML backend", err)
		return
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(webhookID), id)...)
}

// attempts is how often an update is sent that others undo.
const attempts = 2

// Update implements [resource.Resource]. A user who reads the ML backend meanwhile lets
// the server save what it was before, which undoes the update.
func (r *mlBackendResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	plan, config, state := crud.Decode(ctx, req.Plan, &resp.Diagnostics), crud.Decode(ctx, req.Config, &resp.Diagnostics), crud.Decode(ctx, req.State, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	var undone []string
	for range attempts {
		updated, _, ok := r.UpdateObject(ctx, plan, config, state, resp)
		if !ok {
			return
		}
		var err error
		if undone, err = r.undone(ctx, updated); err != nil {
			r.AddError(&resp.Diagnostics, "Can't read the ML backend after its update", err)
			return
		}
		if len(undone) == 0 {
			r.moveWebhook(ctx, state, updated, &resp.Diagnostics)
			return
		}
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
	resp.Diagnostics.AddAttributeError(path.Root(undone[0]), "Somebody else undoes the update of the ML backend",
		fmt.Sprintf("Label Studio accepted the update of %s twice, but %s had the old value again each time. When somebody opens the page \"Model\" or reads the ML backend with the API during the update, Label Studio saves the old values. Apply again when nobody does so.", r.Name(crud.ID(state)), strings.Join(undone, ", ")))
}

// undone names the attributes that are not as the update has set them.
func (r *mlBackendResource) undone(ctx context.Context, updated types.Object) ([]string, error) {
	response, err := r.Get(ctx, updated)
	if err != nil {
		return nil, err
	}
	after, err := r.Table.StateFrom(response, updated)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(r.Table.Changed(updated, after), func(name string) bool {
		return name == modelVersion && mayFollow(updated)
	}), nil
}

// Delete implements [resource.Resource]. The webhook goes first: without the ML backend,
// the next refresh would take both out of the state.
func (r *mlBackendResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	state := crud.Decode(ctx, req.State, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	if _, err := r.Get(ctx, state); err != nil && !labelstudio.IsNotFound(err) {
		r.AddError(&resp.Diagnostics, "Can't delete the ML backend", err)
		return
	}
	if err := r.deleteWebhook(ctx, state); err != nil {
		r.AddError(&resp.Diagnostics, "Can't delete the webhook of the ML backend", err)
		return
	}
	if err := r.Server.Delete(ctx, r.Collection.In(inProjectOf(state)), crud.ID(state)); err != nil {
		r.AddError(&resp.Diagnostics, "Can't delete the ML backend", err)
	}
}

// mayFollow tells whether the server sets the version of the model, or only the apply
// knows.
func mayFollow(plan types.Object) bool {
	follows := plan.Attributes()[autoUpdate]
	return object.BoolOf(follows) || object.HoldsUnknown(follows)
}

// refuseCredentials refuses basic authentication without a user or a password, if the
// plan changes either of them.
func refuseCredentials(plan, config, state types.Object, diags *diag.Diagnostics) {
	if object.StringOf(plan.Attributes()[authMethod]) != basicAuth {
		return
	}
	if !state.IsNull() && !slices.ContainsFunc(Definition.Table.Changed(plan, state), func(name string) bool { return name == authMethod || name == basicAuthUser }) {
		return
	}
	const missing, needs = "Missing value", `auth_method = "BASIC_AUTH" needs `
	if user := plan.Attributes()[basicAuthUser]; !object.HoldsUnknown(user) && labelstudio.Strip(object.StringOf(user)) == "" {
		diags.AddAttributeError(path.Root(basicAuthUser), missing, needs+"basic_auth_user. Set it in the configuration.")
	}
	if plan.Attributes()[basicAuthPass].IsNull() && config.Attributes()[basicAuthPass+"_wo"].IsNull() && !storedPass(state) {
		diags.AddAttributeError(path.Root(basicAuthPass), missing, needs+"basic_auth_pass or basic_auth_pass_wo. Set one in the configuration.")
	}
}

func storedPass(state types.Object) bool {
	return !state.IsNull() && object.BoolOf(state.Attributes()[passIsSet])
}

// refuseVersion refuses a version that the server would overwrite. The one that it has is
// in a configuration which Terraform generates of an imported ML backend.
func refuseVersion(plan, config, state types.Object, diags *diag.Diagnostics) {
	wanted := config.Attributes()[modelVersion]
	if !object.BoolOf(plan.Attributes()[autoUpdate]) || wanted.IsNull() || object.HoldsUnknown(wanted) {
		return
	}
	if !state.IsNull() && object.Same(wanted, state.Attributes()[modelVersion]) {
		return
	}
	diags.AddAttributeError(path.Root(modelVersion), "The backend sets model_version",
		"With auto_update = true, Label Studio sets model_version to the version that the backend reports. Remove model_version, or set auto_update = false.")
}
