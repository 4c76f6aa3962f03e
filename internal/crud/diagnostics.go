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

// AddError turns an error of a request into diagnostics, one for each field that the
// server refuses, with advice.
func (d Definition) AddError(diags *diag.Diagnostics, summary string, err error) {
	if lost, ok := errors.AsType[*labelstudio.LostError](err); ok {
		diags.AddError(summary, d.describeLost(lost))
		return
	}
	if another, ok := errors.AsType[*anotherError](err); ok {
		diags.AddAttributeError(path.Root(another.on), "Another "+d.Label+" has this id", another.Error())
		return
	}
	refused, ok := errors.AsType[*labelstudio.Error](err)
	if !ok || len(refused.Fields) == 0 {
		detail, attribute := d.ExplainError(err)
		addOn(diags, attribute, summary, detail)
		return
	}
	for _, field := range slices.Sorted(maps.Keys(refused.Fields)) {
		detail, attribute := d.explainField(strings.Join(refused.Fields[field], "\n"), field)
		addOn(diags, attribute, summary, withEdition(detail, err))
	}
}

// explainField is Explain for what the server says of a field. The name of a field inside
// of an attribute, such as actions.0, begins with the attribute.
func (d Definition) explainField(message, field string) (detail, attribute string) {
	detail, attribute = d.Explain(message)
	outer, _, nested := strings.Cut(field, ".")
	known := slices.Contains(d.Table.Names(), outer)
	if field != "" && field != labelstudio.NonFieldErrors && (nested || !known) {
		detail = field + ": " + detail
	}
	switch {
	case attribute != "":
	case field == labelstudio.NonFieldErrors:
		attribute = d.NonFieldErrors
	case known:
		attribute = outer
	}
	return detail, attribute
}

// addOn adds an error to an attribute, or to none.
func addOn(diags *diag.Diagnostics, attribute, summary, detail string) {
	if attribute == "" {
		diags.AddError(summary, detail)
		return
	}
	diags.AddAttributeError(path.Root(attribute), summary, detail)
}

// addWarningOn adds a warning to an attribute, or to none.
func addWarningOn(diags *diag.Diagnostics, attribute, summary, detail string) {
	if attribute == "" {
		diags.AddWarning(summary, detail)
		return
	}
	diags.AddAttributeWarning(path.Root(attribute), summary, detail)
}

// describeLost names the objects that may be the result of a create whose response was
// lost.
func (d Definition) describeLost(lost *labelstudio.LostError) string {
	var text strings.Builder
	text.WriteString(lost.Error() + ". " + adviseLost(lost))
	for _, id := range lost.Candidates {
		fmt.Fprintf(&text, "\n\n  terraform import %s.<name> %d", d.TypeName, id)
	}
	if len(lost.Candidates) == 0 {
		fmt.Fprintf(&text, "\n\nIf it is there later, import it instead of creating a second one: terraform import %s.<name> <id>", d.TypeName)
	}
	if advice := reasonAdvice[labelstudio.ReasonOf(lost)]; advice != "" {
		text.WriteString("\n\n" + advice)
	}
	return text.String()
}
