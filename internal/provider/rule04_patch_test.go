package provider_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
)

// insists are the attributes that the server wants in each PATCH.
var insists = map[string][]string{"labelstudio_local_storage": {"path"}}

// replaces are the attributes that can't be changed in place.
var replaces = map[string][]string{"labelstudio_local_storage": {"project"}}

func TestAccRule4APatchCarriesWhatChangedAndWhatTheServerInsistsOn(t *testing.T) {
	s := start(t)
	samples := s.samples()
	for _, typeName := range sorted(schemas(t).ResourceSchemas) {
		t.Run(typeName, func(t *testing.T) {
			s := start(t)
			attributes := attributesOf(t, typeName)
			with := func(value func(*tfprotov6.SchemaAttribute) string) string {
				return s.eachAttribute(typeName, attributes, samples[typeName], value)
			}
			var sent *[]map[string]any
			s.test(
				resource.TestStep{
					Config:        with(func(a *tfprotov6.SchemaAttribute) string { return samples[typeName][a.Name].one }),
					PostApplyFunc: func() { sent = s.sent(http.MethodPatch) },
				},
				resource.TestStep{
					Config: with(func(a *tfprotov6.SchemaAttribute) string { return samples[typeName][a.Name].other }),
					Check: func(state *terraform.State) error {
						want, err := s.changes(state, typeName, attributes, samples[typeName])
						s.expectSent(sent, want...)
						return err
					},
				},
			)
		})
	}
}

// changes are the bodies of the requests that change each attribute from one
// sample to the other. Attributes of ours are no fields of the API.
func (s *stack) changes(state *terraform.State, typeName string, attributes []*tfprotov6.SchemaAttribute, samples map[string]sample) ([]map[string]any, error) {
	s.t.Helper()
	var bodies []map[string]any
	for _, a := range attributes {
		id, err := idOf(state, typeName+"."+a.Name)
		if err != nil {
			return nil, err
		}
		if _, known := s.fields(typeName, id)[a.Name]; !known || slices.Contains(replaces[typeName], a.Name) {
			continue
		}
		body := map[string]any{}
		for _, name := range insists[typeName] {
			body[name] = literal(samples[name].one)
		}
		body[a.Name] = literal(samples[a.Name].other)
		bodies = append(bodies, body)
	}
	return bodies, nil
}

// literal is the value that a configuration writes as the text.
func literal(text string) (value any) {
	if err := json.Unmarshal([]byte(text), &value); err != nil {
		panic(fmt.Sprintf("the sample %s is no plain value: %v", text, err))
	}
	return value
}
