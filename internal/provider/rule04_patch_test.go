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
var insists = map[string][]string{
	"labelstudio_local_storage":        {"path"},
	"labelstudio_local_export_storage": {"path"},
	"labelstudio_s3_storage":           {"bucket"},
	"labelstudio_s3_export_storage":    {"bucket"},
	"labelstudio_redis_storage":        {"host", "port", "db", "password"},
}

// replaces are the attributes that can't be changed in place.
var replaces = []string{"project"}

func TestAccRule4APatchCarriesWhatChangedAndWhatTheServerInsistsOn(t *testing.T) {
	for _, typeName := range sorted(schemas(t).ResourceSchemas) {
		t.Run(typeName, func(t *testing.T) {
			s := start(t)
			attributes, samples := attributesOf(t, typeName), s.samplesOf(typeName)
			with := func(value func(*tfprotov6.SchemaAttribute) string) string {
				return s.eachAttribute(typeName, attributes, samples, value)
			}
			var sent *[]map[string]any
			s.test(
				resource.TestStep{
					Config:        with(func(a *tfprotov6.SchemaAttribute) string { return samples[a.Name].one }),
					PostApplyFunc: func() { sent = s.sent(http.MethodPatch) },
				},
				resource.TestStep{
					Config: with(func(a *tfprotov6.SchemaAttribute) string { return samples[a.Name].other }),
					Check: func(state *terraform.State) error {
						want, err := s.changes(state, typeName, attributes, samples)
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
func (s *stack) changes(state *terraform.State, typeName string, attributes []*tfprotov6.SchemaAttribute, of samples) ([]map[string]any, error) {
	s.t.Helper()
	var bodies []map[string]any
	silent := append(secretsOf(attributes), s.tooYoung(typeName)...) // what no answer holds
	for _, a := range attributes {
		id, err := idOf(state, typeName+"."+a.Name)
		if err != nil {
			return nil, err
		}
		field := a.Name
		if secret := secretOf(a); secret != "" {
			field = secret
		}
		if _, known := s.fields(typeName, id)[field]; !known && !slices.Contains(silent, field) || slices.Contains(replaces, field) {
			continue
		}
		body := map[string]any{}
		for _, name := range insists[typeName] {
			body[name] = literal(of[name].one)
		}
		body[field] = literal(of[field].other)
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
