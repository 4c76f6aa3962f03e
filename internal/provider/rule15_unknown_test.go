package provider_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
)

// numberOfProject is the id of a new project, as a configuration writes it.
func (s *stack) numberOfProject() string { return strconv.FormatInt(s.newProject(), 10) }

// An unknownValue is an attribute whose value a plan can't know, wholly or in part.
type unknownValue struct{ attribute, name, value string }

// unknownValues are all ways in which an attribute's value may come from the
// object source that isn't there yet: as a whole, and element by element.
func unknownValues(a *tfprotov6.SchemaAttribute, source string) []unknownValue {
	whole := source + "." + a.Name
	values := []unknownValue{{a.Name, a.Name, whole}}
	switch {
	case a.NestedType != nil:
		for _, inner := range settable(a.NestedType.Attributes) {
			values = append(values, unknownValue{a.Name, a.Name + "_" + inner.Name, fmt.Sprintf("{ %s = %s.%[1]s }", inner.Name, whole)})
		}
	case a.Type.Is(tftypes.Map{}):
		values = append(values, unknownValue{a.Name, a.Name + "_element", fmt.Sprintf(`{ known = "1", a = %s["a"] }`, whole)})
	}
	return values
}

func TestAccRule15AnyAttributeOfAnyResourceMayBeUnknown(t *testing.T) {
	for _, typeName := range sorted(schemas(t).ResourceSchemas) {
		t.Run(typeName, func(t *testing.T) {
			s := start(t)
			attributes, samples := attributesOf(t, typeName), s.samplesOf(typeName)
			// One object for each unknown value: all of them in one plan and apply.
			config := func(pick func(sample) string) string {
				var source, objects strings.Builder
				for _, a := range attributes {
					fmt.Fprintf(&source, "%s = %s\n", a.Name, pick(samples[a.Name]))
					for _, unknown := range unknownValues(a, "terraform_data.late.output") {
						objects.WriteString(samples.block(typeName, unknown.name, a, attributes, func(set *tfprotov6.SchemaAttribute) string {
							if set == a {
								return unknown.value
							}
							return ""
						}))
					}
				}
				return s.checking(fmt.Sprintf("resource \"terraform_data\" \"late\" {\ninput = {\n%s}\n}\n%s", source.String(), objects.String()))
			}
			var unknown []plancheck.PlanCheck
			for _, a := range attributes {
				if a.WriteOnly {
					continue // no plan holds it
				}
				at := fmt.Sprintf("%s.%s", typeName, a.Name)
				unknown = append(unknown, plancheck.ExpectUnknownValue(at, tfjsonpath.New(a.Name)))
			}
			// The first step creates with unknown values, the second updates with them.
			var steps []resource.TestStep
			for _, pick := range []func(sample) string{func(s sample) string { return s.one }, func(s sample) string { return s.other }} {
				steps = append(steps, resource.TestStep{
					Config: config(pick),
					ConfigPlanChecks: resource.ConfigPlanChecks{
						PreApply:             unknown,
						PostApplyPreRefresh:  emptyAfterApply.PostApplyPreRefresh,
						PostApplyPostRefresh: emptyAfterApply.PostApplyPostRefresh,
					},
				})
			}
			s.test(steps...)
		})
	}
}

func TestAccRule15AnySettingOfTheProviderMayBeUnknown(t *testing.T) {
	s := start(t)
	settings := settable(schemas(t).Provider.Block.Attributes)
	var names []string
	for _, setting := range settings {
		names = append(names, setting.Name+" = null") // unknown, and of any type
	}
	for _, setting := range settings {
		for _, unknown := range unknownValues(setting, "terraform_data.late.output") {
			t.Run(unknown.name, func(t *testing.T) {
				s := start(t)
				known := ""
				if unknown.attribute != "url" {
					known = "url = " + quoted(s.proxy.URL)
				}
				config := fmt.Sprintf("provider \"labelstudio\" {\n%s\n%s = %s\n}\nresource \"terraform_data\" \"late\" {\ninput = { %s }\n}\n",
					known, unknown.attribute, unknown.value, strings.Join(names, ", "))
				s.cli().plan(config + project() + storage(s.DocumentRoot+"/x", `regex_filter = ".*"`)).succeeds()
				s.cli().plan(config+`data "labelstudio_projects" "all" {}`).
					fails(`data "labelstudio_projects" "all" {}`, "Can't list the projects", "the provider's "+setting.Name+" can't be known before the apply")
			})
		}
	}

	tf := s.cli()
	tf.apply(fmt.Sprintf(`
resource "terraform_data" "late" {
  input = { url = %q }
}
provider "labelstudio" {
  url = terraform_data.late.output.url
}
%s`, s.proxy.URL, project())).succeeds()
}
