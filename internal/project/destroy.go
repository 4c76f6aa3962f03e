package project

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/storagesync"
)

// checkDestroy refuses to destroy tasks unless force_destroy has been applied.
// It asks both in the plan, so that CI sees it, and in the apply, as tasks may
// have come in between.
func (r *projectResource) checkDestroy(ctx context.Context, state types.Object, diags *diag.Diagnostics) {
	project, err := r.Get(ctx, state)
	if labelstudio.IsNotFound(err) {
		return
	}
	if err != nil {
		r.AddError(diags, "Can't read the project", err)
		return
	}
	held := project.Int(tasks)
	if held == 0 {
		return
	}
	content := fmt.Sprintf("%s holds %d tasks, %d of them annotated, with %d annotations in all. ",
		r.Name(crud.ID(state)), held, project.Int(annotatedTasks), project.Int(annotations))
	if object.BoolOf(state.Attributes()[forceDestroy]) {
		diags.AddWarning("A project is destroyed with its tasks", content+"force_destroy = true destroys them, too. They can't be restored.")
		return
	}
	diags.AddAttributeError(path.Root(forceDestroy), "Project holds tasks",
		content+"It is not destroyed. To delete it with its tasks and annotations, set force_destroy = true, apply, and then destroy it. "+
			"To stop managing the project without deleting it, use a removed block or `terraform state rm`.")
}

func (r *projectResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	state := crud.Decode(ctx, req.State, &resp.Diagnostics)
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
		r.AddError(&resp.Diagnostics, "Can't delete the project", err)
	}
}

// deleteTimeout bounds how long a destroy waits for the project's syncs.
const deleteTimeout = time.Hour

// delete deletes the project. While a sync runs in it, the server answers 500 and keeps
// the project. The second request comes after the sync.
func (r *projectResource) delete(ctx context.Context, id int64) error {
	release, err := r.Server.LockSync(ctx, id)
	if err != nil {
		return err
	}
	defer release()
	failure := r.Server.Delete(ctx, labelstudio.Projects, id)
	if labelstudio.StatusOf(failure) != http.StatusInternalServerError {
		return failure
	}
	waiting, cancel := context.WithTimeout(ctx, deleteTimeout)
	defer cancel()
	if storagesync.AwaitProject(waiting, r.Server.Client, id) != nil {
		return fmt.Errorf("a sync of a storage still runs in it, so the server keeps it: %w", failure)
	}
	return r.Server.Delete(ctx, labelstudio.Projects, id)
}
