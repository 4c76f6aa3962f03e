package storage

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
)

// syncAction syncs a storage of a kind when it is told to, whoever manages it.
type syncAction struct {
	kind

	server crud.Server
}

var _ action.ActionWithConfigure = (*syncAction)(nil)

func (a *syncAction) Metadata(_ context.Context, _ action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = a.typeName() + "_sync"
}

func (a *syncAction) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Syncs the " + a.label + " with this `id` now and follows the sync to its end. An action changes no state: the storage's resource shows the result after the next refresh. " +
			"For a sync that belongs to a configuration, `sync_triggers` of the resource is the better place.",
		Attributes: map[string]schema.Attribute{
			"id": schema.Int64Attribute{Required: true, MarkdownDescription: "Id of the storage."},
			"timeout": schema.StringAttribute{CustomType: timetypes.GoDurationType{}, Optional: true,
				MarkdownDescription: "How long to wait for the sync, from its turn on: text such as `30s` or `2h`. Defaults to `1h`."},
		},
	}
}

func (a *syncAction) Configure(_ context.Context, req action.ConfigureRequest, resp *action.ConfigureResponse) {
	crud.Configure(req.ProviderData, &a.server, &resp.Diagnostics)
}

func (a *syncAction) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	var id types.Int64
	var timeout timetypes.GoDuration
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("id"), &id)...)
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("timeout"), &timeout)...)
	bound := defaultTimeout
	if !timeout.IsNull() {
		given, problems := timeout.ValueGoDuration()
		resp.Diagnostics.Append(problems...)
		bound = given
	}
	if resp.Diagnostics.HasError() {
		return
	}
	name := a.verbs().Name(id.ValueInt64())
	answer, err := a.server.Get(ctx, a.objects(), id.ValueInt64())
	if err != nil {
		a.verbs().AddError(&resp.Diagnostics, "Can't sync the "+a.label, err)
		return
	}
	storage, err := a.table().New(answer)
	if err != nil {
		a.verbs().AddError(&resp.Diagnostics, "Can't sync the "+a.label, err)
		return
	}
	target := a.synced(a.server, storage, bound)
	target.Wait = true

	tell := func(answer labelstudio.Object, when string) {
		resp.SendProgress(action.InvokeProgressEvent{Message: fmt.Sprintf("%s: %s, %d tasks %s", name, answer.Text("status"), answer.Int("last_sync_count"), when)})
	}
	stop := target.Watch(ctx, func(answer labelstudio.Object, after time.Duration) {
		tell(answer, fmt.Sprintf("after %d s", int(after.Seconds())))
	})
	result, failure := target.Sync(ctx)
	stop()
	if failure != nil {
		detail, _ := a.verbs().Explain(failure.Error())
		resp.Diagnostics.AddError(syncFailed, name+": "+detail)
		return
	}
	tell(result.Answer, "in all")
	if result.LeftOut != "" {
		resp.Diagnostics.AddWarning("Sync of the storage left out some tasks", name+": "+result.LeftOut)
	}
}
