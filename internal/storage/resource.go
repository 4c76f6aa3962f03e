package storage

import (
	"context"
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

// storageResource is the resource of one kind of storage.
type storageResource struct {
	kind

	server crud.Server
}

var (
	_ resource.ResourceWithConfigure      = (*storageResource)(nil)
	_ resource.ResourceWithIdentity       = (*storageResource)(nil)
	_ resource.ResourceWithImportState    = (*storageResource)(nil)
	_ resource.ResourceWithModifyPlan     = (*storageResource)(nil)
	_ resource.ResourceWithValidateConfig = (*storageResource)(nil)
)

func (r *storageResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = r.typeName()
}

func (r *storageResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = r.resourceSchema(ctx)
}

func (r *storageResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = crud.IdentitySchema()
}

func (r *storageResource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	crud.Configure(req.ProviderData, &r.server, &resp.Diagnostics)
}

func (r *storageResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	config := crud.Object(ctx, req.Config, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	may := config.Attributes()["synchronizable"]
	if !may.IsNull() && !may.IsUnknown() && !object.BoolOf(may) && asksForSync(config) {
		resp.Diagnostics.AddAttributeError(path.Root("sync_triggers"), "Storage can't be synced",
			"sync_triggers asks for a sync, but the server refuses to sync a storage with synchronizable = false. Remove sync_triggers, or set synchronizable to true.")
	}
}

func (r *storageResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	plan, config := crud.Object(ctx, req.Plan, &resp.Diagnostics), crud.Object(ctx, req.Config, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	due := asksForSync(plan)
	plan = object.With(plan, "sync_pending", types.BoolValue(due))
	state, ok := r.verbs().Create(ctx, r.server, plan, config, resp)
	storage := r.synced(r.server, state, timeout(ctx, plan, timeouts.Value.Create))
	storage.Begun = storage.Last.Running()
	if !ok || !due && !storage.Begun {
		return
	}
	synced, failure := r.sync(ctx, storage, req.Plan, config, state, &resp.Diagnostics)
	synced = object.With(synced, "sync_pending", types.BoolValue(due && failure != nil))
	resp.Diagnostics.Append(resp.State.Set(ctx, synced)...)
	if failure != nil {
		// An error would taint the storage, and its replacement would import
		// every file a second time.
		next := nextIsTrigger
		if due {
			next = nextIsApply
		}
		attribute, detail := r.explainFailure(failure, next)
		resp.Diagnostics.AddAttributeWarning(attribute, syncFailed, detail)
	}
}

func (r *storageResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	r.verbs().Read(ctx, r.server, req, resp)
}

func (r *storageResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	plan, config, before := crud.Object(ctx, req.Plan, &resp.Diagnostics), crud.Object(ctx, req.Config, &resp.Diagnostics), crud.Object(ctx, req.State, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	due := syncDue(plan, before)
	plan = object.With(plan, "sync_pending", types.BoolValue(due))
	state, ok := r.verbs().Update(ctx, r.server, plan, config, before, resp)
	if !ok || !due {
		return
	}
	storage := r.synced(r.server, state, timeout(ctx, plan, timeouts.Value.Update))
	synced, failure := r.sync(ctx, storage, req.Plan, config, state, &resp.Diagnostics)
	synced = object.With(synced, "sync_pending", types.BoolValue(failure != nil))
	resp.Diagnostics.Append(resp.State.Set(ctx, synced)...)
	if failure != nil {
		attribute, detail := r.explainFailure(failure, nextIsApply)
		resp.Diagnostics.AddAttributeError(attribute, syncFailed, detail)
	}
}

func (r *storageResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	state := crud.Object(ctx, req.State, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	answer, err := r.verbs().Get(ctx, r.server, state)
	if err == nil {
		storage := r.synced(r.server, state, timeout(ctx, state, timeouts.Value.Delete))
		storage.Last = storagesync.LastOf(answer)
		err = storage.Delete(ctx)
	}
	if err != nil && !labelstudio.IsNotFound(err) {
		r.verbs().AddError(&resp.Diagnostics, "Can't delete the "+r.label, err)
	}
}

func (r *storageResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	r.verbs().ImportState(ctx, req, resp)
	// A project has a secret, too, but hardly ever: a warning for each would hide those that count.
	if secrets := r.table().Secrets(); len(secrets) > 0 {
		resp.Diagnostics.AddWarning("Secrets can't be imported",
			"The server keeps "+strings.Join(secrets, ", ")+" to itself, so the state holds none of them. If the configuration sets one, the next plan shows it as new and the apply sends it; the server keeps those that the configuration doesn't name.")
	}
}

const (
	syncFailed    = "Sync of the storage did not succeed"
	nextIsApply   = "The storage is saved and sync_pending is true: the next apply tries the sync again, in place."
	nextIsTrigger = "The storage is saved. To try again, set sync_triggers or change a value in it."
)

// sync runs the sync of the stored object and completes the plan with what the
// server then says of it. The error is why the sync did not succeed.
func (r *storageResource) sync(ctx context.Context, storage storagesync.Storage, plan tfsdk.Plan, config, stored types.Object, diags *diag.Diagnostics) (types.Object, error) {
	storage.Exported = r.exported(r.kind, r.table().CreateBody(stored, config))
	result, failure := storage.Sync(ctx)
	synced, err := r.table().Fill(crud.Object(ctx, plan, diags), result.Answer, stored)
	if err != nil {
		return stored, err
	}
	if failure == nil && result.LeftOut != "" {
		diags.AddAttributeWarning(path.Root("sync_triggers"), "Sync of the storage left out some tasks",
			"The server refused some of the tasks and imported the others. It says:\n"+result.LeftOut)
	}
	return synced, failure
}

// explainFailure says why a sync failed, what to do, and what comes next.
func (r *storageResource) explainFailure(failure error, next string) (path.Path, string) {
	detail, attribute := r.verbs().Explain(failure.Error())
	if attribute == "" {
		attribute = "sync_triggers"
	}
	return path.Root(attribute), detail + "\n\n" + next
}
