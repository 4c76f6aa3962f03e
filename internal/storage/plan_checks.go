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

// check lets the server validate a new or changed storage. A problem that may be gone
// before the apply, such as a missing directory, is a warning.
func (r *storageResource) check(ctx context.Context, plan, config, state types.Object, diags *diag.Diagnostics) {
	if !r.Server.PlanChecks {
		return
	}
	body := r.Table.CreateBody(plan, config)
	for _, a := range r.Table {
		// The server would validate a storage with unknown attributes as one without
		// them.
		if _, sent := body[a.Name]; !sent && plan.Attributes()[a.Name].IsUnknown() && a.Settable() {
			return
		}
	}
	r.keepLetters(ctx, body, plan, state)
	r.checkConnection(ctx, body, diags)
	if state.IsNull() || slices.ContainsFunc(r.Table.Changed(plan, state), r.locates) {
		for _, overlap := range r.overlaps {
			r.checkOverlap(ctx, overlap, plan, diags)
		}
	}
}

// keepLetters puts the server's spelling of an unchanged path into the body. Terraform
// composes letters that the file system of a Mac has decomposed, and the server would
// not find the directory.
func (r *storageResource) keepLetters(ctx context.Context, body map[string]any, plan, state types.Object) {
	path := object.StringOf(plan.Attributes()[r.within])
	if state.IsNull() || norm.NFD.IsNormalString(path) || slices.Contains(r.Table.Changed(plan, state), r.within) {
		return
	}
	if response, err := r.Server.Get(ctx, r.Collection, crud.ID(state)); err == nil {
		body[r.within] = response[r.within]
	}
}

// checkConnection lets the server validate the storage and its connection. The body has
// no id, because the server saves what it validates if there is one.
func (r *storageResource) checkConnection(ctx context.Context, body map[string]any, diags *diag.Diagnostics) {
	action := "validate"
	if body[regexFilter] != nil {
		// The server validates the regular expression only when it lists files. The list
		// begins with a validation of the rest.
		action, body = "files", maps.Clone(body)
		body["limit"] = 1
	}
	_, err := r.Server.Post(ctx, r.Collection.Action(action), body)
	if action == "files" && labelstudio.IsNotFound(err) { // before 1.21
		_, err = r.Server.Post(ctx, r.Collection.Action("validate"), body)
	}
	refused, ok := errors.AsType[*labelstudio.Error](err)
	if !ok || refused.Status < 400 {
		return
	}
	if refused.Status == http.StatusBadRequest && judgesRegex(strings.Join(refused.Fields[labelstudio.NonFieldErrors], " ")) {
		diags.AddAttributeError(path.Root(regexFilter), "The server refuses the regular expression", badRegex)
		return
	}
	var problems diag.Diagnostics
	r.AddError(&problems, "The server would refuse the storage now", err)
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

// judgesRegex tells whether a message is about the regular expression. Before 1.22 it
// is that of Python's re module.
func judgesRegex(message string) bool {
	return strings.Contains(message, "Failed to list storage files") || strings.Contains(message, " at position ")
}

// checkOverlap warns of a storage of the project that shares data with this one.
func (r *storageResource) checkOverlap(ctx context.Context, overlap overlap, plan types.Object, diags *diag.Diagnostics) {
	mine := plan.Attributes()
	for _, other := range r.Server.Listed(ctx, overlap.with, labelstudio.InProject(object.Int64Of(mine[project.Name]))) {
		itself := other.ID() == crud.ID(plan) && labelstudio.SameTime(other.Text(createdAt.Name), object.StringOf(mine[createdAt.Name]))
		if itself || other.Text(storageType.Name) != r.service || !r.shares(plan, other) {
			continue
		}
		id := strconv.FormatInt(other.ID(), 10)
		named := strings.NewReplacer("{id}", id, "{import}", "terraform import "+r.TypeName+".<name> "+id)
		// Terraform shows only the first of warnings with equal summaries.
		diags.AddAttributeWarning(path.Root(r.place), named.Replace(overlap.summary),
			fmt.Sprintf("The storage %s of the same project covers the same or a containing place. %s", id, named.Replace(overlap.advice)))
		return
	}
}

// shares tells whether the place of a storage lies in that of another, or the
// other way round.
func (k kind) shares(plan types.Object, other labelstudio.Object) bool {
	criteria := k.table().PartialBody(plan, k.location...)
	mine, theirs := object.StringOf(plan.Attributes()[k.within]), other.Text(k.within)
	return k.table().Matches(criteria, other) && (labelstudio.PathWithin(mine, theirs) || labelstudio.PathWithin(theirs, mine))
}

// locates tells whether the attribute says where the storage's data lie.
func (k kind) locates(attribute string) bool {
	return attribute == k.within || slices.Contains(k.location, attribute)
}
