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
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/storagesync"
)

// syncAction is the action that syncs a storage, even one that Terraform does not
// manage.
type syncAction struct {
	crud.Definition
	kind

	server crud.Server
}

// Attributes of the action.
const (
	actionID      = "id"
	actionTimeout = "timeout"
)

var _ action.ActionWithConfigure = (*syncAction)(nil)

func (a *syncAction) Metadata(_ context.Context, _ action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = a.TypeName + "_sync"
}

func (a *syncAction) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	attributes := map[string]schema.Attribute{
		actionID: schema.Int64Attribute{Required: true, MarkdownDescription: "Id of the " + a.Label + ". Label Studio numbers each kind of storage separately."},
		actionTimeout: schema.StringAttribute{CustomType: timetypes.GoDurationType{}, Optional: true,
			MarkdownDescription: "How long to wait for the sync, such as `30s` or `2h`. The time in which it waits for other syncs does not count. Defaults to `1h`."},
	}
	description := "Syncs the " + a.Label + " with this `id`, and waits until the sync has ended. Requires Terraform 1.14. An action does not change the state: the resource of the storage shows the result after the next refresh. " +
		"To sync a storage whenever its configuration changes, use `sync_triggers` of the resource instead."
	if a.breaks {
		description += "\n\nIf a sync breaks inside a file with many tasks, the action fails and names the file. The next action does not sync while the server still shows this failure and the project contains tasks of the broken sync. " +
			"An action has no state, so it can't remember the file. If somebody else syncs the storage in between, the next action does not find the incomplete file. " +
			"For files with many tasks, the resource with `sync_triggers` is safer."
		attributes[acceptedFiles] = schema.SetAttribute{Optional: true, ElementType: types.StringType,
			MarkdownDescription: "Names of files that the action treats as complete even if a sync broke in them. If the action fails because of such a file, the error names it."}
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: description,
		Attributes:          attributes,
	}
}

func (a *syncAction) Configure(_ context.Context, req action.ConfigureRequest, resp *action.ConfigureResponse) {
	crud.Configure(req.ProviderData, &a.server, &resp.Diagnostics)
}

func (a *syncAction) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	var id types.Int64
	var timeout timetypes.GoDuration
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root(actionID), &id)...)
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root(actionTimeout), &timeout)...)
	var accepted types.Set
	if a.breaks {
		resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root(acceptedFiles), &accepted)...)
	}
	bound := defaultTimeout
	if !timeout.IsNull() {
		given, problems := timeout.ValueGoDuration()
		resp.Diagnostics.Append(problems...)
		bound = given
	}
	if resp.Diagnostics.HasError() {
		return
	}
	var storage types.Object
	response, err := a.server.Get(ctx, a.Collection, id.ValueInt64())
	if err == nil {
		storage, err = a.Table.ObjectFrom(response)
	}
	if err != nil {
		a.AddError(&resp.Diagnostics, "Can't sync the "+a.Label, err)
		return
	}
	target := a.synced(a.server, storage, response, bound)
	target.Wait = true
	if target.Files = a.files(storage, storage, storagesync.Review{Judged: target.Last.Baseline()}); target.Files != nil {
		target.Files.Accepted, target.Files.StopAtFirst = textsOf(accepted), true
	}

	name := a.Name(id.ValueInt64())
	tell := func(text string) { resp.SendProgress(action.InvokeProgressEvent{Message: name + ": " + text}) }
	stop := target.Watch(ctx, func(storage labelstudio.Object, after time.Duration) {
		tell(fmt.Sprintf("%s, %d tasks after %d s", storage.Text(status.Name), storage.Int(lastSyncCount.Name), int(after.Seconds())))
	})
	result, failure := target.Sync(ctx)
	stop()
	for _, why := range a.explainFailure(failure) {
		resp.Diagnostics.AddError(why.summary, name+": "+why.detail)
	}
	if failure != nil {
		return
	}
	tell(result.Response.Text(status.Name) + a.count(ctx, storage, result.Response))
	if result.LeftOut != "" {
		resp.Diagnostics.AddWarning(leftOut, name+": "+describeLeftOut(result.LeftOut))
	}
	a.warnOfMissingKeys(ctx, a.server, storage, result.Response, resp.Diagnostics.AddWarning)
}

// count tells how much there is after the sync. The server counts only the tasks of the
// last run, and a sync may need several.
func (a *syncAction) count(ctx context.Context, storage types.Object, response labelstudio.Object) string {
	if !a.breaks {
		return fmt.Sprintf(", %d annotations by the server's count", response.Int(lastSyncCount.Name))
	}
	attributes := storage.Attributes()
	of := labelstudio.OfFilesIn(a.names(object.StringOf(attributes[a.within])))
	found, err := a.server.FindTasks(ctx, object.Int64Of(attributes[project.Name]), []labelstudio.TaskFilter{of}, "id", 1, 1)
	if err != nil {
		return ""
	}
	return fmt.Sprintf(", the project holds %d tasks of its files", found.Total)
}
