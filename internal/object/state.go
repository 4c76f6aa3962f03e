package object

import (
	"encoding/json"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
)

// value turns a field of an answer into the attribute's value. Null reads as
// the default: the server keeps a flag that was never set as null.
func (a Attribute) value(raw json.RawMessage) (attr.Value, error) {
	if string(raw) != "null" {
		value, err := a.Type.decode(raw)
		if err != nil {
			return nil, fmt.Errorf("the server's %s is %.80s: %w", a.Name, raw, err)
		}
		return value, nil
	}
	return a.unset(), nil
}

// unset is the default, or null where there is none.
func (a Attribute) unset() attr.Value {
	if a.Default != nil {
		return a.defaultValue()
	}
	return nullOf(a.Type.attrType())
}

func (a Attribute) defaultValue() attr.Value { return a.constant(a.Default) }

// constant is a value that the table says.
func (a Attribute) constant(of any) attr.Value {
	text, err := json.Marshal(of)
	if err == nil {
		var value attr.Value
		if value, err = a.Type.decode(text); err == nil {
			return value
		}
	}
	panic(fmt.Sprintf("the table's value of %s is not of its type: %v", a.Name, err))
}

// Flatten is the object as the answer has it. What the answer doesn't say stays
// as it was: the answer to a PATCH of a storage lacks its type, and older
// servers lack younger fields, of which an import takes the default.
func (t Table) Flatten(answer labelstudio.Object, prior types.Object) (types.Object, error) {
	attributes := prior.Attributes()
	for _, a := range t {
		raw, ok := answer[a.Name]
		if a.Type == Secret {
			continue
		}
		if !ok {
			if attributes[a.Name].IsNull() {
				attributes[a.Name] = a.unset()
			}
			continue
		}
		value, err := a.value(raw)
		if err != nil {
			return prior, err
		}
		if a.Settable() && a.Default == nil && bare(value) && bare(prior.Attributes()[a.Name]) {
			// Between null and "" the state's word counts: forms of the user
			// interface store "" where nobody wrote anything, and Terraform
			// generates null for it.
			continue
		}
		attributes[a.Name] = value
	}
	return withAttributes(prior, attributes), nil
}

// absent is the value on a server that does not know the field.
func (a Attribute) absent() attr.Value {
	if a.Before != nil {
		return a.constant(a.Before)
	}
	return a.unset()
}

// Ignored are the attributes that the configuration sets to something else than what
// a server does that, by its answer, does not know them; with what that is.
func (t Table) Ignored(config types.Object, answer labelstudio.Object) map[string]attr.Value {
	ignored := map[string]attr.Value{}
	for _, a := range t {
		if _, answered := answer[a.Name]; answered || !a.Settable() || a.Type == Secret {
			continue
		}
		if wanted := config.Attributes()[a.Name]; known(wanted) && !wanted.Equal(a.absent()) {
			ignored[a.Name] = a.absent()
		}
	}
	return ignored
}

// Fill completes a plan from the answer to it: what the plan left unknown comes
// from the answer or else from the state before. What the plan promised stays,
// even when a colleague has changed it since: Terraform calls anything else an
// inconsistent result, and the next refresh tells the truth.
func (t Table) Fill(plan types.Object, answer labelstudio.Object, before types.Object) (types.Object, error) {
	answered, err := t.Flatten(answer, before)
	if err != nil {
		return plan, err
	}
	attributes := plan.Attributes()
	for _, a := range t {
		if !attributes[a.Name].IsUnknown() {
			continue
		}
		attributes[a.Name] = answered.Attributes()[a.Name]
		if attributes[a.Name].IsUnknown() {
			attributes[a.Name] = nullOf(a.Type.attrType())
		}
	}
	return withAttributes(plan, attributes), nil
}

// New is the object of a data source, which has no attributes but the table's.
func (t Table) New(answer labelstudio.Object) (types.Object, error) {
	attributes := make(map[string]attr.Value, len(t))
	for _, a := range t {
		attributes[a.Name] = a.absent()
		if raw, ok := answer[a.Name]; ok {
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
