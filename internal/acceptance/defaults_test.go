package acceptance_test

import (
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
)

func hasDefault(a *tfprotov6.SchemaAttribute) bool { return a.Optional && a.Computed }

func TestAccDefaultsAreTheServersOwn(t *testing.T) {
	t.Parallel()
	schemas := acctest.Schemas(t).ResourceSchemas
	hasDefaults := acctest.ObjectsThat(func(object acctest.Object) bool {
		return slices.ContainsFunc(schemas[object.Type].Block.Attributes, hasDefault)
	})
	acctest.Each(t, hasDefaults, func(s *acctest.Server, object acctest.Object) {
		least := s.SamplesOf(object).Least()
		id := object.Create(s, least)
		made := s.Fields(object.Type, id)
		s.RemoveObject(object.Type, id)

		instance := s.Instance(object.Type)
		instance.Apply(least).Succeeds()
		defaults := 0
		for _, a := range schemas[object.Type].Block.Attributes {
			want, told := made[a.Name]
			if !hasDefault(a) || !told {
				continue
			}
			if want == nil {
				want = acctest.Unset(a)
			}
			defaults++
			if got := instance.Attribute(a.Name); !acctest.SameJSON(got, want) {
				s.T.Errorf("%s is %v by default, and %v on the server", a.Name, got, want)
			}
		}
		if defaults == 0 {
			s.T.Error("no attribute has a default, so this test shows nothing")
		}
	})
}
