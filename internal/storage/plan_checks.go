package storage

import (
	"context"
	"errors"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"golang.org/x/text/unicode/norm"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

// check lets the server validate a new or changed storage, and looks for what an import
// would take and for storages that share its data. A problem that may be gone before the
// apply, such as a missing directory, is a warning.
func (r *storageResource) check(ctx context.Context, plan, config, state types.Object, diags *diag.Diagnostics) {
	if !r.Server.MayCheck() {
		return
	}
	if !state.IsNull() && r.leavesFiles(plan, state) {
		r.warnOfLoss(ctx, state, r.place, "Tasks of the old place lose their files", tasksLeft, diags)
	}
	body := r.Table.CreateBody(plan, config)
	for _, a := range r.Table {
		// The server would validate a storage with unknown attributes as one without
		// them.
		if _, sent := body[a.Name]; !sent && a.Name != project.Name && plan.Attributes()[a.Name].IsUnknown() && a.Settable() {
			return
		}
	}
	inNewProject := plan.Attributes()[project.Name].IsUnknown()
	if inNewProject && !r.borrowProject(ctx, body) {
		return
	}
	r.keepLetters(ctx, body, plan, state)
	r.checkConnection(ctx, body, plan, state, diags)
	if !inNewProject && (state.IsNull() || slices.ContainsFunc(r.Table.Changed(plan, state), r.locates)) {
		r.checkOverlaps(ctx, plan, diags)
	}
}

// borrowProject puts some project of the server into the body of a storage whose project
// is new: the server validates a storage in any project alike, and saves nothing. It
// reports false if there is none.
func (r *storageResource) borrowProject(ctx context.Context, body map[string]any) bool {
	some, ok := r.Server.First(ctx, labelstudio.Projects, labelstudio.Projects.Include("id"))
	body[project.Name] = some.ID()
	return ok
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

// checkConnection lets the server validate the storage and its connection, in one
// request. The body has no id, because the server saves what it validates if there is one.
func (r *storageResource) checkConnection(ctx context.Context, body map[string]any, plan, state types.Object, diags *diag.Diagnostics) {
	filter := filterOf(plan)
	previewed := r.previewed(plan, state)
	var listed labelstudio.Object
	var err error
	switch {
	case previewed:
		listed, err = r.listFiles(ctx, body, filter, mostPreviewed)
	case filter != "":
		// The server judges the regular expression only when it lists files.
		_, err = r.listFiles(ctx, body, filter, 1)
	default:
		_, err = r.Server.Post(ctx, r.Collection.Action("validate"), body)
	}
	if err == nil {
		if names, more, ok := filesIn(listed); previewed && ok {
			r.checkFiles(plan, names, more, diags)
		}
		return
	}
	refused, ok := errors.AsType[*labelstudio.Error](err)
	if !ok || refused.Status < 400 || plan.Attributes()[project.Name].IsUnknown() && refused.Fields[project.Name] != nil {
		return
	}
	message := strings.Join(refused.Fields[labelstudio.NonFieldErrors], " ")
	switch {
	case refused.Status != http.StatusBadRequest:
	case judgesRegex(message, filter):
		diags.AddAttributeError(path.Root(regexFilter), "The server refuses the regular expression", badRegex)
		return
	case strings.Contains(message, unlisted):
		diags.AddAttributeWarning(path.Root(r.place), "The server can't list the files of the storage",
			"The server reaches the place but can't list its files, and gives no reason. A sync fails in the same way. "+
				"Check that the credentials may list them (for S3 s3:ListBucket), that regex_filter is a regular expression of Python's re module, and the server's log.")
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

// unlisted is the message for anything that goes wrong while the server lists files.
const unlisted = "Failed to list storage files"

// judgesRegex tells whether a message is about the filter. Before 1.22 it is that of
// Python's re module. Go knows most regular expressions, and those that it knows can't be
// what keeps the server from listing files.
func judgesRegex(message, filter string) bool {
	if filter == "" {
		return false
	}
	_, unknown := regexp.Compile(filter)
	return strings.Contains(message, " at position ") || strings.Contains(message, unlisted) && unknown != nil
}
