package object

import (
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// UseStateForEqual is the plan with the state's spelling of all that means the
// same. Custom types alone don't do it: the framework compares responses by
// meaning, but not plans.
func (t Table) UseStateForEqual(plan, state types.Object) types.Object {
	attributes, before := plan.Attributes(), state.Attributes()
	for _, a := range t {
		attributes[a.Name] = keep(attributes[a.Name], before[a.Name], Same)
	}
	return withAttributes(plan, attributes)
}

// UseStateForComputed is the plan with the state's values of the attributes that only
// the server sets, and of computed ones that the configuration doesn't set. Those that the
// server changes by itself keep them, too, or else a colleague's sync between plan and
// apply would be an inconsistent result.
func (t Table) UseStateForComputed(plan, config, state types.Object) types.Object {
	attributes, configured, before := plan.Attributes(), config.Attributes(), state.Attributes()
	for _, a := range t {
		if !a.Settable() || a.Computed && configured[a.Name].IsNull() {
			attributes[a.Name] = before[a.Name]
		}
	}
	return withAttributes(plan, attributes)
}

// MarkVolatileUnknown is the plan of an apply that makes the server change the volatile
// attributes.
func (t Table) MarkVolatileUnknown(plan types.Object) types.Object {
	attributes := plan.Attributes()
	for _, a := range t {
		if a.Volatile {
			attributes[a.Name] = unknownOf(a.attrType())
		}
	}
	return withAttributes(plan, attributes)
}

// Replacements are the attributes that the plan changes and the server can't.
func (t Table) Replacements(plan, state types.Object) path.Paths {
	var paths path.Paths
	planned, before := plan.Attributes(), state.Attributes()
	for _, a := range t {
		if removed := a.StoredFlag != "" && a.removed(planned); !a.Replaces && !removed {
			continue
		}
		for _, name := range a.plannedNames() {
			if !Same(planned[name], before[name]) {
				paths = append(paths, path.Root(name))
			}
		}
	}
	return paths
}
