package webhook

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

// webhookResource checks more in its plan.
type webhookResource struct{ crud.Resource }

// NewResource is the resource labelstudio_webhook.
func NewResource() resource.Resource {
	return &webhookResource{crud.Resource{Definition: Definition}}
}

// ModifyPlan implements [resource.ResourceWithModifyPlan]. The server accepts twins, so a
// webhook that an interrupted apply has made would be called beside the new one.
func (r *webhookResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	r.Resource.ModifyPlan(ctx, req, resp)
	if req.State.Raw.IsNull() && !resp.Diagnostics.HasError() {
		plan := crud.Decode(ctx, req.Plan, &resp.Diagnostics)
		if of := object.Int64Of(plan.Attributes()[project]); of != 0 {
			r.WarnOfTwin(ctx, plan, labelstudio.InProject(of), url, &resp.Diagnostics)
		}
	}
}
