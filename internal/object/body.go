package object

import (
	"encoding/json"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
)

// CreateBody is what a POST sends for the plan. Null is sent too: the server's
// own default for a field that is left out is not always null.
func (t Table) CreateBody(plan, config types.Object) map[string]any {
	body := map[string]any{}
	for _, a := range t {
		if value := a.planned(plan, config); a.Settable() && !value.IsUnknown() {
			body[a.Name] = nil
			if !value.IsNull() {
				body[a.Name] = a.Type.encode(value)
			}
		}
	}
	return body
}

// UpdateBody is what a PATCH sends to turn the object, which the server has answered
// with, into the plan: what differs, and what the server wants in each PATCH. It is nil
// when nothing differs that the server knows of.
//
// What is only repeated is sent as the server has it. Terraform composes the letters of
// a path, and the file system of a Mac decomposes them: the server would not find it.
func (t Table) UpdateBody(plan, config, current types.Object, answer labelstudio.Object) map[string]any {
	changed := t.Changed(plan, current)
	if len(changed) == 0 {
		return nil
	}
	body := t.CreateBody(plan, config)
	for _, a := range t {
		raw, answered := answer[a.Name]
		switch {
		case slices.Contains(changed, a.Name):
		case !a.Repeat:
			delete(body, a.Name)
		case answered && a.Type != Secret:
			body[a.Name] = raw
		}
	}
	return body
}

// Changed names the settable attributes of which the plan says something else
// than the state.
func (t Table) Changed(plan, state types.Object) []string {
	var names []string
	for _, a := range t {
		if a.Settable() && a.changes(plan, state) {
			names = append(names, a.Name)
		}
	}
	return names
}

// Criteria are named attributes of an object, as a body that Holds compares.
func (t Table) Criteria(object types.Object, names ...string) map[string]any {
	criteria := map[string]any{}
	for _, a := range t {
		value := object.Attributes()[a.Name]
		switch {
		case !slices.Contains(names, a.Name) || value.IsUnknown():
		case value.IsNull():
			criteria[a.Name] = nil
		default:
			criteria[a.Name] = a.Type.encode(value)
		}
	}
	return criteria
}

// Holds tells whether an answer is the object that the body described: each
// field means what was sent.
func (t Table) Holds(body map[string]any, answer labelstudio.Object) bool {
	for _, a := range t {
		sent, ok := body[a.Name]
		raw, answered := answer[a.Name]
		if !ok || !answered {
			continue
		}
		got, err := a.value(raw)
		if err != nil {
			return false
		}
		text, err := json.Marshal(sent)
		if err != nil {
			return false
		}
		want, err := a.value(text)
		if err != nil || !Same(want, got) {
			return false
		}
	}
	return true
}
