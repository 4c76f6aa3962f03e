package crud

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
)

// AddError turns an error of a call into diagnostics: one for each attribute
// that the server complains of, with cause and cure.
func (r Resource) AddError(diags *diag.Diagnostics, summary string, err error) {
	if lost, ok := errors.AsType[*labelstudio.LostError](err); ok {
		diags.AddError(summary, r.describeLost(lost))
		return
	}
	if another, ok := errors.AsType[*anotherError](err); ok {
		diags.AddAttributeError(path.Root("created_at"), "Another "+r.Label+" has this id", another.Error())
		return
	}
	answer, ok := errors.AsType[*labelstudio.Error](err)
	if !ok || len(answer.Fields) == 0 {
		detail, attribute := r.ExplainError(err)
		addOn(diags, attribute, summary, detail)
		return
	}
	for _, field := range slices.Sorted(maps.Keys(answer.Fields)) {
		r.add(diags, summary, strings.Join(answer.Fields[field], "\n"), field)
	}
}

// add reports what the server says of a field, on the attribute that it is about.
func (r Resource) add(diags *diag.Diagnostics, summary, message, field string) {
	detail, attribute := r.Explain(message)
	switch {
	case attribute == "" && field == "non_field_errors":
		attribute = r.Place
	case attribute == "" && slices.Contains(r.Table.Names(), field):
		attribute = field
	case attribute == "" && field != "":
		detail = field + ": " + detail
	}
	addOn(diags, attribute, summary, detail)
}

// addOn adds an error to an attribute, or to none.
func addOn(diags *diag.Diagnostics, attribute, summary, detail string) {
	if attribute == "" {
		diags.AddError(summary, detail)
		return
	}
	diags.AddAttributeError(path.Root(attribute), summary, detail)
}

// Explain adds to a message of the server what to do about it, and names the
// attribute that the message is about, if it is about one that the object has.
func (r Resource) Explain(message string) (detail, attribute string) {
	message = withoutSecrets(message)
	advice, about := explain(message)
	if advice == "" {
		return message, ""
	}
	has := func(name string) bool { return slices.Contains(r.Table.Names(), name) }
	if about == place || about == endpoint && !has(endpoint) {
		about = r.Place
	}
	if !has(about) {
		about = ""
	}
	return message + "\n\n" + advice, about
}

// describeLost names what a create whose response was lost may have made.
func (r Resource) describeLost(lost *labelstudio.LostError) string {
	var text strings.Builder
	text.WriteString(lost.Error() + ". " + adviseLost(lost))
	for _, id := range lost.Candidates {
		fmt.Fprintf(&text, "\n\n  terraform import %s.<name> %d", r.TypeName, id)
	}
	if len(lost.Candidates) == 0 {
		text.WriteString("\n\nIf the server has made it, the next plan warns of it and names its import, unless plan_checks is switched off.")
	}
	if advice := reasonAdvice[labelstudio.ReasonOf(lost)]; advice != "" {
		text.WriteString("\n\n" + advice)
	}
	return text.String()
}
