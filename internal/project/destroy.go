package project

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

// checkDestroy refuses to destroy tasks unless force_destroy has been applied.
// It asks both in the plan, so that CI sees it, and in the apply, as tasks may
// have come in between.
func (r *projectResource) checkDestroy(ctx context.Context, state types.Object, diags *diag.Diagnostics) {
	project, err := verbs.Get(ctx, r.server, state)
	if labelstudio.IsNotFound(err) {
		return
	}
	if err != nil {
		verbs.AddError(diags, "Can't read the project", err)
		return
	}
	tasks := project.Int("task_number")
	if tasks == 0 {
		return
	}
	content := fmt.Sprintf("%s, %q, holds %d tasks, %d of them annotated, with %d annotations in all. ",
		verbs.Name(crud.ID(state)), project.Text("title"), tasks, project.Int("num_tasks_with_annotations"), project.Int("total_annotations_number"))
	if object.BoolOf(state.Attributes()["force_destroy"]) {
		diags.AddWarning("A project is destroyed with its tasks", content+"They are destroyed with it, as force_destroy = true says, and can't be brought back.")
		return
	}
	diags.AddAttributeError(path.Root("force_destroy"), "Project holds tasks",
		content+"It is not destroyed. If the tasks and annotations shall be lost, set force_destroy = true, apply, and then destroy it. "+
			"To keep the project but not manage it any more, use a removed block or `terraform state rm`.")
}

func (r *projectResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	state := crud.Object(ctx, req.State, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	var refused diag.Diagnostics
	r.checkDestroy(ctx, state, &refused)
	if refused.HasError() {
		resp.Diagnostics.Append(refused...)
		return
	}
	if err := r.delete(ctx, crud.ID(state)); err != nil {
		verbs.AddError(&resp.Diagnostics, "Can't delete the project", err)
	}
}

// deleteTimeout bounds how long a destroy waits for the project's syncs.
const deleteTimeout = time.Hour

// delete deletes the project. While a sync runs in it the server answers 500 and
// keeps it, so that is waited for, and then it is tried once more.
func (r *projectResource) delete(ctx context.Context, id int64) error {
	release, err := r.server.LockSync(ctx, id)
	if err != nil {
		return err
	}
	defer release()
	failure := r.server.Delete(ctx, labelstudio.Projects, id)
	if labelstudio.StatusOf(failure) != http.StatusInternalServerError {
		return failure
	}
	waiting, cancel := context.WithTimeout(ctx, deleteTimeout)
	defer cancel()
	for wait := time.Second; r.syncing(waiting, id); wait = min(wait*3/2, 10*time.Second) {
		if labelstudio.Pause(waiting, wait) != nil {
			return fmt.Errorf("a sync of a storage still runs in it, so the server keeps it: %w", failure)
		}
	}
	return r.server.Delete(ctx, labelstudio.Projects, id)
}

// syncing tells whether a storage of the project is being synced. The lists also
// make the server give up runs that are dead.
func (r *projectResource) syncing(ctx context.Context, id int64) bool {
	ofProject := url.Values{"project": {strconv.FormatInt(id, 10)}}
	for _, storages := range []labelstudio.Collection{labelstudio.AllImportStorages, labelstudio.AllExportStorages} {
		for storage, err := range r.server.List(ctx, storages, ofProject) {
			if err == nil && slices.Contains([]string{"queued", "in_progress"}, storage.Text("status")) {
				return true
			}
		}
	}
	return false
}
