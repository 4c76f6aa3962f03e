package acceptance_test

import (
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
)

// shapes are what a nullable text may be: unset, empty, set.
var shapes = []any{"some text", "", nil}

// Each shape comes after each other one: what is taken out is taken off the server.
func TestAccEmptyPlanForTextsUnsetEmptyAndSet(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	project, storage := s.Instance(projectType), s.Instance(storageType)
	ofProject, ofStorage := acctest.Values{"title": "acceptance test"}, acctest.Values{"project": s.NewProject(), "path": s.Folder(t, 0)}
	for _, from := range shapes {
		for _, to := range shapes {
			for _, shape := range []any{from, to} {
				expectShape(t, project, ofProject, shape, "description")
				expectShape(t, storage, ofStorage, shape, "title", "description", "regex_filter")
			}
		}
	}
}

func expectShape(t *testing.T, instance *acctest.Instance, config acctest.Values, shape any, names ...string) {
	t.Helper()
	for _, name := range names {
		config[name] = shape
	}
	instance.Apply(config).Succeeds()
	instance.ExpectEmptyPlan(config)
	for _, name := range names {
		if got := instance.Attribute(name); got != shape {
			t.Errorf("%s is %#v in the state, want %#v", name, got, shape)
		}
	}
}

// refusesEmpty are the texts that are never empty: the provider or the server
// says so.
var refusesEmpty = []string{"label_config", "color", "sampling", "skip_queue", "pinned_at", "type", "auth_method", "basic_auth_pass", "basic_auth_pass_wo", "extra_params"}

// empty is an attribute's empty value, nil if it has none.
func empty(a *tfprotov6.SchemaAttribute) any {
	switch {
	case a.NestedType != nil || a.Type.Is(tftypes.Map{}):
		return map[string]any{}
	case a.Type.Is(tftypes.Set{}):
		return []string{}
	case a.Type.Is(tftypes.String) && !slices.Contains(refusesEmpty, a.Name):
		return ""
	}
	return nil
}

func TestAccEmptyPlanForEachAttributeSetChangedUnsetAndEmpty(t *testing.T) {
	t.Parallel()
	acctest.Each(t, acctest.Objects, func(s *acctest.Server, object acctest.Object) {
		samples, attributes := s.SamplesOf(object), map[string]*tfprotov6.SchemaAttribute{}
		for _, a := range acctest.AttributesOf(s.T, object.Type) {
			attributes[a.Name] = a
		}
		id := object.Create(s, samples.Least())
		defaults := s.Fields(object.Type, id)
		unset := func(string) any { return nil }
		nothing := func(name string) any {
			if secret := acctest.SecretOf(name); samples[name].Needed || samples[secret].Needed {
				return nil
			}
			return empty(attributes[name])
		}
		for name, a := range attributes {
			instance, before := s.Instance(object.Type), acctest.Values(nil)
			for step, value := range []func(string) any{samples.One, samples.Other, unset, nothing, unset} {
				config := samples.With(name, value)
				if reflect.DeepEqual(config, before) {
					continue // it has no empty value
				}
				before = config
				instance.Change(config).Succeeds()
				instance.ExpectEmptyPlan(config)
				want, known := defaults[name]
				if step != 2 || !known || samples[name].Needed {
					continue
				}
				// One without a default is null, whatever the server makes of a field that it never got.
				if !a.Computed || want == nil {
					want = acctest.Unset(a)
				}
				if slices.Contains(object.Kept, name) {
					want = samples.Other(name)
				}
				if got := s.Fields(object.Type, instance.ID())[name]; !acctest.SameJSON(got, want) {
					s.T.Errorf("%s was taken out of the configuration, but is %v on the server, want %v", name, got, want)
				}
			}
			if s.T.Failed() {
				s.T.Fatalf("with %s", name)
			}
		}
		s.RemoveObject(object.Type, id)
	})
}

// Servers keep a flag as null that a form has left out.
func TestAccEmptyPlanForAFlagThatIsNullOnTheServer(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	storage := s.Instance(storageType)
	config := acctest.Values{"project": s.NewProject(), "path": s.Folder(t, 0)}
	storage.Apply(config).Succeeds()
	s.Call(http.MethodPatch, fmt.Sprintf("/api/storages/localfiles/%d", storage.ID()),
		map[string]any{"path": config["path"], "recursive_scan": nil}, nil)
	if s.Fields(storageType, storage.ID())["recursive_scan"] != nil {
		t.Fatal("the server keeps no null, so this test shows nothing")
	}
	storage.ExpectEmptyPlan(config)
}
