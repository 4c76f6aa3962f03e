package object

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
)

// value turns a field of a response into the attribute's value. Null reads as
// the default: the server keeps a flag that was never set as null.
func (a Attribute) value(raw json.RawMessage) (attr.Value, error) {
	if string(raw) == "null" {
		return a.unset(), nil
	}
	value, err := a.valueType().decode(raw)
	if err != nil {
		return nil, fmt.Errorf("the server's %s is %.80s: %w", a.field(), raw, err)
	}
	return value, nil
}

// unset is the default, or null where there is none.
func (a Attribute) unset() attr.Value {
	if value := a.defaultValue(); value != nil {
		return value
	}
	return nullOf(a.attrType())
}

// defaultValue is the default, nil where there is none.
func (a Attribute) defaultValue() attr.Value {
	if a.Default == nil {
		return nil
	}
	return a.constant(a.Default)
}

// constant is a value that the table says. Check makes sure that it is of the type.
func (a Attribute) constant(of any) attr.Value {
	value, err := a.valueType().decode(marshal(of))
	if err != nil {
		panic(fmt.Sprintf("the table's value of %s is not of its type: %v", a.Name, err))
	}
	return value
}

// StateFrom is the object as the response has it. What the response doesn't say stays
// as it was: the response to a PATCH of a storage lacks its type, and older
// servers lack younger fields, of which an import takes the default.
func (t Table) StateFrom(response labelstudio.Object, prior types.Object) (types.Object, error) {
	attributes := prior.Attributes()
	imported := t.knowsTheIDAlone(prior)
	for _, a := range t {
		raw, found := a.in(response)
		if a.Initial != nil && attributes[a.Name].IsNull() && !imported {
			continue
		}
		if !found || a.Secret {
			if attributes[a.Name].IsNull() {
				attributes[a.Name] = a.unset()
			}
			continue
		}
		value, err := a.value(raw)
		if err != nil {
			return prior, err
		}
		if a.Initial != nil && attributes[a.Name].IsNull() && Same(value, a.constant(a.Initial)) {
			continue
		}
		// A computed attribute that is null was not set yet.
		unset := a.Computed && attributes[a.Name].IsNull()
		if a.Settable() && !unset && (a.Default == nil || !bare(value)) {
			// Between null and "" the state's word counts: forms of the user
			// interface store "" where nobody wrote anything, and Terraform
			// generates null for it.
			value = keep(value, attributes[a.Name], bothBare)
		}
		attributes[a.Name] = value
	}
	return withAttributes(prior, attributes), nil
}

// knowsTheIDAlone tells whether the object is one that Terraform imports or lists.
func (t Table) knowsTheIDAlone(object types.Object) bool {
	attributes := object.Attributes()
	return !slices.ContainsFunc(t, func(a Attribute) bool { return a.Required && !attributes[a.Name].IsNull() })
}

// absent is the value on a server that does not know the field.
func (a Attribute) absent() attr.Value {
	if a.LegacyDefault != nil {
		return a.constant(a.LegacyDefault)
	}
	return a.unset()
}

// Ignored are the attributes that the configuration sets to something else than what
// a server does that, by its response, does not know them; with what that is.
func (t Table) Ignored(config types.Object, response labelstudio.Object) map[string]attr.Value {
	ignored, configured := map[string]attr.Value{}, config.Attributes()
	for _, a := range t {
		if _, found := a.in(response); found || !a.Settable() || a.Secret {
			continue
		}
		if wanted := configured[a.Name]; known(wanted) && !Same(wanted, a.absent()) {
			ignored[a.Name] = a.absent()
		}
	}
	return ignored
}

// ResolveUnknown completes a plan from the response to it: what the plan left unknown comes
// from the response or else from the state before. What the plan promised stays,
// even when a colleague has changed it since: Terraform calls anything else an
// inconsistent result, and the next refresh tells the truth.
func (t Table) ResolveUnknown(plan types.Object, response labelstudio.Object, before types.Object) (types.Object, error) {
	state, err := t.StateFrom(response, before)
	if err != nil {
		return plan, err
	}
	attributes, resolved := plan.Attributes(), state.Attributes()
	for _, a := range t {
		if !HoldsUnknown(attributes[a.Name]) {
			continue
		}
		attributes[a.Name] = resolved[a.Name]
		if HoldsUnknown(attributes[a.Name]) {
			attributes[a.Name] = nullOf(a.attrType())
		}
	}
	return withAttributes(plan, attributes), nil
}

// ObjectFrom is the object of a response that has no attributes but the table's, as a data
// source or a nested object.
func (t Table) ObjectFrom(response labelstudio.Object) (types.Object, error) {
	attributes := make(map[string]attr.Value, len(t))
	for _, a := range t {
		attributes[a.Name] = a.absent()
		if raw, found := a.in(response); found {
			value, err := a.value(raw)
			if err != nil {
				return types.ObjectNull(t.AttributeTypes()), err
			}
			attributes[a.Name] = value
		}
	}
	return types.ObjectValueMust(t.AttributeTypes(), attributes), nil
}

// Null is the state before a create: every attribute is null.
func Null(plan types.Object) types.Object {
	attributes := plan.Attributes()
	for name, attributeType := range typesOf(plan) {
		attributes[name] = nullOf(attributeType)
	}
	return withAttributes(plan, attributes)
}
