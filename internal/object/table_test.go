package object

import (
	"encoding/json"
	"maps"
	"reflect"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
)

// table has an attribute of each type and each sort.
var table = Table{
	{Name: "id", Type: Int64, ReadOnly: true},
	{Name: "title", Type: Text},
	{Name: "password", Type: Text, Secret: true},
	{Name: "path", Type: Path, Required: true, AlwaysSend: true},
	{Name: "config", Type: XML, Default: "<View/>"},
	{Name: "note", Type: HTML, Default: ""},
	{Name: "pinned", Type: Time},
	{Name: "extra", Type: JSON},
	{Name: "flag", Type: Bool, Default: true},
	{Name: "number", Type: Int64, Default: 7},
	{Name: "project", Type: Int64, Required: true, Replaces: true},
	{Name: "status", Type: Text, Volatile: true},
}

// special stands for a value that JSON has not.
type special string

const (
	null    special = "null"
	unknown special = "unknown"
)

// values makes an object of the table. What isn't named is null.
func values(of map[string]any) types.Object { return valuesOf(table, of) }

func valuesOf(table Table, of map[string]any) types.Object {
	attributes, attributeTypes := map[string]attr.Value{}, table.AttributeTypes()
	for _, a := range table {
		attributes[a.Name] = valueFor(a, of[a.Name])
		if a.Secret {
			for _, extra := range []Attribute{a.writeOnlyTwin(), {Name: a.versionName(), Type: Int64}} {
				attributes[extra.Name], attributeTypes[extra.Name] = valueFor(extra, of[extra.Name]), extra.attrType()
			}
		}
	}
	return types.ObjectValueMust(attributeTypes, attributes)
}

func createBody(of map[string]any) map[string]any { return table.CreateBody(values(of), values(of)) }

func valueFor(a Attribute, in any) attr.Value {
	switch in := in.(type) {
	case attr.Value:
		return in
	case nil:
		return nullOf(a.attrType())
	case special:
		if in == unknown {
			return unknownOf(a.attrType())
		}
		return nullOf(a.attrType())
	}
	value, err := a.valueType().decode(marshal(in))
	if err != nil {
		panic(err)
	}
	return value
}

// response is what the server says.
func response(t *testing.T, text string) labelstudio.Object {
	t.Helper()
	var object labelstudio.Object
	if err := json.Unmarshal([]byte(text), &object); err != nil {
		t.Fatal(err)
	}
	return object
}

func find(t *testing.T, name string) Attribute {
	t.Helper()
	return findIn(t, table, name)
}

func findIn(t *testing.T, table Table, name string) Attribute {
	t.Helper()
	for _, a := range table {
		if a.Name == name {
			return a
		}
	}
	t.Fatalf("no attribute %s", name)
	return Attribute{}
}

func TestABodySaysWhatThePlanKnows(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		attribute string
		value     any
		want      string // JSON; "" if the field is not sent
	}{
		"text unset":      {"title", null, `null`},
		"text empty":      {"title", "", `""`},
		"text set":        {"title", " a ", `" a "`},
		"text unknown":    {"title", unknown, ``},
		"secret set":      {"password", "s3cret", `"s3cret"`},
		"secret unset":    {"password", null, `null`},
		"secret twin set": {"password_wo", "s3cret", ``},
		"path set":        {"path", `C:\data`, `"C:/data"`},
		"path unknown":    {"path", unknown, ``},
		"XML set":         {"config", "<View/>", `"\u003cView/\u003e"`},
		"XML unknown":     {"config", unknown, ``},
		"HTML empty":      {"note", "", `""`},
		"time unset":      {"pinned", null, `null`},
		"time set":        {"pinned", "2026-01-02T03:04:05Z", `"2026-01-02T03:04:05Z"`},
		"JSON unset":      {"extra", null, `null`},
		"JSON set":        {"extra", json.RawMessage(`{"a":[1]}`), `{"a":[1]}`},
		"JSON unknown":    {"extra", unknown, ``},
		"flag false":      {"flag", false, `false`},
		"flag unset":      {"flag", null, `null`},
		"flag unknown":    {"flag", unknown, ``},
		"number zero":     {"number", 0, `0`},
		"number unset":    {"number", null, `null`},
		"number unknown":  {"number", unknown, ``},
		"large number":    {"number", int64(1) << 62, `4611686018427387904`},
		"read-only set":   {"id", 7, ``},
		"volatile set":    {"status", "failed", ``},
		"volatile if not": {"status", unknown, ``},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			body := createBody(map[string]any{test.attribute: test.value})
			field, sent := body[test.attribute]
			text, err := json.Marshal(field)
			if err != nil {
				t.Fatal(err)
			}
			if sent != (test.want != "") || sent && string(text) != test.want {
				t.Errorf("got %s (sent: %v), want %q", text, sent, test.want)
			}
		})
	}
}

func TestAnUpdateSendsWhatChangedAndWhatIsRepeated(t *testing.T) {
	t.Parallel()
	state := map[string]any{"id": 1, "path": "/a/b", "title": "x", "config": "<View></View>", "flag": true, "project": 3, "password": "p", "extra": json.RawMessage(`{"a":1}`)}
	for name, test := range map[string]struct {
		plan map[string]any
		want map[string]any
	}{
		"nothing":             {nil, nil},
		"other spelling":      {map[string]any{"title": " x ", "path": "/a/./b/", "config": "<View/>"}, nil},
		"an unknown value":    {map[string]any{"title": unknown, "flag": unknown}, nil},
		"read-only values":    {map[string]any{"id": unknown, "status": "done"}, nil},
		"a text":              {map[string]any{"title": "y"}, map[string]any{"path": "/a/b", "title": "y"}},
		"a text taken out":    {map[string]any{"title": null}, map[string]any{"path": "/a/b", "title": nil}},
		"a text emptied":      {map[string]any{"title": ""}, map[string]any{"path": "/a/b", "title": ""}},
		"a secret":            {map[string]any{"password": "q"}, map[string]any{"path": "/a/b", "password": "q"}},
		"a secret taken out":  {map[string]any{"password": null}, map[string]any{"path": "/a/b", "password": nil}},
		"a twin, unversioned": {map[string]any{"password_wo": "q"}, nil},
		"a twin's version":    {map[string]any{"password": null, "password_wo": "q", "password_wo_version": 2}, map[string]any{"path": "/a/b", "password": "q"}},
		"a path":              {map[string]any{"path": "/c"}, map[string]any{"path": "/c"}},
		"a flag":              {map[string]any{"flag": false}, map[string]any{"path": "/a/b", "flag": false}},
		"a number taken out":  {map[string]any{"number": 1}, map[string]any{"path": "/a/b", "number": int64(1)}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			plan := maps.Clone(state)
			maps.Copy(plan, test.plan)
			if got := table.UpdateBody(values(plan), values(plan), values(state), nil); !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

// A Mac decomposes the letters of a path, Terraform composes them.
func TestAnUpdateRepeatsWhatTheServerHas(t *testing.T) {
	t.Parallel()
	const decomposed, composed = "/files/Ma\u0308rz", "/files/M\u00e4rz"
	server := map[string]any{"path": decomposed, "title": "old"}
	response := labelstudio.Object{"path": json.RawMessage(`"` + decomposed + `"`), "title": json.RawMessage(`"old"`)}
	for name, test := range map[string]struct {
		plan map[string]any
		want string
	}{
		"nothing else":  {map[string]any{"path": composed, "title": "old"}, "null"},
		"another title": {map[string]any{"path": composed, "title": "new"}, `{"path":"` + decomposed + `","title":"new"}`},
		"another path":  {map[string]any{"path": "/files/M", "title": "old"}, `{"path":"/files/M"}`},
		"a secret":      {map[string]any{"path": composed, "title": "old", "password": "p"}, `{"password":"p","path":"` + decomposed + `"}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			body, err := json.Marshal(table.UpdateBody(values(test.plan), values(test.plan), values(server), response))
			if err != nil || string(body) != test.want {
				t.Errorf("got %s (%v), want %s", body, err, test.want)
			}
		})
	}
}

func TestTheStateSaysWhatTheServerSays(t *testing.T) {
	t.Parallel()
	prior := map[string]any{"title": "old", "flag": false, "number": 1, "status": "old", "extra": json.RawMessage(`1`)}
	for name, test := range map[string]struct {
		response, attribute string
		want                any
	}{
		"text":             {`{"title":"new"}`, "title", "new"},
		"text empty":       {`{"title":""}`, "title", ""},
		"text null":        {`{"title":null}`, "title", null},
		"text missing":     {`{}`, "title", "old"},
		"HTML null":        {`{"note":null}`, "note", ""},
		"XML null":         {`{"config":null}`, "config", "<View/>"},
		"flag":             {`{"flag":true}`, "flag", true},
		"flag null":        {`{"flag":null}`, "flag", true}, // its default
		"flag missing":     {`{}`, "flag", false},
		"number":           {`{"number":0}`, "number", 0},
		"number null":      {`{"number":null}`, "number", 7},
		"number missing":   {`{}`, "number", 1},
		"no default, null": {`{"project":null}`, "project", null},
		"time":             {`{"pinned":"2026-01-02T03:04:05.123456Z"}`, "pinned", "2026-01-02T03:04:05.123456Z"},
		"JSON object":      {`{"extra":{"b":[1,null]}}`, "extra", json.RawMessage(`{"b":[1,null]}`)},
		"JSON null":        {`{"extra":null}`, "extra", null},
		"JSON missing":     {`{}`, "extra", json.RawMessage(`1`)},
		"volatile":         {`{"status":"new"}`, "status", "new"},
		"secret":           {`{"password":"theirs"}`, "password", null},
		"empty over unset": {`{"path":""}`, "path", null},
		"unknown to us":    {`{"workspace":1,"title":"new"}`, "title", "new"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := table.StateFrom(response(t, test.response), values(prior))
			if err != nil {
				t.Fatal(err)
			}
			if want := valueFor(find(t, test.attribute), test.want); !got.Attributes()[test.attribute].Equal(want) {
				t.Errorf("got %s, want %s", got.Attributes()[test.attribute], want)
			}
		})
	}
}

func TestAResponseOfAnotherTypeIsAnErrorThatNamesTheField(t *testing.T) {
	t.Parallel()
	for attribute, wrong := range map[string]string{
		"title": `7`, "path": `[]`, "config": `{}`, "note": `false`, "pinned": `0`, "flag": `"true"`, "number": `1.5`, "project": `"3"`, "id": `1e30`,
	} {
		t.Run(attribute, func(t *testing.T) {
			t.Parallel()
			prior := values(map[string]any{"title": "old"})
			got, err := table.StateFrom(response(t, `{"`+attribute+`":`+wrong+`}`), prior)
			if err == nil || !strings.Contains(err.Error(), attribute) || !got.Equal(prior) {
				t.Errorf("got %s and the error %v", got, err)
			}
		})
	}
}

func TestAPlanIsFilledFromTheResponseAndKeepsItsPromises(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		plan     any
		response string
		before   any
		want     any
	}{
		"what was planned stays":           {"planned", `{"title":"a colleague's"}`, "before", "planned"},
		"a planned null stays":             {null, `{"title":"a colleague's"}`, "before", null},
		"unknown comes from the response":  {unknown, `{"title":"answered"}`, "before", "answered"},
		"or from the state before":         {unknown, `{}`, "before", "before"},
		"or is null if there is none":      {unknown, `{}`, null, null},
		"or is null if that was not known": {unknown, `{}`, unknown, null},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := table.ResolveUnknown(values(map[string]any{"title": test.plan}), response(t, test.response), values(map[string]any{"title": test.before}))
			if err != nil {
				t.Fatal(err)
			}
			if want := values(map[string]any{"title": test.want}); !got.Equal(want) {
				t.Errorf("got %s, want %s", got, want)
			}
		})
	}
	if _, err := table.ResolveUnknown(values(nil), response(t, `{"flag":"x"}`), values(nil)); err == nil {
		t.Error("an response that can't be read should be an error")
	}
}

func TestAPlanKeepsTheSpellingOfTheState(t *testing.T) {
	t.Parallel()
	state := values(map[string]any{"title": "x", "path": "/a/b", "config": "<View a='1' b='2'/>", "pinned": "2026-01-02T03:04:05Z", "flag": true})
	same := values(map[string]any{"title": "\tx\n", "path": "/a//b", "config": `<View b="2" a="1"></View>`, "pinned": "2026-01-02T04:04:05+01:00", "flag": true})
	if got := table.UseStateForEqual(same, state); !got.Equal(state) {
		t.Errorf("got %s, want %s", got, state)
	}
	other := values(map[string]any{"title": null, "path": unknown, "config": "<View/>", "pinned": "2026-01-02T03:04:06Z", "flag": false})
	if got := table.UseStateForEqual(other, state); !got.Equal(other) {
		t.Errorf("got %s, want %s", got, other)
	}
}

func TestOnlyWhatWillChangeIsUnknown(t *testing.T) {
	t.Parallel()
	state := values(map[string]any{"id": 1, "status": "completed", "title": "old"})
	plan := values(map[string]any{"id": unknown, "status": unknown, "title": "new"})
	if got, want := table.UseStateForComputed(plan, plan, state), values(map[string]any{"id": 1, "status": "completed", "title": "new"}); !got.Equal(want) {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := table.MarkVolatileUnknown(table.UseStateForComputed(plan, plan, state)), values(map[string]any{"id": 1, "status": unknown, "title": "new"}); !got.Equal(want) {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestAComputedAttributeKeepsTheStateUnlessTheConfigurationSetsIt(t *testing.T) {
	t.Parallel()
	computed := Table{{Name: "version", Type: Text, Computed: true}}
	version := func(value attr.Value) types.Object {
		return types.ObjectValueMust(computed.AttributeTypes(), map[string]attr.Value{"version": value})
	}
	null, unknown, one, two := nullOf(computed[0].attrType()), unknownOf(computed[0].attrType()), computed[0].constant("one"), computed[0].constant("two")
	for name, test := range map[string]struct{ config, plan, want attr.Value }{
		"unset":   {null, unknown, one},
		"set":     {two, two, two},
		"unknown": {unknown, unknown, unknown},
	} {
		if got := computed.UseStateForComputed(version(test.plan), version(test.config), version(one)); !got.Equal(version(test.want)) {
			t.Errorf("%s: got %s, want %s", name, got, test.want)
		}
	}
	for name, test := range map[string]struct {
		response    string
		prior, want attr.Value
	}{
		"not set yet":           {`{"version":""}`, null, computed[0].constant("")},
		"empty, and null there": {`{"version":null}`, computed[0].constant(""), computed[0].constant("")},
		"null there":            {`{"version":null}`, null, null},
	} {
		if got, err := computed.StateFrom(response(t, test.response), version(test.prior)); err != nil || !got.Equal(version(test.want)) {
			t.Errorf("%s: got %s, %v, want %s", name, got, err, test.want)
		}
	}
	if a, ok := computed.ResourceAttributes()["version"].(schema.StringAttribute); !ok || !a.Optional || !a.Computed || a.Default != nil {
		t.Errorf("got %+v", a)
	}
}

func TestAPlanMayChangeWhatItSaysOtherwiseOrDoesNotKnow(t *testing.T) {
	t.Parallel()
	state := map[string]any{"id": 1, "title": "a", "password_wo_version": 1, "status": "old"}
	for name, test := range map[string]struct {
		attribute string
		value     any
		want      bool
	}{
		"nothing":                    {"title", "a", false},
		"another spelling":           {"title", " a ", false},
		"a value":                    {"title", "b", true},
		"an unknown value":           {"title", unknown, true},
		"a version":                  {"password_wo_version", 2, true},
		"an unknown version":         {"password_wo_version", unknown, true},
		"an unknown read-only value": {"id", unknown, false},
		"an unknown volatile value":  {"status", unknown, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			plan := maps.Clone(state)
			plan[test.attribute] = test.value
			if got := table.MayChange(values(plan), values(state)); got != test.want {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

func TestOnlyWhatTheServerCannotChangeReplaces(t *testing.T) {
	t.Parallel()
	state := values(map[string]any{"project": 1, "title": "old"})
	for name, test := range map[string]struct {
		plan map[string]any
		want string
	}{
		"the same":      {map[string]any{"project": 1, "title": "new"}, "[]"},
		"another":       {map[string]any{"project": 2}, "[project]"},
		"one yet to be": {map[string]any{"project": unknown}, "[project]"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := table.Replacements(values(test.plan), state).String(); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

func TestAResponseIsRecognisedByWhatWasSent(t *testing.T) {
	t.Parallel()
	body := createBody(map[string]any{"title": "x ", "path": "/a/b/", "config": "<View/>", "flag": true, "number": 7, "project": 3})
	for name, test := range map[string]struct {
		response string
		want     bool
	}{
		"as the server rewrites it":  {`{"title":"x","path":"/a/b","config":"<View></View>","flag":true,"number":7,"project":3,"password":null}`, true},
		"with more fields":           {`{"title":"x","path":"/a/b","id":9,"status":"completed"}`, true},
		"with fewer fields":          {`{"project":3}`, true},
		"with a flag that is null":   {`{"flag":null}`, true},
		"of another title":           {`{"title":"y","path":"/a/b"}`, false},
		"of no title":                {`{"title":null}`, false},
		"of an empty title":          {`{"title":""}`, false},
		"of another flag":            {`{"flag":false}`, false},
		"of another number":          {`{"number":8}`, false},
		"with a value of no sense":   {`{"number":"seven"}`, false},
		"with a password of its own": {`{"password":"p"}`, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := table.Matches(body, response(t, test.response)); got != test.want {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

func TestAPartialBodyIsWhatTheConfigurationSets(t *testing.T) {
	t.Parallel()
	config := values(map[string]any{"title": "x", "path": null, "project": 3, "flag": unknown})
	if got, want := table.PartialBody(config, "title", "path", "flag"), map[string]any{"title": "x", "path": nil}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got, want := table.Partial(config, "title", "path", "flag"), response(t, `{"title":"x","path":null}`); !reflect.DeepEqual(got, want) {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestASecretIsNeverShown(t *testing.T) {
	t.Parallel()
	if names := strings.Join(table.Public().Names(), " "); strings.Contains(names, "password") || !strings.Contains(names, "title") {
		t.Errorf("the public attributes are %s", names)
	}
	// The framework logs values that it compares.
	if shown := values(map[string]any{"password": "s3cret"}).String(); strings.Contains(shown, "s3cret") {
		t.Errorf("a message would show %s", shown)
	}
	for _, a := range table {
		if got := table.ResourceAttributes()[a.Name].IsSensitive(); got != (a.Name == "password") {
			t.Errorf("%s is sensitive: %v", a.Name, got)
		}
	}
}

func TestValuesOfAnotherTypeAreNotTheSame(t *testing.T) {
	t.Parallel()
	text, path := valueFor(find(t, "title"), "a"), valueFor(find(t, "path"), "a")
	if Same(text, path) || text.Type(t.Context()).Equal(path.Type(t.Context())) {
		t.Error("a text and a path are taken for the same")
	}
	if Same(text, valueFor(find(t, "title"), null)) || Same(valueFor(find(t, "title"), unknown), text) {
		t.Error("a text is taken for null or unknown")
	}
	if Same(valueFor(find(t, "extra"), "a"), valueFor(find(t, "title"), `"a"`)) {
		t.Error("a text is taken for JSON")
	}
}

func TestValuesThatAreAbsentReadAsNothing(t *testing.T) {
	t.Parallel()
	for _, value := range []attr.Value{nil, types.StringNull(), types.Int64Unknown(), types.BoolNull(), types.MapNull(types.StringType)} {
		if StringOf(value) != "" || Int64Of(value) != 0 || BoolOf(value) {
			t.Errorf("%v reads as something", value)
		}
	}
}

func TestTheSchemaFollowsFromTheTable(t *testing.T) {
	t.Parallel()
	type use struct{ required, optional, computed bool }
	for name, want := range map[string]use{
		"id": {computed: true}, "title": {optional: true}, "path": {required: true}, "config": {optional: true, computed: true},
		"extra": {optional: true}, "flag": {optional: true, computed: true}, "number": {optional: true, computed: true},
		"project": {required: true}, "status": {computed: true},
	} {
		a := table.ResourceAttributes()[name]
		if got := (use{a.IsRequired(), a.IsOptional(), a.IsComputed()}); got != want {
			t.Errorf("the resource's %s is %+v, want %+v", name, got, want)
		}
		lookup := name == "id" || name == "title"
		d := table.DataSourceAttributes("id", "title")[name]
		if got, want := (use{d.IsRequired(), d.IsOptional(), d.IsComputed()}), (use{optional: lookup, computed: true}); got != want {
			t.Errorf("the data source's %s is %+v, want %+v", name, got, want)
		}
	}
	if text := find(t, "number").describe() + find(t, "project").describe(); !strings.Contains(text, "Defaults to `7`.") || !strings.Contains(text, "Changing it replaces the object.") {
		t.Errorf("the description is %q", text)
	}
}
