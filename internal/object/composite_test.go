package object

import (
	"encoding/json"
	"math/big"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	datasource "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	resource "github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// tab has an attribute of each composite type, some of which the API nests.
var tab = Table{
	{Name: "id", Type: Int64, ReadOnly: true},
	{Name: "title", Field: "data.title", Type: Text, Required: true},
	{Name: "headers", Type: Map(Text), Secret: true, Default: map[string]string{}},
	{Name: "actions", Type: Set(Text), Default: []string{}, AlwaysSend: true},
	{Name: "filters", Field: "data.filters", Default: map[string]any{"items": []any{}}, Type: Nested(Table{
		{Name: "conjunction", Type: Text, Default: "and"},
		{Name: "items", Default: []any{}, Type: List(Nested(Table{
			{Name: "filter", Type: Text, Required: true},
			{Name: "value", Type: JSON},
		}))},
	})},
	{Name: "hidden_columns", Field: "data.hiddenColumns", Type: Nested(Table{
		{Name: "explore", Type: List(Text)},
		{Name: "while_labeling", Field: "labeling", Type: List(Text)},
	})},
	{Name: "columns_width", Field: "data.columnsWidth", Type: Map(Float64)},
	{Name: "folders", Type: Map(Nested(Table{{Name: "path", Type: Path}, {Name: "note", Type: Text}}))},
	{Name: "pairs", Type: Set(Nested(Table{{Name: "a", Type: Int64}, {Name: "b", Type: Text}}))},
	{Name: "tags", Type: List(Text)},
	{Name: "params", Type: JSON, Default: map[string]any{"a": 1}},
	{Name: "ratio", Type: Float64, Default: 0.5},
	{Name: "history", Type: List(Nested(Table{{Name: "at", Type: Time, Required: true}})), Volatile: true},
}

// object is short for the values of a nested object.
type object = map[string]any

func tabOf(of map[string]any) types.Object { return valuesOf(tab, of) }

func TestABodyNestsAndSpellsValuesAsTheAPI(t *testing.T) {
	t.Parallel()
	unknownElement := types.ListValueMust(Text.attrType(), listOf(t, "a", unknown))
	for name, test := range map[string]struct {
		plan map[string]any
		want string // the fields that differ from those of a plan with nothing but null
	}{
		"set":                      {object{"actions": []string{"b", "a"}}, `{"actions":["b","a"]}`},
		"set emptied":              {object{"actions": []string{}}, `{"actions":[]}`},
		"set unknown":              {object{"actions": unknown}, `{}`},
		"set of objects":           {object{"pairs": []object{{"a": 1, "b": nil}}}, `{"pairs":[{"a":1,"b":null}]}`},
		"list":                     {object{"tags": []string{"b", "a", "b"}}, `{"tags":["b","a","b"]}`},
		"list with null":           {object{"tags": []any{"a", nil}}, `{"tags":["a",null]}`},
		"list with unknown":        {object{"tags": unknownElement}, `{}`},
		"map of paths":             {object{"folders": object{"x": object{"path": `C:\d`}}}, `{"folders":{"x":{"note":null,"path":"C:/d"}}}`},
		"secret map":               {object{"headers": object{"X-A": "s"}}, `{"headers":{"X-A":"s"}}`},
		"secret map, write-only":   {object{"headers_wo": object{"X-A": "s"}}, `{"headers":{"X-A":"s"}}`},
		"number":                   {object{"ratio": 0.25}, `{"ratio":0.25}`},
		"JSON":                     {object{"params": json.RawMessage(`{"a":[1.0]}`)}, `{"params":{"a":[1.0]}}`},
		"read-only list":           {object{"history": []object{{"at": "2026-01-02T03:04:05Z"}}}, `{}`},
		"one nested":               {object{"columns_width": object{"id": 1.5}}, `{"data":{"columnsWidth":{"id":1.5}}}`},
		"an object with own names": {object{"hidden_columns": object{"labeling": []string{"a"}}}, `{"data":{"hiddenColumns":{"explore":null,"labeling":["a"]}}}`},
		"several in one object": {object{"title": "t", "filters": object{"items": []object{{"filter": "f", "value": object{"min": 1}}}}},
			`{"data":{"filters":{"conjunction":"and","items":[{"filter":"f","value":{"min":1}}]},"title":"t"}}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			body := tab.CreateBody(tabOf(test.plan), tabOf(test.plan))
			for _, a := range tab { // the rest is null
				if raw, _ := a.in(response(t, string(marshal(body)))); string(raw) == "null" {
					remove(body, a.field())
				}
			}
			if got := string(marshal(body)); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

// remove takes a field out of a body, and the objects that are then empty.
func remove(body map[string]any, field string) {
	parent, rest, nested := strings.Cut(field, ".")
	inner, ok := body[parent].(map[string]any)
	if nested && ok {
		remove(inner, rest)
	}
	if !nested || len(inner) == 0 {
		delete(body, parent)
	}
}

func TestAnUpdateKeepsWhatTheServerHasAroundAField(t *testing.T) {
	t.Parallel()
	server := `{"id":1,"actions":["b"],"data":{"title":"old","gridWidth":12345678901234567890,"filters":{"conjunction":"or","items":[]},"columnsWidth":{"id":1.0}}}`
	current, err := tab.StateFrom(response(t, server), Null(tabOf(nil)))
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		attribute string
		value     any
		want      string
	}{
		"nothing":            {"title", "old", `null`},
		"other spelling":     {"filters", object{"conjunction": " or ", "items": []any{}}, `null`},
		"what is unknown":    {"columns_width", unknown, `null`},
		"a repeated one":     {"actions", []string{"a"}, `{"actions":["a"]}`},
		"one that is nested": {"title", "new", `{"actions":["b"],"data":{"columnsWidth":{"id":1.0},"filters":{"conjunction":"or","items":[]},"gridWidth":12345678901234567890,"title":"new"}}`},
		"an object":          {"filters", object{"items": []object{{"filter": "f"}}}, `{"actions":["b"],"data":{"columnsWidth":{"id":1.0},"filters":{"conjunction":"and","items":[{"filter":"f","value":null}]},"gridWidth":12345678901234567890,"title":"old"}}`},
		"a secret map":       {"headers", object{"X-A": "s"}, `{"actions":["b"],"headers":{"X-A":"s"}}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			plan := With(current, test.attribute, valueFor(findIn(t, tab, test.attribute), test.value))
			if got := string(marshal(tab.UpdateBody(plan, plan, current, response(t, server)))); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

func TestTheStateHoldsWhatTheResponseNests(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		response, attribute string
		prior, want         any
	}{
		"set with a repetition":           {`{"actions":["a","b","a"]}`, "actions", nil, []string{"b", "a"}},
		"set null":                        {`{"actions":null}`, "actions", []string{"a"}, []string{}},
		"list empty over unset":           {`{"tags":[]}`, "tags", nil, nil},
		"list empty over null in it":      {`{"tags":[]}`, "tags", []any{nil}, []any{}},
		"list empty over one":             {`{"tags":[]}`, "tags", []string{"a"}, []string{}},
		"list null over empty":            {`{"tags":null}`, "tags", []string{}, []string{}},
		"map":                             {`{"data":{"columnsWidth":{"id":1,"x":2.5}}}`, "columns_width", nil, object{"id": 1, "x": 2.5}},
		"empty in an object over null":    {`{"folders":{"x":{"path":"/a","note":""}}}`, "folders", object{"x": object{"path": "/a"}}, object{"x": object{"path": "/a"}}},
		"an object with own names":        {`{"data":{"hiddenColumns":{"labeling":["a"]}}}`, "hidden_columns", nil, object{"labeling": []string{"a"}}},
		"an object that says nothing":     {`{"data":{"hiddenColumns":{"explore":[],"labeling":[]}}}`, "hidden_columns", nil, nil},
		"an object with its defaults":     {`{"data":{"filters":{"items":[{"filter":"f"}]}}}`, "filters", nil, object{"conjunction": "and", "items": []object{{"filter": "f"}}}},
		"an object taken out":             {`{"data":{"filters":null}}`, "filters", object{"conjunction": "or"}, object{"conjunction": "and", "items": []object{}}},
		"a leaf of JSON":                  {`{"data":{"filters":{"items":[{"filter":"f","value":{"min":1}}]}}}`, "filters", nil, object{"items": []object{{"filter": "f", "value": object{"min": 1}}}}},
		"the object around is missing":    {`{}`, "columns_width", object{"id": 1}, object{"id": 1}},
		"the object around is null":       {`{"data":null}`, "columns_width", object{"id": 1}, object{"id": 1}},
		"the object around is a text":     {`{"data":"x"}`, "columns_width", object{"id": 1}, object{"id": 1}},
		"missing, with a default":         {`{}`, "filters", nil, object{"conjunction": "and", "items": []object{}}},
		"missing number, with a default":  {`{}`, "ratio", nil, 0.5},
		"JSON null reads as its default":  {`{"params":null}`, "params", 7, object{"a": 1}},
		"a secret that is shown":          {`{"headers":{"X-A":"theirs"}}`, "headers", object{"X-A": "ours"}, object{"X-A": "ours"}},
		"a secret that was never set":     {`{"headers":{"X-A":"theirs"}}`, "headers", nil, object{}},
		"a list that the server sets":     {`{"history":[{"at":"2026-01-02T03:04:05Z"}]}`, "history", nil, []object{{"at": "2026-01-02T03:04:05Z"}}},
		"an empty one that it sets":       {`{"history":[]}`, "history", nil, []object{}},
		"null in a list":                  {`{"tags":["a",null]}`, "tags", nil, []any{"a", nil}},
		"a set of objects, twice the one": {`{"pairs":[{"a":1,"b":"x"},{"a":1,"b":" x"}]}`, "pairs", nil, []object{{"a": 1, "b": "x"}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := findIn(t, tab, test.attribute)
			got, err := tab.StateFrom(response(t, test.response), tabOf(object{test.attribute: test.prior}))
			if err != nil {
				t.Fatal(err)
			}
			if want := valueFor(a, test.want); !got.Attributes()[a.Name].Equal(want) {
				t.Errorf("got %#v, want %#v", got.Attributes()[a.Name], want)
			}
		})
	}
}

func TestAResponseOfAnotherCompositeTypeIsAnErrorThatNamesTheField(t *testing.T) {
	t.Parallel()
	for text, field := range map[string]string{
		`{"actions":{}}`: "actions", `{"actions":[1]}`: "actions", `{"tags":"a"}`: "tags", `{"folders":[]}`: "folders",
		`{"folders":{"x":{"path":1}}}`: "path", `{"pairs":[{"a":1.5}]}`: "pairs", `{"ratio":"1"}`: "ratio", `{"ratio":1e999}`: "ratio",
		`{"data":{"columnsWidth":{"id":"wide"}}}`: "data.columnsWidth", `{"data":{"filters":{"items":{}}}}`: "items",
	} {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			prior := tabOf(nil)
			if got, err := tab.StateFrom(response(t, text), prior); err == nil || !strings.Contains(err.Error(), field) || !got.Equal(prior) {
				t.Errorf("got %s and the error %v", got, err)
			}
		})
	}
}

func TestCompositeValuesAreComparedByWhatTheyMean(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		attribute string
		a, b      any
		want      bool
	}{
		"list":                   {"tags", []string{"a ", "b"}, []string{"a", "b"}, true},
		"list in another order":  {"tags", []string{"a", "b"}, []string{"b", "a"}, false},
		"list with one more":     {"tags", []string{"a"}, []string{"a", "a"}, false},
		"list with null":         {"tags", []any{"a ", nil}, []any{"a", nil}, true},
		"null is not the empty":  {"tags", nil, []any{}, false},
		"set":                    {"actions", []string{"a ", "b"}, []string{"b", "a"}, true},
		"set with a repetition":  {"actions", setOf(t, "a", " a"), []string{"a"}, true},
		"set with one more":      {"actions", []string{"a", "b"}, []string{"a"}, false},
		"set with one less":      {"actions", []string{"a"}, []string{"a", "b"}, false},
		"set of objects":         {"pairs", []object{{"a": 1, "b": "x "}, {"a": 2}}, []object{{"a": 2}, {"a": 1, "b": "x"}}, true},
		"set of other objects":   {"pairs", []object{{"a": 1, "b": "x"}}, []object{{"a": 2, "b": "x"}}, false},
		"map":                    {"folders", object{"x": object{"path": "/a/./b/"}}, object{"x": object{"path": "/a/b"}}, true},
		"map with another key":   {"folders", object{"x": object{"path": "/a"}}, object{"y": object{"path": "/a"}}, false},
		"map with another value": {"folders", object{"x": object{"path": "/a"}}, object{"x": object{"path": "/b"}}, false},
		"secret map":             {"headers", object{"X-A": "s "}, object{"X-A": "s"}, true},
		"another secret map":     {"headers", object{"X-A": "s"}, object{"X-A": "t"}, false},
		"object":                 {"filters", object{"conjunction": "or ", "items": []object{{"filter": "f", "value": json.RawMessage(`{"min":1, "max":2}`)}}}, object{"conjunction": "or", "items": []object{{"filter": "f ", "value": json.RawMessage(`{"max":2.0,"min":1}`)}}}, true},
		"another leaf":           {"filters", object{"items": []object{{"filter": "f", "value": 1}}}, object{"items": []object{{"filter": "f", "value": 2}}}, false},
		"number":                 {"ratio", 0.1, fromTerraform(t, Float64, "0.1"), true},
		"another number":         {"ratio", 0.1, 0.2, false},
		"one unknown element":    {"tags", types.ListValueMust(Text.attrType(), listOf(t, unknown)), []string{"a"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := findIn(t, tab, test.attribute)
			x, y := valueFor(a, test.a), valueFor(a, test.b)
			if Same(x, y) != test.want || Same(y, x) != test.want || !Same(x, x) || !Same(y, y) {
				t.Errorf("%s and %s are the same: %v and %v, want %v", x, y, Same(x, y), Same(y, x), test.want)
			}
		})
	}
}

func TestAPlanKeepsTheSpellingInsideNestedObjects(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		attribute         string
		plan, state, want any
	}{
		"of a whole list":    {"tags", []string{"a ", "b"}, []string{"a", "b"}, []string{"a", "b"}},
		"of a whole set":     {"actions", []string{"a ", "b"}, []string{"b", "a"}, []string{"a", "b"}},
		"in a list of text":  {"tags", []string{"a ", "c"}, []string{"a", "b"}, []string{"a ", "c"}}, // Terraform refuses a mixture
		"in an object":       {"filters", object{"conjunction": "or ", "items": []any{}}, object{"conjunction": "or", "items": []object{{"filter": "f"}}}, object{"conjunction": "or", "items": []any{}}},
		"in a list in it":    {"filters", object{"items": []object{{"filter": "f ", "value": 2}, {"filter": "g "}}}, object{"items": []object{{"filter": "f", "value": 1}}}, object{"items": []object{{"filter": "f", "value": 2}, {"filter": "g "}}}},
		"in a map":           {"folders", object{"x": object{"path": "/a/"}, "y": object{"path": "/c/"}}, object{"x": object{"path": "/a"}}, object{"x": object{"path": "/a"}, "y": object{"path": "/c/"}}},
		"of JSON":            {"params", json.RawMessage(`{ "a": 1 }`), json.RawMessage(`{"a":1}`), json.RawMessage(`{"a":1}`)},
		"but not of another": {"hidden_columns", nil, object{"explore": []any{}}, nil},
		"nor of an unknown":  {"hidden_columns", unknown, object{"explore": []any{}}, unknown},
		"nor over null":      {"filters", object{"conjunction": "or "}, nil, object{"conjunction": "or "}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := tab.UseStateForEqual(tabOf(object{test.attribute: test.plan}), tabOf(object{test.attribute: test.state}))
			if want := valueFor(findIn(t, tab, test.attribute), test.want); !got.Attributes()[test.attribute].Equal(want) {
				t.Errorf("got %s, want %s", got.Attributes()[test.attribute], want)
			}
		})
	}
}

func TestAValueWithAnUnknownElementIsDecidedByTheApply(t *testing.T) {
	t.Parallel()
	tags := types.ListValueMust(Text.attrType(), listOf(t, "a", unknown))
	plan, state := tabOf(object{"tags": tags}), tabOf(object{"tags": []string{"b"}})
	if changed := tab.Changed(plan, state); len(changed) != 0 {
		t.Errorf("the plan is taken to change %v", changed)
	}
	filled, err := tab.ResolveUnknown(plan, response(t, `{"tags":["a","c"]}`), state)
	if want := valueFor(findIn(t, tab, "tags"), []string{"a", "c"}); err != nil || !filled.Attributes()["tags"].Equal(want) {
		t.Errorf("got %s, %v", filled.Attributes()["tags"], err)
	}
	if ignored := tab.Ignored(plan, response(t, `{}`)); len(ignored) != 0 {
		t.Errorf("the server is taken to ignore %v", ignored)
	}
}

func TestAResponseIsRecognisedByCompositeValues(t *testing.T) {
	t.Parallel()
	plan := tabOf(object{"title": "t", "actions": []string{"b ", "a"}, "filters": object{"items": []object{{"filter": "f", "value": 1}}}, "headers_wo": object{"X-A": "s"}})
	body := tab.CreateBody(plan, plan)
	for text, want := range map[string]bool{
		`{"actions":["a","b"],"data":{"title":"t","filters":{"conjunction":"and","items":[{"filter":"f","value":1.0}]}},"headers":{"X-A":"s"}}`: true,
		`{"data":{}}`:               true,
		`{"actions":["a"]}`:         false,
		`{"data":{"title":"u"}}`:    false,
		`{"headers":{"X-A":"t"}}`:   false,
		`{"data":{"filters":[]}}`:   false,
		`{"data":{"filters":null}}`: false,
	} {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			if got := tab.Matches(body, response(t, text)); got != want {
				t.Errorf("got %v, want %v", got, want)
			}
		})
	}
}

func TestASecretOfACompositeTypeIsNeverShown(t *testing.T) {
	t.Parallel()
	secrets := Table{
		{Name: "headers", Type: Map(Text), Secret: true},
		{Name: "list", Type: List(JSON), Secret: true},
		{Name: "login", Type: Nested(Table{{Name: "user", Type: Text}, {Name: "keys", Type: List(Map(Path))}}), Secret: true},
		{Name: "text", Type: JSON, Secret: true},
	}
	shown := valuesOf(secrets, object{
		"headers": object{"X-A": "s3cret"}, "headers_wo": object{"X-A": "s3cret"}, "list": []any{"s3cret"}, "text": "s3cret",
		"login": object{"user": "s3cret", "keys": []any{object{"k": "s3cret"}}}, "login_wo": object{"user": "s3cret"},
	}).String()
	if strings.Contains(shown, "s3cret") || strings.Count(shown, "(sensitive value)") != 7 {
		t.Errorf("a log would show %s", shown)
	}
	if names := secrets.Public().Names(); len(names) != 0 {
		t.Errorf("data sources would show %v", names)
	}
	attributes := secrets.ResourceAttributes()
	for _, a := range secrets {
		twin := attributes[a.Name+"_wo"]
		if !attributes[a.Name].IsSensitive() || attributes[a.Name].IsWriteOnly() || !twin.IsSensitive() || !twin.IsWriteOnly() || !twin.GetType().Equal(attributes[a.Name].GetType()) {
			t.Errorf("%s or its twin is not sensitive, or the twin not write-only or not of its type", a.Name)
		}
	}
	expectSound(t, secrets)
}

func TestTheTwinOfASecretIsValidatedAsTheSecretIs(t *testing.T) {
	t.Parallel()
	for _, a := range tab {
		for _, v := range a.writeOnlyTwin().Validators {
			if a.Secret && !a.Type.accepts(v) {
				t.Errorf("%s_wo is of no type that %T validates", a.Name, v)
			}
		}
	}
}

func TestTheFrameworkAcceptsTheSchemaOfCompositeTypes(t *testing.T) {
	t.Parallel()
	expectSound(t, tab)
	if text := findIn(t, tab, "filters").describe(); !strings.HasSuffix(text, "Defaults to `{\"items\":[]}`.") {
		t.Errorf("the description is %q", text)
	}
	for name, want := range map[string]bool{"filters": true, "columns_width": false, "history": true, "headers": true, "tags": false} {
		if got := tab.ResourceAttributes()[name].IsComputed(); got != want {
			t.Errorf("%s is computed: %v", name, got)
		}
	}
	history, _ := tab.ResourceAttributes()["history"].(resource.ListNestedAttribute)
	if at := history.NestedObject.Attributes["at"]; at.IsRequired() || !at.IsComputed() {
		t.Error("an attribute in a read-only list can be configured")
	}
}

// expectSound lets the framework find what is wrong with a table's schemas.
func expectSound(t *testing.T, table Table) {
	t.Helper()
	if diags := (resource.Schema{Attributes: table.ResourceAttributes()}).ValidateImplementation(t.Context()); diags.HasError() {
		t.Errorf("the resource's schema: %v", diags)
	}
	public := datasource.Schema{Attributes: table.Public().DataSourceAttributes()}
	if diags := public.ValidateImplementation(t.Context()); diags.HasError() {
		t.Errorf("the data source's schema: %v", diags)
	}
	if want := (types.ObjectType{AttrTypes: table.Public().AttributeTypes()}); !public.Type().Equal(want) {
		t.Errorf("the data source's type is %s, want %s", public.Type(), want)
	}
}

func TestAJSONTextIsValidated(t *testing.T) {
	t.Parallel()
	for text, valid := range map[string]bool{`{"a":1}`: true, `"a"`: true, ` 1 `: true, `a`: false, `{} {}`: false, ``: false, `null`: false, ` null`: false} {
		if err := checkJSON(text); (err == nil) != valid {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestATimeHasAnOffset(t *testing.T) {
	t.Parallel()
	for text, valid := range map[string]bool{
		"2026-11-26T00:00:00Z": true, "2026-11-26T01:02:03.123456+02:00": true,
		"2026-11-26": false, "2026-11-26T10:00:00": false, "2026-11-26 10:00:00Z": false, "": false, "now": false,
	} {
		if err := checkTime(text); (err == nil) != valid {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestJSONTextsAreComparedAsValues(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{`{"a": 1, "b": [true, null]}`, `{"b":[true,null],"a":1}`, true},
		{`1`, `1.0`, true},
		{`1e2`, `100`, true},
		{`-0.0`, `0`, true},
		{`12345678901234567890`, `12345678901234567891`, false},
		{`1e999`, `1e999`, true},
		{`1`, `"1"`, false},
		{`[1,2]`, `[2,1]`, false},
		{`"\u0061"`, `"a"`, true},
		{`"<"`, `"\u003c"`, true},
		{`nonsense`, `nonsense`, true},
		{`nonsense`, `1`, false},
	} {
		if got := sameJSON(test.a, test.b); got != test.want {
			t.Errorf("%s and %s: got %v", test.a, test.b, got)
		}
	}
}

// listOf are texts, of which some are null or unknown.
func listOf(t *testing.T, texts ...any) []attr.Value {
	t.Helper()
	values := make([]attr.Value, len(texts))
	for i, text := range texts {
		values[i] = valueFor(find(t, "title"), text)
	}
	return values
}

func setOf(t *testing.T, texts ...any) attr.Value {
	t.Helper()
	return types.SetValueMust(Text.attrType(), listOf(t, texts...))
}

// fromTerraform is a number with the precision that Terraform reads it with.
func fromTerraform(t *testing.T, of Type, text string) attr.Value {
	t.Helper()
	number, _, err := big.ParseFloat(text, 10, 512, big.ToNearestEven)
	if err != nil {
		t.Fatal(err)
	}
	return valueOf(of.attrType(), number)
}
