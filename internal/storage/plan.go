package storage

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
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
		r.warnOfLoss(ctx, crud.Decode(ctx, req.State, &resp.Diagnostics), id.Name, "Tasks of a destroyed "+r.Label+" lose their files", r.tasksLost, &resp.Diagnostics)
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

// leavesFiles tells whether the plan takes the storage away from files that the server
// serves because of it: local files by their directory, those of a cloud by their bucket.
// Tasks from Redis have no files.
func (k kind) leavesFiles(plan, state types.Object) bool {
	if k.compared == nil || object.HoldsUnknown(plan.Attributes()[k.place]) {
		return false
	}
	if len(k.location) == 0 {
		return !labelstudio.PathWithin(object.StringOf(state.Attributes()[k.within]), object.StringOf(plan.Attributes()[k.within]))
	}
	return !object.Same(plan.Attributes()[k.place], state.Attributes()[k.place])
}

// tasksLeft tells a user what a changed place means for the tasks that were imported.
const tasksLeft = "They stay in the project, but the server stops serving their files unless another storage covers the old place. " +
	"To read from both places, keep this storage and add a second one."

// warnOfLoss tells what destroying or moving a storage does to the tasks that it imported.
// The state doesn't say how many they are. If the server can't be asked, the apply fails.
func (r *storageResource) warnOfLoss(ctx context.Context, state types.Object, on, summary, advice string, diags *diag.Diagnostics) {
	if advice == "" {
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
	diags.AddAttributeWarning(path.Root(on), summary, fmt.Sprintf("%s has imported %s. %s", r.Name(crud.ID(state)), tasks, advice))
}
