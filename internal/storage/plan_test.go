package storage

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// triggered is a state or plan, as far as it decides about a sync.
func triggered(triggers attr.Value, pending bool) types.Object {
	return types.ObjectValueMust(
		map[string]attr.Type{"sync_triggers": types.MapType{ElemType: types.StringType}, "sync_pending": types.BoolType},
		map[string]attr.Value{"sync_triggers": triggers, "sync_pending": types.BoolValue(pending)})
}

func triggers(values map[string]attr.Value) types.Map {
	return types.MapValueMust(types.StringType, values)
}

var (
	none         = types.MapNull(types.StringType)
	empty        = triggers(nil)
	one          = triggers(map[string]attr.Value{"a": types.StringValue("1")})
	other        = triggers(map[string]attr.Value{"a": types.StringValue("2")})
	more         = triggers(map[string]attr.Value{"a": types.StringValue("1"), "b": types.StringValue("1")})
	null         = triggers(map[string]attr.Value{"a": types.StringNull()})
	unknownMap   = types.MapUnknown(types.StringType)
	unknownValue = triggers(map[string]attr.Value{"a": types.StringUnknown()})
)

func TestASyncIsDueWhenTriggersChangeOrOneIsPending(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		before, after types.Map
		pending, want bool
	}{
		"same":                {one, one, false, false},
		"value changed":       {one, other, false, true},
		"value became null":   {one, null, false, true},
		"key added":           {one, more, false, true},
		"key removed":         {more, one, false, true},
		"added later":         {none, one, false, true},
		"added to an empty":   {empty, one, false, true},
		"removed":             {one, none, false, false},
		"emptied":             {one, empty, false, false},
		"pending":             {one, one, true, true},
		"pending and changed": {one, other, true, true},
		"pending and removed": {one, none, true, false},
		"pending and emptied": {one, empty, true, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := syncDue(triggered(test.after, false), triggered(test.before, test.pending)); got != test.want {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

func TestUnknownTriggersAskForNoSyncYet(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		triggers      types.Map
		unknown, asks bool
	}{
		"none":             {none, false, false},
		"empty":            {empty, false, false},
		"known":            {one, false, true},
		"a null value":     {null, false, true},
		"an unknown map":   {unknownMap, true, false},
		"an unknown value": {unknownValue, true, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			plan := triggered(test.triggers, false)
			if unknown, asks := triggersUnknown(plan), asksForSync(plan); unknown != test.unknown || asks != test.asks {
				t.Errorf("unknown %v, asks %v; want %v, %v", unknown, asks, test.unknown, test.asks)
			}
		})
	}
}
