package object

import (
	"encoding/json"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
)

// CreateBody is what a POST sends for the plan. Null is sent too: the server's
// own default for a field that is left out is not always null.
func (t Table) CreateBody(plan, config types.Object) map[string]any {
	body := map[string]any{}
	planned, configured := plan.Attributes(), config.Attributes()
	for _, a := range t {
		value := a.planned(planned, configured)
		refusesNull := a.StoredFlag != ""
		if !a.Settable() || HoldsUnknown(value) || refusesNull && value.IsNull() {
			continue
		}
		put(body, a.field(), a.encode(value), nil)
	}
	return body
}

// UpdateBody is what a PATCH sends to turn the object of the server's response into
// the plan: what differs, and what the server wants in each PATCH. It is nil when
// nothing differs that the server knows of.
//
// What is only repeated is sent as the server has it. Terraform composes the letters of
// a path, and the file system of a Mac decomposes them: the server would not find it.
func (t Table) UpdateBody(plan, config, current types.Object, response labelstudio.Object) map[string]any {
	changed := t.Changed(plan, current)
	if len(changed) == 0 {
		return nil
	}
	body := map[string]any{}
	planned, configured := plan.Attributes(), config.Attributes()
	for _, a := range t {
		value := a.planned(planned, configured)
		raw, found := a.in(response)
		switch {
		case a.StoredFlag != "" && (value.IsNull() || !slices.Contains(changed, a.Name)):
			if response.Bool(a.StoredFlag) {
				put(body, a.field(), "", response)
			}
		case slices.Contains(changed, a.Name):
			put(body, a.field(), a.encode(value), response)
		case !a.AlwaysSend:
		case found && !a.Secret:
			put(body, a.field(), raw, response)
		case !HoldsUnknown(value):
			put(body, a.field(), a.encode(value), response)
		}
	}
	return body
}

// encode turns a value without unknown parts into what the API gets.
func (a Attribute) encode(value attr.Value) any {
	if value.IsNull() {
		return a.Initial
	}
	return a.Type.encode(value)
}

// encode turns a value without unknown parts into what encoding/json writes.
func encode(t Type, value attr.Value) any {
	if value.IsNull() {
		return nil
	}
	return t.encode(value)
}

// Changed names the settable attributes of which the plan says something else
// than the state.
func (t Table) Changed(plan, state types.Object) []string {
	var names []string
	planned, before := plan.Attributes(), state.Attributes()
	for _, a := range t {
		if a.Settable() && a.changes(planned, before) {
			names = append(names, a.Name)
		}
	}
	return names
}

// MayChange tells whether an apply of the plan may change a settable attribute. An unknown
// value may turn out to be another one.
func (t Table) MayChange(plan, state types.Object) bool {
	planned, before := plan.Attributes(), state.Attributes()
	return slices.ContainsFunc(t, func(a Attribute) bool { return a.Settable() && a.mayChange(planned, before) })
}

// PartialBody are named attributes of an object, as a body that Matches compares.
func (t Table) PartialBody(object types.Object, names ...string) map[string]any {
	criteria, attributes := map[string]any{}, object.Attributes()
	for _, a := range t {
		if value := attributes[a.Name]; slices.Contains(names, a.Name) && !HoldsUnknown(value) {
			put(criteria, a.field(), a.encode(value), nil)
		}
	}
	return criteria
}

// Partial are named attributes of an object, as a response shows them.
func (t Table) Partial(object types.Object, names ...string) labelstudio.Object {
	response := labelstudio.Object{}
	for field, value := range t.PartialBody(object, names...) {
		response[field] = marshal(value)
	}
	return response
}

// Matches tells whether a response is the object that the body described: each
// field means what was sent.
func (t Table) Matches(body map[string]any, response labelstudio.Object) bool {
	var sent labelstudio.Object
	if err := json.Unmarshal(marshal(body), &sent); err != nil {
		return false
	}
	for _, a := range t {
		want, compared := a.in(sent)
		got, found := a.in(response)
		if !compared || !found {
			continue
		}
		wanted, err := a.value(want)
		if err != nil {
			return false
		}
		if kept, err := a.value(got); err != nil || !Same(wanted, kept) {
			return false
		}
	}
	return true
}
