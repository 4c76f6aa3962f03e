package object

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
)

// Refusals are the errors of a plan whose values the server would refuse, or could do
// nothing with. The state of a new object is null. What the plan doesn't change is good,
// because the server has it.
func (t Table) Refusals(plan, config, state types.Object) diag.Diagnostics {
	var errors diag.Diagnostics
	planned, configured, before := plan.Attributes(), config.Attributes(), state.Attributes()
	for _, a := range t {
		if !a.Settable() || !state.IsNull() && !a.changes(planned, before) {
			continue
		}
		value, name := a.planned(planned, configured), a.Name
		if a.Secret && known(configured[a.writeOnlyName()]) {
			name = a.writeOnlyName()
		}
		switch {
		case HoldsUnknown(value):
		case value.IsNull() && a.Needed:
			errors.AddAttributeError(path.Root(name), "Missing value", name+" is needed. Set it in the configuration.")
		case !value.IsNull() && a.Refuse != nil:
			if why := a.Refuse(value); why != "" {
				errors.AddAttributeError(path.Root(name), "Invalid value", name+" "+why+".")
			}
		}
	}
	return errors
}

// RefuseText makes a function for [Attribute.Refuse] of one that looks at a text without
// its outer blanks, which the server strips.
func RefuseText(why func(text string) string) func(attr.Value) string {
	return func(value attr.Value) string { return why(labelstudio.Strip(StringOf(value))) }
}
