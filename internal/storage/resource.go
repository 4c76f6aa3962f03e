package storage

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/storagesync"
)

// storageResource is the resource of one kind of storage, whose create and update sync,
// and whose delete waits for a sync.
type storageResource struct {
	crud.Resource
	kind
}

var _ resource.ResourceWithValidateConfig = (*storageResource)(nil)

// Schema adds the timeouts, whose attributes need a context.
func (r *storageResource) Schema(ctx context.Context, req resource.SchemaRequest, resp *resource.SchemaResponse) {
	r.Resource.Schema(ctx, req, resp)
	resp.Schema.Attributes[timeoutsName] = timeoutsAttribute(ctx)
}

func (r *storageResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	config := crud.Decode(ctx, req.Config, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	may := config.Attributes()[synchronizable.Name]
	if !may.IsNull() && !may.IsUnknown() && !object.BoolOf(may) && asksForSync(config) {
		resp.Diagnostics.AddAttributeError(path.Root(syncTriggers), "Storage can't be synced",
			"sync_triggers asks for a sync, but the server refuses to sync a storage with synchronizable = false. Remove sync_triggers, or set synchronizable to true.")
	}
}

func (r *storageResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	plan, config := crud.Decode(ctx, req.Plan, &resp.Diagnostics), crud.Decode(ctx, req.Config, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	due := asksForSync(plan)
	plan = object.With(r.withFiles(plan, nil), syncPending, types.BoolValue(due))
	state, response, ok := r.CreateObject(ctx, plan, config, resp)
	if !ok {
		return
	}
	storage := r.synced(r.Server, state, response, timeout(ctx, plan, timeouts.Value.Create))
	review := storagesync.Review{Judged: storage.Last.Mark()}
	saveReview(ctx, resp.Private, review, &resp.Diagnostics)
	storage.Files = r.files(state, state, review)
	storage.Begun = storage.Last.Running()
	if !due && !storage.Begun {
		return
	}
	synced, failures := r.sync(ctx, storage, req.Plan, config, state, resp.Private, &resp.Diagnostics)
	next := nextOf(synced)
	if !due {
		next = nextIsTrigger
		synced = object.With(synced, syncPending, types.BoolValue(false))
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, synced)...)
	for _, failure := range failures {
		// An error would taint the storage, and its replacement would import
		// every file a second time.
		resp.Diagnostics.AddAttributeWarning(failure.on, failure.summary, failure.detail+"\n\n"+next)
	}
}

func (r *storageResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	state, response, ok := r.ReadObject(ctx, req, resp)
	if ok && r.breaks {
		r.reviewFiles(ctx, state, response, resp)
	}
}

func (r *storageResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	plan, config, before := crud.Decode(ctx, req.Plan, &resp.Diagnostics), crud.Decode(ctx, req.Config, &resp.Diagnostics), crud.Decode(ctx, req.State, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	due := syncDue(plan, before)
	plan = r.settled(plan, before)
	if due {
		plan = object.With(plan, syncPending, types.BoolValue(true))
	}
	state, response, ok := r.UpdateObject(ctx, plan, config, before, resp)
	if !ok || !due {
		return
	}
	storage := r.synced(r.Server, state, response, timeout(ctx, plan, timeouts.Value.Update))
	storage.Files = r.files(before, state, knownReview(ctx, req.Private, before, storage.Last, &resp.Diagnostics))
	synced, failures := r.sync(ctx, storage, req.Plan, config, state, resp.Private, &resp.Diagnostics)
	resp.Diagnostics.Append(resp.State.Set(ctx, synced)...)
	for _, failure := range failures {
		resp.Diagnostics.AddAttributeError(failure.on, failure.summary, failure.detail+"\n\n"+nextOf(synced))
	}
}

func (r *storageResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	state := crud.Decode(ctx, req.State, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	response, err := r.Get(ctx, state)
	if err == nil {
		err = r.synced(r.Server, state, response, timeout(ctx, state, timeouts.Value.Delete)).Delete(ctx)
	}
	if err != nil && !labelstudio.IsNotFound(err) {
		r.AddError(&resp.Diagnostics, "Can't delete the "+r.Label, err)
	}
}

func (r *storageResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	r.Resource.ImportState(ctx, req, resp)
	// A project has a secret, too, but few projects use it. A warning for each would
	// hide those for storages.
	if secrets := r.Table.Secrets(); len(secrets) > 0 {
		resp.Diagnostics.AddWarning("Secrets can't be imported",
			"The server does not return "+strings.Join(secrets, ", ")+", so the state does not hold them. If the configuration sets one of them, the next plan shows it as new and the apply sends it. The server keeps the secrets that the configuration does not set.")
	}
}

const (
	syncFailed    = "Sync of the storage did not succeed"
	nextIsApply   = "The storage is saved and sync_pending is true: the next apply tries the sync again, in place."
	nextIsCount   = "The storage is saved and sync_pending is true: the next apply fails until the tasks of the incomplete files are deleted, or the files are accepted."
	nextIsTrigger = "The storage is saved. To try again, set sync_triggers or change a value in it."
)

// nextOf tells a user what follows a sync that did not succeed.
func nextOf(synced types.Object) string {
	if len(namesIn(synced, incompleteFiles)) > 0 {
		return nextIsCount
	}
	return nextIsApply
}

const leftOut = "Sync of the storage left out some tasks"

// describeLeftOut says what to do about tasks that the server has refused.
func describeLeftOut(says string) string {
	return "The server refused some of the tasks and imported the others. Correct the refused tasks in their files: the next sync reads a file again if none of its tasks was imported. The server says:\n" + says
}

// failure is why a sync did not succeed, and the attribute that it is about.
type failure struct {
	on      path.Path
	summary string
	detail  string
}

// sync syncs the stored object and completes the plan from the last response: sync_pending
// is true if it did not succeed. The failures tell why.
func (r *storageResource) sync(ctx context.Context, storage storagesync.Storage, plan tfsdk.Plan, config, stored types.Object, private privateState, diags *diag.Diagnostics) (types.Object, []failure) {
	storage.Exported = r.exported(r.kind, r.Table.CreateBody(stored, config))
	result, err := storage.Sync(ctx)
	failures := r.explainFailure(err)
	if storage.Files != nil {
		saveReview(ctx, private, result.Review, diags)
	}
	synced, err := r.Table.ResolveUnknown(crud.Decode(ctx, plan, diags), result.Response, stored)
	if err != nil {
		synced, failures = stored, append(failures, r.explainFailure(err)...)
	} else if changed := r.changedMeanwhile(stored, result.Response); len(changed) > 0 {
		failures = append(failures, failure{path.Root(changed[0]), "The storage was changed while it was synced",
			fmt.Sprintf("Somebody changed %s of %s during the apply, so the sync may have used other settings than the plan. The next apply reverts the change.", strings.Join(changed, ", "), r.Name(storage.ID))})
	}
	if len(failures) == 0 {
		r.warnOfEmptiness(ctx, storage, config, stored, result.Response, diags)
		if result.LeftOut != "" {
			diags.AddAttributeWarning(path.Root(syncTriggers), leftOut, describeLeftOut(result.LeftOut))
		}
		r.warnOfMissingKeys(ctx, r.Server, stored, result.Response, func(summary, detail string) {
			diags.AddAttributeWarning(path.Root(project.Name), summary, detail)
		})
	}
	files := result.Review.Names()
	synced = object.With(r.withFiles(synced, files), syncPending, types.BoolValue(len(failures) > 0 || len(files) > 0))
	return synced, failures
}

// changedMeanwhile names the settings that somebody has changed during the sync.
// Secrets are not among them, because the server does not return them.
func (r *storageResource) changedMeanwhile(stored types.Object, response labelstudio.Object) []string {
	after, err := r.Table.StateFrom(response, stored)
	if err != nil {
		return nil
	}
	return r.Table.Changed(stored, after)
}

// explainFailure tells why a sync did not succeed, and what to do.
func (k kind) explainFailure(err error) []failure {
	if err == nil {
		return nil
	}
	if unfinished, ok := errors.AsType[*storagesync.IncompleteError](err); ok {
		return append(k.explainFailure(unfinished.Cause), failure{path.Root(incompleteFiles), incomplete, k.describeIncomplete(unfinished)})
	}
	definition := k.definition()
	if labelstudio.StatusOf(err) == 0 { // the run failed, not a request
		definition.Advice = slices.Concat(k.syncAdvice, definition.Advice)
	}
	detail, attribute := definition.ExplainError(err)
	if _, ok := errors.AsType[*storagesync.NothingExportedError](err); ok {
		detail, attribute = err.Error()+"\n\n"+nothingExported, k.place
	}
	if attribute == "" {
		attribute = syncTriggers
	}
	return []failure{{path.Root(attribute), syncFailed, detail}}
}
