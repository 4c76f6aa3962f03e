package storage

import (
	"context"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
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
	triggers, ok := plan.Attributes()[syncTriggers].(types.Map)
	if !ok || triggers.IsUnknown() {
		return ok
	}
	for _, value := range triggers.Elements() {
		if value.IsUnknown() {
			return true
		}
	}
	return false
}

func (r *storageResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() {
		state := crud.Decode(ctx, req.State, &resp.Diagnostics)
		r.warnOfLoss(resp, state)
		return
	}
	plan, config := crud.Decode(ctx, req.Plan, &resp.Diagnostics), crud.Decode(ctx, req.Config, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	state := crud.Decode(ctx, req.State, &resp.Diagnostics)
	resp.Diagnostics.Append(r.Table.Refusals(plan, config, state)...)
	if resp.Diagnostics.HasError() {
		return
	}
	mayBeDue := triggersUnknown(plan)
	if state.IsNull() {
		r.check(ctx, plan, config, state, &resp.Diagnostics)
		if !mayBeDue && !asksForSync(plan) {
			plan = object.With(r.withFiles(plan, nil), syncPending, types.BoolValue(false))
			resp.Diagnostics.Append(resp.Plan.Set(ctx, plan)...)
		}
		return
	}
	table := r.Table
	plan = table.UseStateForEqual(plan, state)
	if replaced := table.Replacements(plan, state); len(replaced) > 0 {
		// Terraform plans the create that follows by another call.
		resp.RequiresReplace = replaced
		r.warnOfLoss(resp, state)
		return
	}
	mayBeDue = mayBeDue || syncDue(plan, state) || acceptsUnknown(plan)
	plan = table.UseStateForComputed(plan, state)
	if mayBeDue {
		plan = table.MarkVolatileUnknown(plan)
	}
	if len(table.Changed(plan, state)) > 0 {
		r.check(ctx, plan, config, state, &resp.Diagnostics)
	}
	if mayBeDue {
		plan = object.With(plan, syncPending, types.BoolUnknown())
		if known := namesIn(state, incompleteFiles); r.readsTasks(plan) || len(known) > 0 {
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

// acceptsUnknown tells whether only the apply knows which files are accepted.
func acceptsUnknown(plan types.Object) bool {
	accepted, ok := plan.Attributes()[acceptedFiles].(types.Set)
	return ok && (accepted.IsUnknown() || slices.ContainsFunc(accepted.Elements(), attr.Value.IsUnknown))
}

// warnOfLoss tells what destroying a storage does to the tasks that it imported.
func (r *storageResource) warnOfLoss(resp *resource.ModifyPlanResponse, state types.Object) {
	tasks := imported(state)
	if tasks == "" || r.tasksLost == "" {
		return
	}
	resp.Diagnostics.AddAttributeWarning(path.Root(id.Name), "Tasks of a destroyed "+r.Label+" lose their files",
		fmt.Sprintf("%s has imported %s. %s", r.Name(crud.ID(state)), tasks, r.tasksLost))
}
