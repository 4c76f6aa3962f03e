package object

import (
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// KeepSpelling is the plan with the state's spelling of all that means the
// same. Custom types alone don't do it: the framework compares responses by
// meaning, but not plans.
func (t Table) KeepSpelling(plan, state types.Object) types.Object {
	attributes, before := plan.Attributes(), state.Attributes()
	for _, a := range t {
		attributes[a.Name] = keep(attributes[a.Name], before[a.Name], Same)
	}
	return withAttributes(plan, attributes)
}

// Settle decides what the plan of an update knows of the attributes that only
// the server sets. They keep the state's values; those that the server changes
// by itself are unknown only where the apply will change them, or else a
// colleague's sync between plan and apply would be an inconsistent result.
func (t Table) Settle(plan, state types.Object, changing bool) types.Object {
	attributes := plan.Attributes()
	for _, a := range t {
		switch {
		case a.Volatile && changing:
			attributes[a.Name] = unknownOf(a.attrType())
		case !a.Settable():
			attributes[a.Name] = state.Attributes()[a.Name]
		}
	}
	return withAttributes(plan, attributes)
}

// Replacements are the attributes that the plan changes and the server can't.
func (t Table) Replacements(plan, state types.Object) path.Paths {
	var paths path.Paths
	for _, a := range t {
		if a.Replaces && !Same(plan.Attributes()[a.Name], state.Attributes()[a.Name]) {
			paths = append(paths, path.Root(a.Name))
		}
	}
	return paths
}
