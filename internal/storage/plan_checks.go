package storage

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"golang.org/x/text/unicode/norm"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

// check asks the server what it thinks of a new or changed storage. What an
// apply may cure, such as a directory that is made meanwhile, is only a warning.
func (r *storageResource) check(ctx context.Context, plan, config, state types.Object, diags *diag.Diagnostics) {
	if !r.server.PlanChecks {
		return
	}
	body := r.table().CreateBody(plan, config)
	for _, a := range r.table() {
		// What is not known yet can't be checked, and a part of it not honestly.
		if _, sent := body[a.Name]; !sent && plan.Attributes()[a.Name].IsUnknown() && a.Settable() {
			return
		}
	}
	r.keepLetters(ctx, body, plan, state)
	r.checkConnection(ctx, body, diags)
	if state.IsNull() || slices.ContainsFunc(r.table().Changed(plan, state), r.locates) {
		for _, overlap := range r.overlaps {
			r.checkOverlap(ctx, overlap, plan, diags)
		}
	}
}

// keepLetters puts the server's own path into the body of a storage whose path stays as
// it is, where that may be another: Terraform composes the letters that the file system
// of a Mac has decomposed.
func (r *storageResource) keepLetters(ctx context.Context, body map[string]any, plan, state types.Object) {
	path := object.StringOf(plan.Attributes()[r.within])
	if state.IsNull() || norm.NFD.IsNormalString(path) || slices.Contains(r.table().Changed(plan, state), r.within) {
		return
	}
	if answer, err := r.server.Get(ctx, r.objects(), crud.ID(state)); err == nil {
		body[r.within] = answer[r.within]
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
	_, err := r.server.Post(ctx, r.objects().Action(action), body)
	if action == "files" && labelstudio.IsNotFound(err) { // before 1.21
		_, err = r.server.Post(ctx, r.objects().Action("validate"), body)
	}
	var answer *labelstudio.Error
	if !errors.As(err, &answer) || answer.Status < 400 {
		return
	}
	if answer.Status == http.StatusBadRequest && judgesRegex(strings.Join(answer.Fields["non_field_errors"], " ")) {
		diags.AddAttributeError(path.Root("regex_filter"), "The server refuses the regular expression",
			"regex_filter is not a regular expression as Python's re module knows it, so each sync would fail. To match all files of a type, write \".*\\\\.jpg\".")
		return
	}
	var problems diag.Diagnostics
	r.verbs().AddError(&problems, "The server would refuse the storage now", err)
	for _, problem := range problems {
		// Before 1.22 the server takes any local export storage, and then exports nothing.
		detail := problem.Detail() + "\n\nThe apply, or its sync, fails if this is still so by then."
		if located, ok := problem.(diag.DiagnosticWithPath); ok {
			diags.AddAttributeWarning(located.Path(), problem.Summary(), detail)
			continue
		}
		diags.AddWarning(problem.Summary(), detail)
	}
}

// judgesRegex tells whether a message is about the regular expression: of the server,
// or before 1.22 of Python's re module.
func judgesRegex(message string) bool {
	return strings.Contains(message, "Failed to list storage files") || strings.Contains(message, " at position ")
}

// checkOverlap warns of a storage of the project that shares data with this one.
func (r *storageResource) checkOverlap(ctx context.Context, overlap overlap, plan types.Object, diags *diag.Diagnostics) {
	mine := plan.Attributes()
	for _, other := range r.server.Listed(ctx, overlap.with, ofProject(object.Int64Of(mine["project"]))) {
		itself := other.ID() == crud.ID(plan) && labelstudio.SameTime(other.Text("created_at"), object.StringOf(mine["created_at"]))
		if itself || other.Text("type") != r.service || !r.shares(plan, other) {
			continue
		}
		id := strconv.FormatInt(other.ID(), 10)
		named := strings.NewReplacer("{id}", id, "{import}", "terraform import "+r.typeName()+".<name> "+id)
		// Terraform shows only the first of warnings with equal summaries.
		diags.AddAttributeWarning(path.Root(r.place), named.Replace(overlap.summary),
			fmt.Sprintf("The storage %s of the same project (title %q) covers the same or a containing place. %s", id, other.Text("title"), named.Replace(overlap.advice)))
		return
	}
}

// shares tells whether the place of a storage lies in that of another, or the
// other way round.
func (k kind) shares(plan types.Object, other labelstudio.Object) bool {
	criteria := k.table().Criteria(plan, k.location...)
	mine, theirs := object.StringOf(plan.Attributes()[k.within]), other.Text(k.within)
	return k.table().Holds(criteria, other) && (labelstudio.PathWithin(mine, theirs) || labelstudio.PathWithin(theirs, mine))
}

// locates tells whether the attribute says where the storage's data lie.
func (k kind) locates(attribute string) bool {
	return attribute == k.within || slices.Contains(k.location, attribute)
}
