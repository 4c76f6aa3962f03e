package webhook

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

// projectActions are the actions that a project's webhook can be called for, with the
// words of the user interface.
var projectActions = []struct{ name, label string }{
	{"PROJECT_UPDATED", "Project updated"},
	{"TASKS_CREATED", "Task created"},
	{"TASKS_DELETED", "Task deleted"},
	{"ANNOTATION_CREATED", "Annotation created"},
	{"ANNOTATIONS_CREATED", "Annotations created"},
	{"ANNOTATION_UPDATED", "Annotation updated"},
	{"ANNOTATIONS_DELETED", "Annotation deleted"},
	{"LABEL_LINK_CREATED", "Label link created"},
	{"LABEL_LINK_UPDATED", "Label link updated"},
	{"LABEL_LINK_DELETED", "Label link deleted"},
}

// organizationActions belong to webhooks of an organization, which Label Studio doesn't
// create. A POST with one fails; a PATCH stores it, and it never leads to a call.
var organizationActions = []string{"PROJECT_CREATED", "PROJECT_DELETED"}

// knownActions refuses actions that lead to no call.
type knownActions struct{}

func (knownActions) Description(context.Context) string {
	return "actions have to be those of a project"
}

func (v knownActions) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (knownActions) ValidateSet(_ context.Context, req validator.SetRequest, resp *validator.SetResponse) {
	var possible []string
	for _, action := range projectActions {
		possible = append(possible, action.name)
	}
	for _, element := range req.ConfigValue.Elements() {
		name := object.StringOf(element)
		switch {
		case element.IsUnknown() || slices.Contains(possible, name):
		case slices.Contains(organizationActions, name):
			resp.Diagnostics.AddAttributeError(req.Path, "Action of the organization",
				fmt.Sprintf("%s is an event of the organization, and Label Studio calls no webhook of a project for it. Remove it. A project's webhook is called for %s.", name, strings.Join(possible, ", ")))
		default:
			resp.Diagnostics.AddAttributeError(req.Path, "Unknown action",
				fmt.Sprintf("Label Studio has no action %q. Use those of %s.", name, strings.Join(possible, ", ")))
		}
	}
}

// hasActions warns of a webhook that is never called.
type hasActions struct{}

func (hasActions) Description(context.Context) string {
	return "false needs actions"
}

func (v hasActions) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (hasActions) ValidateBool(ctx context.Context, req validator.BoolRequest, resp *validator.BoolResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() || req.ConfigValue.ValueBool() {
		return
	}
	var chosen types.Set
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root(actions), &chosen)...)
	if resp.Diagnostics.HasError() || chosen.IsUnknown() || len(chosen.Elements()) > 0 {
		return
	}
	resp.Diagnostics.AddAttributeWarning(req.Path, "The webhook never fires",
		"With send_for_all_actions = false Label Studio calls the receiver only for the events in actions, and there are none. Add events to actions, or remove send_for_all_actions. To disable the webhook, set is_active = false.")
}

// mostHeaders is how many headers the server accepts.
const mostHeaders = 10

var headerName = regexp.MustCompile(`^[a-zA-Z0-9_-]+$`)

// validHeaders refuses headers that the server refuses. Its messages don't show them:
// a secret may be in a name by mistake, as in "Authorization: Bearer …".
type validHeaders struct{}

func (validHeaders) Description(context.Context) string {
	return fmt.Sprintf("at most %d headers, with letters, digits, - and _ in their names", mostHeaders)
}

func (v validHeaders) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (validHeaders) ValidateMap(_ context.Context, req validator.MapRequest, resp *validator.MapResponse) {
	elements := req.ConfigValue.Elements()
	if count := len(elements); count > mostHeaders {
		resp.Diagnostics.AddAttributeError(req.Path, "Too many headers",
			fmt.Sprintf("Label Studio sends at most %d headers with a call, and these are %d. Remove some.", mostHeaders, count))
	}
	badName, noValue := false, false
	for name, value := range elements {
		badName = badName || !headerName.MatchString(name)
		noValue = noValue || value.IsNull()
	}
	if badName {
		resp.Diagnostics.AddAttributeError(req.Path, "Header name is not valid",
			"Label Studio accepts letters, digits, - and _ in the name of a header, and a name here has something else, or is empty. "+
				"Name and value stand apart, without the colon between them: { Authorization = \"Bearer …\" }.")
	}
	if noValue {
		resp.Diagnostics.AddAttributeError(req.Path, "Header without a value",
			"Label Studio wants a text as the value of each header, and one here is null. Give it a value, or remove it.")
	}
}
