package acctest

import (
	"bytes"
	"encoding/json"
	"maps"
	"math/big"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Values are the attributes of a block that are set: text, numbers, bools, maps and
// slices of them, []string, and Unknown.
type Values map[string]any

// With is the values and more of them.
func (v Values) With(more Values) Values {
	all := Values{}
	maps.Copy(all, v)
	maps.Copy(all, more)
	return all
}

// Unknown is a value that a plan can't know.
const Unknown = tftypes.UnknownValue

// blockValue is a block of a configuration.
func blockValue(t *testing.T, schema *tfprotov6.Schema, set Values) tftypes.Value {
	t.Helper()
	for name := range set {
		if attribute(schema, name) == nil {
			t.Fatalf("the block has no attribute %q", name)
		}
	}
	return valueOf(schema.ValueType(), map[string]any(set))
}

func attribute(schema *tfprotov6.Schema, name string) *tfprotov6.SchemaAttribute {
	for _, a := range schema.Block.Attributes {
		if a.Name == name {
			return a
		}
	}
	return nil
}

// valueOf is a Go value as one of a type of Terraform's.
func valueOf(of tftypes.Type, value any) tftypes.Value {
	switch value := value.(type) {
	case []string:
		elements := make([]tftypes.Value, len(value))
		for i, text := range value {
			elements[i] = tftypes.NewValue(tftypes.String, text)
		}
		return tftypes.NewValue(of, elements)
	case []any:
		var elementType tftypes.Type
		switch of := of.(type) {
		case tftypes.List:
			elementType = of.ElementType
		case tftypes.Set:
			elementType = of.ElementType
		}
		elements := make([]tftypes.Value, len(value))
		for i, element := range value {
			elements[i] = valueOf(elementType, element)
		}
		return tftypes.NewValue(of, elements)
	}
	entries, isMap := value.(map[string]any)
	if !isMap {
		return tftypes.NewValue(of, value)
	}
	values := map[string]tftypes.Value{}
	switch of := of.(type) {
	case tftypes.Object:
		for name, inner := range of.AttributeTypes {
			values[name] = valueOf(inner, entries[name])
		}
	case tftypes.Map:
		for name, entry := range entries {
			values[name] = valueOf(of.ElementType, entry)
		}
	}
	return tftypes.NewValue(of, values)
}

// goValue is a value of Terraform's as JSON has it: nil, string, bool, int64,
// map[string]any or []any. An unknown one is Unknown.
func goValue(t *testing.T, value tftypes.Value) any {
	t.Helper()
	switch {
	case value.IsNull():
		return nil
	case !value.IsKnown():
		return Unknown
	}
	as := func(target any) {
		t.Helper()
		if err := value.As(target); err != nil {
			t.Fatal(err)
		}
	}
	switch of := value.Type(); {
	case of.Is(tftypes.String):
		var text string
		as(&text)
		return text
	case of.Is(tftypes.Bool):
		var is bool
		as(&is)
		return is
	case of.Is(tftypes.Number):
		var number big.Float
		as(&number)
		whole, _ := number.Int64()
		return whole
	case of.Is(tftypes.Map{}), of.Is(tftypes.Object{}):
		var entries map[string]tftypes.Value
		as(&entries)
		values := map[string]any{}
		for name, entry := range entries {
			values[name] = goValue(t, entry)
		}
		return values
	default:
		var elements []tftypes.Value
		as(&elements)
		values := make([]any, len(elements))
		for i, element := range elements {
			values[i] = goValue(t, element)
		}
		return values
	}
}

// attributesIn are the attributes of a block, none when the block is null. They are a
// copy: As hands out the map that the value itself holds.
func attributesIn(t *testing.T, block tftypes.Value) map[string]tftypes.Value {
	t.Helper()
	var attributes map[string]tftypes.Value
	if err := block.As(&attributes); err != nil {
		t.Fatal(err)
	}
	return maps.Clone(attributes)
}

func dynamic(t *testing.T, value tftypes.Value) *tfprotov6.DynamicValue {
	t.Helper()
	dynamic, err := tfprotov6.NewDynamicValue(value.Type(), value)
	if err != nil {
		t.Fatal(err)
	}
	return &dynamic
}

// SameJSON tells whether two values are the same in JSON, which has one type of numbers.
func SameJSON(one, other any) bool {
	first, err := json.Marshal(one)
	if err != nil {
		return false
	}
	second, err := json.Marshal(other)
	return err == nil && bytes.Equal(first, second)
}
