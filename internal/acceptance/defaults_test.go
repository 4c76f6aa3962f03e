package acceptance_test

import (
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
)

func TestAccDefaultsAreTheServersOwn(t *testing.T) {
	t.Parallel()
	acctest.Each(t, acctest.Objects, func(s *acctest.Server, object acctest.Object) {
		least := s.SamplesOf(object).Least()
		id := object.Create(s, least)
		made := s.Fields(object.Type, id)
		s.RemoveObject(object.Type, id)

		instance := s.Instance(object.Type)
		instance.Apply(least).Succeeds()
		defaults := 0
		for _, a := range acctest.Schemas(s.T).ResourceSchemas[object.Type].Block.Attributes {
			want, told := made[a.Name]
			if !a.Optional || !a.Computed || !told { // it has no default
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
