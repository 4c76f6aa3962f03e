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
	run := a.run(a.server, storage, bound)
	run.wait = true

	tell := func(text string) { resp.SendProgress(action.InvokeProgressEvent{Message: name + ": " + text}) }
	quiet := a.watch(ctx, id.ValueInt64(), tell)
	failure := run.toEnd(ctx)
	quiet()
	if failure != nil {
		detail, _ := a.verbs().Explain(failure.Error())
		resp.Diagnostics.AddError(syncFailed, name+": "+detail)
		return
	}
	tell(progress(run.newest, "in all"))
	if run.known.status == statusCompletedWithErrors {
		resp.Diagnostics.AddWarning("Sync of the storage left out some tasks", name+": "+endOf(run.known.traceback))
	}
}

// watch tells how the sync gets on until it is stopped. Servers without a job
// queue answer the request for the sync only when that is over, so the progress
// has to be asked for beside it.
func (a *syncAction) watch(ctx context.Context, id int64, tell func(string)) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	start := time.Now()
	go func() {
		defer close(done)
		for wait := firstPause; crud.Pause(ctx, wait) == nil; wait = min(wait*3/2, lastPause) {
			answer, err := a.server.Get(ctx, a.objects(), id)
			if err != nil {
				continue
			}
			tell(progress(answer, fmt.Sprintf("after %d s", int(time.Since(start).Seconds()))))
		}
	}()
	return func() {
		cancel()
		<-done
	}
}

// progress says how far the sync has come, or came.
func progress(answer labelstudio.Object, when string) string {
	return fmt.Sprintf("%s, %d tasks %s", answer.Text("status"), answer.Int("last_sync_count"), when)
}
