package storage

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

// asksForSync tells whether there are triggers. An unknown map may turn out to be
// empty.
func asksForSync(whole types.Object) bool {
	triggers, ok := whole.Attributes()[syncTriggers].(types.Map)
	return ok && !triggers.IsUnknown() && len(triggers.Elements()) > 0
}

// syncDue tells whether an update has to sync: the triggers changed, or the last
// sync that they asked for has not succeeded.
func syncDue(plan, state types.Object) bool {
	return asksForSync(plan) &&
		(!plan.Attributes()[syncTriggers].Equal(state.Attributes()[syncTriggers]) || object.BoolOf(state.Attributes()[syncPending]))
}

// triggersUnknown tells whether only the apply can decide about a sync.
func triggersUnknown(plan types.Object) bool {
	return object.HoldsUnknown(plan.Attributes()[syncTriggers])
}

func (r *storageResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	plan, config, state, ok := r.PlanObject(ctx, req, resp)
	if req.Plan.Raw.IsNull() || len(resp.RequiresReplace) > 0 {
		r.warnOfLoss(ctx, crud.Decode(ctx, req.State, &resp.Diagnostics), &resp.Diagnostics)
	}
	if !ok {
		return
	}
	if state.IsNull() {
		r.check(ctx, plan, config, state, &resp.Diagnostics)
		if !triggersUnknown(plan) && !asksForSync(plan) {
			plan = object.With(r.withFiles(plan, nil), syncPending, types.BoolValue(false))
			resp.Diagnostics.Append(resp.Plan.Set(ctx, plan)...)
		}
		return
	}
	if len(r.Table.Changed(plan, state)) > 0 {
		r.check(ctx, plan, config, state, &resp.Diagnostics)
	}
	if triggersUnknown(plan) || syncDue(plan, state) || object.HoldsUnknown(plan.Attributes()[acceptedFiles]) {
		plan = object.With(r.Table.MarkVolatileUnknown(plan), syncPending, types.BoolUnknown())
		if r.readsTasks(plan) || len(namesIn(state, incompleteFiles)) > 0 {
			plan = object.With(plan, incompleteFiles, types.SetUnknown(types.StringType))
		} else {
			plan = r.withFiles(plan, nil)
		}
	} else {
		plan = r.settled(plan, state)
	}
	resp.Diagnostics.Append(resp.Plan.Set(ctx, plan)...)
}

// settled is the plan of an update that doesn't sync.
func (k kind) settled(plan, state types.Object) types.Object {
	files := stillIncomplete(plan, state)
	return object.With(k.withFiles(plan, files), syncPending, types.BoolValue(len(files) > 0))
}

// warnOfLoss tells what destroying a storage does to the tasks that it imported. The
// state doesn't say how many they are. If the server can't be asked, the destroy fails.
func (r *storageResource) warnOfLoss(ctx context.Context, state types.Object, diags *diag.Diagnostics) {
	if r.tasksLost == "" {
		return
	}
	response, err := r.Get(ctx, state)
	if err != nil {
		return
	}
	tasks := imported(response)
	if tasks == "" {
		return
	}
	diags.AddAttributeWarning(path.Root(id.Name), "Tasks of a destroyed "+r.Label+" lose their files",
		fmt.Sprintf("%s has imported %s. %s", r.Name(crud.ID(state)), tasks, r.tasksLost))
}
