package provider_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
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
