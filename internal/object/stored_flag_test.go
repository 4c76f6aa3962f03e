package object

import (
	"maps"
	"reflect"
	"testing"
)

// keeping is a table with a secret that the server keeps, and an attribute that the server
// sets in place of the configuration.
var keeping = Table{
	{Name: "title", Type: Text},
	{Name: "pass", Type: Text, Secret: true, StoredFlag: "pass_is_set"},
	{Name: "version", Type: Text, Computed: true},
}

func TestASecretThatTheServerKeepsIsSentOnlyWhenItChanges(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		pass, version any
		stored        string
		want          map[string]any
	}{
		"unchanged":                   {"old", null, `true`, map[string]any{"pass": ""}},
		"changed":                     {"new", null, `true`, map[string]any{"pass": "new"}},
		"added":                       {"new", null, `false`, map[string]any{"pass": "new"}},
		"removed":                     {null, null, `true`, map[string]any{"pass": ""}},
		"removed where there is none": {null, null, `false`, map[string]any{}},
		"on a server without a flag":  {null, null, `null`, map[string]any{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			current := valuesOf(keeping, map[string]any{"title": "a", "pass": "old"})
			plan := valuesOf(keeping, map[string]any{"title": "b", "pass": test.pass})
			want := maps.Clone(test.want)
			want["title"] = "b"
			if got := keeping.UpdateBody(plan, plan, current, response(t, `{"pass_is_set":`+test.stored+`}`)); !reflect.DeepEqual(got, want) {
				t.Errorf("got %v, want %v", got, want)
			}
		})
	}
	plan := valuesOf(keeping, map[string]any{"title": "a", "version": unknown})
	if got, want := keeping.CreateBody(plan, plan), map[string]any{"title": "a"}; !reflect.DeepEqual(got, want) {
		t.Errorf("a create sends %v, want %v", got, want)
	}
}

func TestASecretThatTheServerKeepsReplacesTheObjectWhenItIsRemoved(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		before, after map[string]any
		want          string
	}{
		"removed":                 {map[string]any{"pass": "old"}, nil, "[pass]"},
		"a write-only one":        {map[string]any{"pass_wo_version": 1}, nil, "[pass_wo_version]"},
		"made write-only":         {map[string]any{"pass": "old"}, map[string]any{"pass_wo_version": 1}, "[]"},
		"changed":                 {map[string]any{"pass": "old"}, map[string]any{"pass": "new"}, "[]"},
		"one that is unknown":     {map[string]any{"pass": "old"}, map[string]any{"pass": unknown}, "[]"},
		"one that was not there":  {nil, nil, "[]"},
		"one of the server alone": {nil, map[string]any{"title": "new"}, "[]"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := keeping.Replacements(valuesOf(keeping, test.after), valuesOf(keeping, test.before)).String(); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

func TestAPlanKeepsWhatTheConfigurationLeavesToTheServer(t *testing.T) {
	t.Parallel()
	state := valuesOf(keeping, map[string]any{"version": "v1"})
	for name, test := range map[string]struct{ config, planned, want any }{
		"left out": {null, unknown, "v1"},
		"set":      {"v2", "v2", "v2"},
		"unknown":  {unknown, unknown, unknown},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			plan, config := valuesOf(keeping, map[string]any{"version": test.planned}), valuesOf(keeping, map[string]any{"version": test.config})
			if got, want := keeping.UseStateForComputed(plan, config, state), valuesOf(keeping, map[string]any{"version": test.want}); !got.Equal(want) {
				t.Errorf("got %s, want %s", got, want)
			}
		})
	}
}
