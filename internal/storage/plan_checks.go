package storage

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

// check asks the server what it thinks of a new or changed storage. What an
// apply may cure, such as a directory that is made meanwhile, is only a warning.
func (r *storageResource) check(ctx context.Context, plan, state types.Object, diags *diag.Diagnostics) {
	if !r.server.PlanChecks {
		return
	}
	body := r.table().CreateBody(plan)
	for _, name := range []string{"project", r.place} {
		if plan.Attributes()[name].IsUnknown() {
			return
		}
	}
	if regex := plan.Attributes()["regex_filter"]; regex != nil && regex.IsUnknown() {
		delete(body, "regex_filter")
	}
	r.checkConnection(ctx, body, diags)
	if state.IsNull() || !object.Same(plan.Attributes()[r.place], state.Attributes()[r.place]) {
		r.checkTwins(ctx, plan, diags)
	}
}

// checkConnection lets the server validate the storage. The body holds no id:
// with one, the server would save what it validates.
func (r *storageResource) checkConnection(ctx context.Context, body map[string]any, diags *diag.Diagnostics) {
	action := "validate"
	if body["regex_filter"] != nil {
		// The server validates no regex. It finds out when it lists files, and
		// that begins with a validation.
		action, body = "files", maps.Clone(body)
		body["limit"] = 1
	}
	_, err := r.server.Post(ctx, r.collection.Action(action), body)
	var answer *labelstudio.Error
	if !errors.As(err, &answer) || answer.Status < 400 {
		return
	}
	if messages := answer.Fields["non_field_errors"]; answer.Status == http.StatusBadRequest && strings.Contains(strings.Join(messages, " "), "Failed to list storage files") {
		diags.AddAttributeError(path.Root("regex_filter"), "The server refuses the regular expression",
			"regex_filter is not a regular expression as Python's re module knows it, so each sync would fail. To match all files of a type, write \".*\\\\.jpg\".")
		return
	}
	var problems diag.Diagnostics
	r.verbs().AddError(&problems, "The server would refuse the storage now", err)
	for _, problem := range problems {
		detail := problem.Detail() + "\n\nThe apply fails if this is still so by then."
		if located, ok := problem.(diag.DiagnosticWithPath); ok {
			diags.AddAttributeWarning(located.Path(), problem.Summary(), detail)
			continue
		}
		diags.AddWarning(problem.Summary(), detail)
	}
}

// checkTwins warns of storages that import the same files: Label Studio knows
// imported files by the storage, so each of them makes tasks of its own.
func (r *storageResource) checkTwins(ctx context.Context, plan types.Object, diags *diag.Diagnostics) {
	where := object.StringOf(plan.Attributes()[r.place])
	id, project := crud.ID(plan), object.Int64Of(plan.Attributes()["project"])
	for _, twin := range r.verbs().Listed(ctx, r.server, ofProject(project)) {
		theirs := twin.Text(r.place)
		if twin.ID() == id || !labelstudio.PathWithin(theirs, where) && !labelstudio.PathWithin(where, theirs) {
			continue
		}
		diags.AddAttributeWarning(path.Root(r.place), "Another storage imports the same files",
			fmt.Sprintf("%s (title %q, %s %q) of the same project covers the same or a containing place. Each of the two imports every file that both hold, as tasks of its own. "+
				"If it is the storage that is meant here, import it instead: terraform import %s.<name> %d. "+
				"If this plan replaces it (-replace, taint or replace_triggered_by), every file is imported a second time.",
				r.verbs().Name(twin.ID()), twin.Text("title"), r.place, theirs, r.typeName(), twin.ID()))
		return
	}
}
