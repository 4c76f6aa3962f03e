package object

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

func validators(all ...validator.Describer) []validator.Describer { return all }

func TestATableThatContradictsItselfFailsItsCheck(t *testing.T) {
	t.Parallel()
	text := Attribute{Name: "a", Type: Text}
	inner := Table{{Name: "x", Type: Text, Default: "d"}}
	for name, test := range map[string]struct {
		table Table
		want  string // "" if the table is sound
	}{
		"a sound one":                         {table, ""},
		"a sound one that the server keeps":   {keeping, ""},
		"computed with a default":             {Table{{Name: "a", Type: Text, Computed: true, Default: ""}}, "without a default"},
		"computed and read-only":              {Table{{Name: "a", Type: Text, Computed: true, ReadOnly: true}}, "is optional"},
		"a flag of no secret":                 {Table{{Name: "a", Type: Text, StoredFlag: "b"}}, "has a secret"},
		"a flag of a secret in each PATCH":    {Table{{Name: "a", Type: Text, Secret: true, StoredFlag: "b", AlwaysSend: true}}, "has a secret"},
		"a computed one in an object":         {Table{{Name: "a", Type: Nested(Table{{Name: "x", Type: Text, Computed: true}})}}, "nested in"},
		"a sound one of composite types":      {tab, ""},
		"no name":                             {Table{{Type: Text}}, "name"},
		"a name twice":                        {Table{text, text}, `"a" is empty or taken`},
		"the name of a secret's twin":         {Table{{Name: "a", Type: Text, Secret: true}, {Name: "a_wo", Type: Text}}, `"a_wo" is empty or taken`},
		"the name of a twin's version":        {Table{{Name: "a_wo_version", Type: Int64}, {Name: "a", Type: Text, Secret: true}}, `"a_wo_version" is empty or taken`},
		"a field twice":                       {Table{text, {Name: "b", Field: "a", Type: Text}}, "one field is the other"},
		"a field in another":                  {Table{{Name: "data", Type: JSON}, {Name: "b", Field: "data.b", Type: Text}}, "one field is the other"},
		"a field that begins as another":      {Table{{Name: "a", Field: "data.a", Type: Text}, {Name: "b", Field: "data.ab", Type: Text}}, ""},
		"no type":                             {Table{{Name: "a"}}, "no type"},
		"required with a default":             {Table{{Name: "a", Type: JSON, Required: true, Default: 1}}, "needs no default"},
		"needed and required":                 {Table{{Name: "a", Type: Text, Needed: true, Required: true}}, "imported without a value"},
		"needed with a default":               {Table{{Name: "a", Type: Text, Needed: true, Default: ""}}, "needs no default"},
		"read-only and needed":                {Table{{Name: "a", Type: Text, ReadOnly: true, Needed: true}}, "read-only"},
		"a needed one in an object":           {Table{{Name: "a", Type: Nested(Table{{Name: "x", Type: Text, Needed: true}})}}, "nested in"},
		"refusing in an object":               {Table{{Name: "a", Type: Nested(Table{{Name: "x", Type: Text, Refuse: RefuseText(strings.TrimSpace)}})}}, "nested in"},
		"computed and replacing":              {Table{{Name: "a", Type: Text, Computed: true, Replaces: true}}, "changed in place"},
		"a computed secret":                   {Table{{Name: "a", Type: Text, Computed: true, Secret: true}}, "optional"},
		"read-only and volatile":              {Table{{Name: "a", Type: Text, ReadOnly: true, Volatile: true}}, "volatile"},
		"read-only with a default":            {Table{{Name: "a", Type: Text, ReadOnly: true, Default: ""}}, "read-only"},
		"read-only and required":              {Table{{Name: "a", Type: Text, ReadOnly: true, Required: true}}, "read-only"},
		"volatile and secret":                 {Table{{Name: "a", Type: Text, Volatile: true, Secret: true}}, "read-only"},
		"read-only and repeated":              {Table{{Name: "a", Type: Text, ReadOnly: true, AlwaysSend: true}}, "read-only"},
		"read-only and replacing":             {Table{{Name: "a", Type: Text, ReadOnly: true, Replaces: true}}, "read-only"},
		"read-only with validators":           {Table{{Name: "a", Type: Text, ReadOnly: true, Validators: validators(stringvalidator.LengthAtMost(1))}}, "read-only"},
		"a required secret":                   {Table{{Name: "a", Type: Text, Secret: true, Required: true}}, "write-only"},
		"a secret number":                     {Table{{Name: "a", Type: Int64, Secret: true}}, "secret of this type"},
		"a secret map of flags":               {Table{{Name: "a", Type: Map(Bool), Secret: true}}, "secret of this type"},
		"a secret set":                        {Table{{Name: "a", Type: Set(Text), Secret: true}}, "secret of this type"},
		"a secret list of JSON":               {Table{{Name: "a", Type: List(JSON), Secret: true}}, ""},
		"a secret object with a default":      {Table{{Name: "a", Type: Nested(inner), Secret: true}}, "write-only"},
		"validators of another type":          {Table{{Name: "a", Type: Text, Validators: validators(int64validator.AtLeast(1))}}, "does not validate"},
		"of the elements, not the list":       {Table{{Name: "a", Type: List(Text), Validators: validators(stringvalidator.LengthAtMost(1))}}, "does not validate"},
		"validators of the type":              {Table{{Name: "a", Type: Map(Text), Validators: validators(mapvalidator.SizeAtMost(1))}}, ""},
		"validators in an object":             {Table{{Name: "a", Type: Nested(Table{{Name: "x", Type: List(Text), Validators: validators(listvalidator.SizeAtMost(1))}})}}, ""},
		"wrong ones in a list of objects":     {Table{{Name: "a", Type: List(Nested(Table{{Name: "x", Type: Bool, Validators: validators(listvalidator.SizeAtMost(1))}}))}}, "does not validate"},
		"a default of another type":           {Table{{Name: "a", Type: Int64, Default: "1"}}, "not of the type"},
		"a default of another element type":   {Table{{Name: "a", Type: Set(Text), Default: []int{1}}}, "not of the type"},
		"an initial value of another type":    {Table{{Name: "a", Type: Int64, Initial: "1"}}, "not of the type"},
		"an initial value and a default":      {Table{{Name: "a", Type: Int64, Initial: 1, Default: 1}}, "has no default"},
		"an initial value of a needed one":    {Table{{Name: "a", Type: Int64, Initial: 1, Needed: true}}, "need not be set"},
		"read-only with an initial value":     {Table{{Name: "a", Type: Int64, Initial: 1, ReadOnly: true}}, "read-only"},
		"an initial value in an object":       {Table{{Name: "a", Type: Nested(Table{{Name: "x", Type: Text, Initial: ""}})}}, "nested in"},
		"an older default of another type":    {Table{{Name: "a", Type: Bool, Default: true, LegacyDefault: 1}}, "not of the type"},
		"a default in a list of objects":      {Table{{Name: "a", Type: List(Nested(inner))}}, ""},
		"a default in a set of objects":       {Table{{Name: "a", Type: Set(Nested(inner))}}, "inside sets"},
		"deeper in a set":                     {Table{{Name: "a", Type: Set(Nested(Table{{Name: "m", Type: Map(Nested(inner))}}))}}, "inside sets"},
		"a secret in an object":               {Table{{Name: "a", Type: Nested(Table{{Name: "x", Type: Text, Secret: true}})}}, "nested in"},
		"a read-only one in a map of objects": {Table{{Name: "a", Type: Map(Nested(Table{{Name: "x", Type: Text, ReadOnly: true}}))}}, "nested in"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := test.table.Check()
			if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}
