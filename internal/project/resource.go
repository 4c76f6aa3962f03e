package project

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

// projectResource checks more in its plan, and deletes only what the user may lose.
type projectResource struct{ crud.Resource }

// NewResource is the resource labelstudio_project.
func NewResource() resource.Resource {
	return &projectResource{crud.Resource{Definition: Definition}}
}

// ModifyPlan implements [resource.ResourceWithModifyPlan].
func (r *projectResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	r.Resource.ModifyPlan(ctx, req, resp)
	if !resp.Diagnostics.HasError() {
		planModelVersion(ctx, req, resp)
		r.check(ctx, req, resp)
	}
}

// planModelVersion leaves model_version unknown where the server empties it, which it does
// in a PATCH with show_collab_predictions = false.
func planModelVersion(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() || req.State.Raw.IsNull() {
		return
	}
	plan, config, state := crud.Decode(ctx, req.Plan, &resp.Diagnostics), crud.Decode(ctx, req.Config, &resp.Diagnostics), crud.Decode(ctx, req.State, &resp.Diagnostics)
	shown := plan.Attributes()[predictions]
	if config.Attributes()[modelVersion].IsNull() && !object.BoolOf(shown) && !object.Same(shown, state.Attributes()[predictions]) &&
		object.StringOf(state.Attributes()[modelVersion]) != "" {
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root(modelVersion), types.StringUnknown())...)
	}
}

func (r *projectResource) check(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	plan, state := crud.Decode(ctx, req.Plan, &resp.Diagnostics), crud.Decode(ctx, req.State, &resp.Diagnostics)
	switch {
	case resp.Diagnostics.HasError() || plan.IsNull() && state.IsNull():
	case plan.IsNull() && !r.Server.Configured(): // a deferred plan; the apply checks
	case plan.IsNull():
		r.checkDestroy(ctx, state, &resp.Diagnostics)
	case state.IsNull():
		r.checkLabelConfig(ctx, labelstudio.Projects.Action("validate"), plan, &resp.Diagnostics)
	case object.Same(plan.Attributes()[labelConfig], state.Attributes()[labelConfig]):
	case r.checkLabelConfig(ctx, labelstudio.Projects.ItemAction(crud.ID(state), "validate"), plan, &resp.Diagnostics):
		r.checkUse(ctx, plan, state, &resp.Diagnostics)
	}
}
