package provider_test

import (
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
)

// shapes are what a nullable text of a storage may be: unset, empty, set.
var shapes = []struct {
	name, value string
	want        knownvalue.Check
}{
	{"set", `"some text"`, knownvalue.StringExact("some text")},
	{"empty", `""`, knownvalue.StringExact("")},
	{"unset", `null`, knownvalue.Null()},
}

func TestAccRule1APlanAfterAnApplyIsEmptyForTextsUnsetEmptyAndSet(t *testing.T) {
	s := start(t)
	folder := s.Folder(t, 0)
	// Each shape after each other: what is taken out is taken off the server.
	var steps []resource.TestStep
	for _, from := range shapes {
		for _, to := range shapes {
			for _, shape := range []struct {
				value string
				want  knownvalue.Check
			}{{from.value, from.want}, {to.value, to.want}} {
				var checks []statecheck.StateCheck
				settings := ""
				for _, name := range []string{"title", "description", "regex_filter"} {
					settings += name + " = " + shape.value + "\n"
					checks = append(checks, statecheck.ExpectKnownValue("labelstudio_local_storage.test", tfjsonpath.New(name), shape.want))
				}
				steps = append(steps, resource.TestStep{
					Config:            s.config(project("description = "+shape.value) + storage(folder, settings)),
					ConfigStateChecks: append(checks, statecheck.ExpectKnownValue("labelstudio_project.test", tfjsonpath.New("description"), shape.want)),
					ConfigPlanChecks:  emptyAfterApply,
				})
			}
		}
	}
	s.test(steps...)
}

// emptyAfterApply expects that nothing is left to do, before and after a refresh.
var emptyAfterApply = resource.ConfigPlanChecks{
	PostApplyPreRefresh:  []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
	PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
}

// refusesEmpty are the texts that are never empty: the provider or the server
// says so.
var refusesEmpty = []string{"label_config", "color", "sampling", "skip_queue", "pinned_at"}

// empty is an attribute's empty value, or "" if it has none.
func empty(a *tfprotov6.SchemaAttribute) string {
	switch {
	case a.NestedType != nil || a.Type.Is(tftypes.Map{}):
		return "{}"
	case a.Type.Is(tftypes.String) && !slices.Contains(refusesEmpty, a.Name):
		return `""`
	}
	return ""
}

// Each step ends with plans, with and without a refresh, which have to be empty.
func TestAccRule1APlanAfterAnApplyIsEmptyForEachAttributeSetChangedUnsetAndEmpty(t *testing.T) {
	for _, typeName := range sorted(schemas(t).ResourceSchemas) {
		t.Run(typeName, func(t *testing.T) {
			s := start(t)
			attributes, samples := attributesOf(t, typeName), s.samplesOf(typeName)
			with := func(value func(*tfprotov6.SchemaAttribute) string) resource.TestStep {
				return resource.TestStep{Config: s.eachAttribute(typeName, attributes, samples, value)}
			}
			unset := with(func(*tfprotov6.SchemaAttribute) string { return "" })
			unset.Check = func(state *terraform.State) error {
				return s.differFromDefaults(state, typeName, attributes, samples)
			}
			s.test(
				with(func(a *tfprotov6.SchemaAttribute) string { return samples[a.Name].one }),
				with(func(a *tfprotov6.SchemaAttribute) string { return samples[a.Name].other }),
				unset,
				with(func(a *tfprotov6.SchemaAttribute) string {
					if secret := secretOf(a); samples[a.Name].needed || samples[secret].needed {
						return ""
					}
					return empty(a)
				}),
				unset,
			)
		})
	}
}

// differFromDefaults compares each attribute that was taken out of the
// configuration with that of an object which never had it. One that has no default
// is null, whatever the server makes of a field that it never got.
func (s *stack) differFromDefaults(state *terraform.State, typeName string, attributes []*tfprotov6.SchemaAttribute, of samples) error {
	s.t.Helper()
	var made struct{ ID int64 }
	s.call(http.MethodPost, collections[typeName].list, of.least(), &made)
	defer s.remove(typeName, made.ID)
	defaults := s.fields(typeName, made.ID)

	var wrong []error
	for _, a := range attributes {
		want, known := defaults[a.Name]
		if !known || of[a.Name].needed {
			continue
		}
		if !a.Computed {
			want = nil
		} else if want == nil {
			want = zero(a)
		}
		id, err := idOf(state, typeName+"."+a.Name)
		if err != nil {
			return err
		}
		if got := s.fields(typeName, id)[a.Name]; !reflect.DeepEqual(got, want) {
			wrong = append(wrong, fmt.Errorf("%s was taken out of the configuration, but is %v on the server, want %v", a.Name, got, want))
		}
	}
	return errors.Join(wrong...)
}

// Servers keep a flag as null that a form has left out.
func TestAccRule1AFlagThatIsNullOnTheServerIsItsDefault(t *testing.T) {
	s := start(t)
	tf := s.cli()
	config := s.config(project() + storage(s.Folder(t, 0)))
	tf.apply(config).succeeds()
	id := tf.id(storageAddress)
	s.call(http.MethodPatch, fmt.Sprintf("/api/storages/localfiles/%d", id),
		map[string]any{"path": s.stored(id).Path, "recursive_scan": nil}, nil)
	if s.fields("labelstudio_local_storage", id)["recursive_scan"] != nil {
		t.Fatal("the server keeps no null, so this test shows nothing")
	}
	tf.plan(config).succeeds().expectAction("nothing")
}
