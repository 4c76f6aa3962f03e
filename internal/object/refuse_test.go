package object

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

func TestAPlanRefusesNewAndChangedValuesAlone(t *testing.T) {
	t.Parallel()
	refuseBad := RefuseText(func(text string) string {
		if text == "bad" {
			return "is bad"
		}
		return ""
	})
	table := Table{
		{Name: "name", Type: Text, Needed: true, Refuse: refuseBad},
		{Name: "key", Type: Text, Secret: true, Refuse: refuseBad},
		{Name: "status", Type: Text, Volatile: true},
	}
	attributeTypes := table.AttributeTypes()
	attributeTypes["key_wo"], attributeTypes["key_wo_version"] = attributeTypes["key"], types.Int64Type
	type values map[string]string
	made := func(set values) types.Object {
		attributes := map[string]attr.Value{}
		for name, attributeType := range attributeTypes {
			attributes[name] = nullOf(attributeType)
			switch text, ok := set[name]; {
			case ok && text == "unknown":
				attributes[name] = unknownOf(attributeType)
			case ok:
				attributes[name] = stringType{meaning: textMeaning, hidden: name != "name" && name != "status"}.value(types.StringValue(text))
			}
		}
		return types.ObjectValueMust(attributeTypes, attributes)
	}
	for name, test := range map[string]struct {
		config, state values // no state for a new object
		on, detail    string // "" for no error
	}{
		"a good value":                       {values{"name": "good"}, nil, "", ""},
		"a bad value":                        {values{"name": "bad"}, nil, "name", "name is bad."},
		"outer blanks":                       {values{"name": " bad "}, nil, "name", "name is bad."},
		"no value":                           {values{}, nil, "name", "name is needed. Set it in the configuration."},
		"an unknown value":                   {values{"name": "unknown"}, nil, "", ""},
		"a bad secret":                       {values{"name": "good", "key": "bad"}, nil, "key", "key is bad."},
		"a bad write-only secret":            {values{"name": "good", "key_wo": "bad"}, nil, "key_wo", "key_wo is bad."},
		"a bad value that the server has":    {values{"name": "bad"}, values{"name": "bad"}, "", ""},
		"in another spelling":                {values{"name": " bad"}, values{"name": "bad"}, "", ""},
		"no value, as on the server":         {values{}, values{}, "", ""},
		"a changed value that is bad":        {values{"name": "bad"}, values{"name": "good"}, "name", "name is bad."},
		"a value that was taken out":         {values{}, values{"name": "good"}, "name", "name is needed. Set it in the configuration."},
		"another attribute changes":          {values{"name": "bad", "key": "good"}, values{"name": "bad"}, "", ""},
		"a good value in the place of a bad": {values{"name": "good"}, values{"name": "bad"}, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			state := types.ObjectNull(attributeTypes)
			if test.state != nil {
				state = made(test.state)
			}
			errors := table.Refusals(made(test.config), made(test.config), state)
			if len(errors) > 1 || errors.HasError() != (test.on != "") {
				t.Fatalf("got %v, want one on %q", errors, test.on)
			}
			for _, got := range errors {
				on, _ := got.(diag.DiagnosticWithPath)
				if on.Path().String() != test.on || got.Detail() != test.detail {
					t.Errorf("got %q on %s, want %q on %s", got.Detail(), on.Path(), test.detail, test.on)
				}
			}
		})
	}
}
