package acceptance_test

import (
	"fmt"
	"maps"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
)

// An unknownValue is an attribute whose value a plan can't know, wholly or in part.
type unknownValue struct {
	attribute, name string
	// planned is what the plan knows of a sample of the attribute, and becomes the value
	// in the apply.
	planned, becomes func(sample any) any
}

// unknownValues are all ways in which a plan may not know an attribute: as a whole, and
// element by element.
func unknownValues(a *tfprotov6.SchemaAttribute) []unknownValue {
	all := func(sample any) any { return sample }
	none := func(any) any { return acctest.Unknown }
	values := []unknownValue{{a.Name, a.Name, none, all}}
	element := func(sample any, name string) any {
		of, _ := sample.(map[string]any)
		return of[name]
	}
	switch {
	case a.NestedType != nil:
		for _, inner := range acctest.Settable(a.NestedType.Attributes) {
			values = append(values, unknownValue{a.Name, a.Name + "_" + inner.Name, func(any) any { return map[string]any{inner.Name: acctest.Unknown} },
				func(sample any) any { return map[string]any{inner.Name: element(sample, inner.Name)} }})
		}
	case a.Type.Is(tftypes.Map{}):
		values = append(values, unknownValue{a.Name, a.Name + "_element", func(sample any) any {
			of, _ := sample.(map[string]any)
			partly := maps.Clone(of)
			partly[acctest.Sorted(of)[0]] = acctest.Unknown
			return partly
		}, all})
	}
	return values
}

func TestAccUnknownValuesOfAnyAttributeOfAnyResource(t *testing.T) {
	t.Parallel()
	acctest.Each(t, acctest.Objects, func(s *acctest.Server, object acctest.Object) {
		samples := s.SamplesOf(object)
		for _, a := range acctest.AttributesOf(s.T, object.Type) {
			for _, unknown := range unknownValues(a) {
				instance := s.Instance(object.Type)
				// The first apply creates with the unknown value, the second one updates with it.
				for _, sample := range []func(string) any{samples.One, samples.Other} {
					with := func(value any) acctest.Values {
						return samples.With(a.Name, func(name string) any {
							if name == a.Name {
								return value
							}
							return nil
						})
					}
					planned, config := with(unknown.planned(sample(a.Name))), with(unknown.becomes(sample(a.Name)))
					instance.Settings = acctest.Values{"plan_checks": true}
					plan := instance.PlanUnrefreshed(planned)
					if got := plan.After[a.Name]; plan.Failed || planned[a.Name] == acctest.Unknown && got != acctest.Unknown && !a.WriteOnly {
						s.T.Errorf("%s is planned as %v, want unknown:%s", unknown.name, got, plan.Texts())
					}
					instance.Settings = acctest.Values{"plan_checks": false}
					instance.ChangeUnknown(planned, config).Succeeds()
					instance.ExpectEmptyPlan(config)
				}
			}
		}
	})
}

func TestAccUnknownValuesOfAnySettingOfTheProvider(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	for _, setting := range acctest.Settable(acctest.Schemas(t).Provider.Block.Attributes) {
		for _, unknown := range unknownValues(setting) {
			t.Run(unknown.name, func(t *testing.T) {
				s := s.In(t)
				settings := acctest.Values{setting.Name: unknown.planned(map[string]any{"a": "1"})}
				for typeName, config := range map[string]acctest.Values{
					projectType: {"title": "acceptance test"},
					storageType: {"project": 1, "path": s.DocumentRoot + "/x", "regex_filter": ".*"},
				} {
					instance := s.Instance(typeName)
					instance.Settings = settings
					instance.Plan(config).Succeeds()
				}
				_, found := s.Provider(settings).Read("labelstudio_projects", acctest.Values{})
				found.Fails("", cantList, "the provider's "+setting.Name+" can't be known before the apply")
			})
		}
	}
	if asked := s.Proxy.Requests(); len(asked) > 0 {
		t.Errorf("got the requests %v, want none", asked)
	}
}

func TestAccUnknownValuesOfTheProviderAreKnownInTheApply(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	s.Terraform().Apply(fmt.Sprintf(`
resource "terraform_data" "late" {
  input = { url = %q }
}
provider "labelstudio" {
  url = terraform_data.late.output.url
}
%s`, s.Proxy.URL, acctest.Project())).Succeeds()
}

// A Terraform that can defer leaves what needs the server for its next run.
func TestAccUnknownValuesOfTheProviderDeferWhatTerraformCanDefer(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	project, config := s.Instance(projectType), acctest.Values{"title": "deferred"}
	known := project.Settings
	unknown := known.With(acctest.Values{"url": acctest.Unknown})
	deferring := s.In(t)
	deferring.DeferralAllowed = true
	project.Use(deferring)
	expect := func(plan acctest.Plan, action string, deferred bool) {
		t.Helper()
		plan.Succeeds()
		if plan.Action != action || (plan.Deferred != nil) != deferred {
			t.Errorf("the plan will %s, deferred by %v, want %s, deferred %v", plan.Action, plan.Deferred, action, deferred)
		}
		if deferred && plan.Deferred.Reason != tfprotov6.DeferredReasonProviderConfigUnknown {
			t.Errorf("the reason is %s", plan.Deferred)
		}
	}
	expect(project.Plan(config), "create", false)
	project.Settings = unknown
	creation := project.Plan(config)
	expect(creation, "create", true)
	if creation.After["id"] != acctest.Unknown {
		t.Errorf("the id is planned as %v", creation.After["id"])
	}

	project.Settings = known
	project.Apply(config).Succeeds()
	project.Settings = unknown
	s.Proxy.Reset()
	expect(project.Plan(config.With(acctest.Values{"description": "changed"})), "update", true)
	expect(project.Plan(nil), "delete", true)
	_, found := deferring.Provider(unknown).Read("labelstudio_projects", acctest.Values{})
	found.Succeeds()
	if asked := s.Proxy.Requests(); len(asked) > 0 {
		t.Errorf("got the requests %v, want none", asked)
	}

	// A Terraform that can't defer reads the object first, and says what is unknown.
	project.Use(s)
	project.Plan(config).Fails("", "Can't read the project", "the provider's url can't be known before the apply")
}
