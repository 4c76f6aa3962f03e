package object

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// noContext is for the framework's methods on types, which take a context and
// don't look at it.
var noContext = context.Background()

// StringOf is a string attribute's value, "" when it is null, unknown or absent.
func StringOf(value attr.Value) string {
	if text, ok := value.(interface{ ValueString() string }); ok {
		return text.ValueString()
	}
	return ""
}

// BoolOf is a flag's value, false when it is null, unknown or absent.
func BoolOf(value attr.Value) bool {
	flag, ok := value.(basetypes.BoolValue)
	return ok && flag.ValueBool()
}

// Int64Of is a number's value, 0 when it is null, unknown or absent.
func Int64Of(value attr.Value) int64 {
	number, ok := value.(basetypes.Int64Value)
	if !ok {
		return 0
	}
	return number.ValueInt64()
}

// valuesByName are the attributes of an object. Each call of [types.Object.Attributes] copies
// all of them, so a table takes them once and not for each attribute.
type valuesByName map[string]attr.Value

// With is the object with one attribute set to another value.
func With(object types.Object, name string, value attr.Value) types.Object {
	attributes := object.Attributes()
	attributes[name] = value
	return withAttributes(object, attributes)
}

// Unknown is the value of an attribute that only the apply knows.
func Unknown(object types.Object, name string) attr.Value { return unknownOf(typesOf(object)[name]) }

// withAttributes is an object of the same type that holds the attributes.
func withAttributes(object types.Object, attributes map[string]attr.Value) types.Object {
	// The types come from the object itself and its own schema, so a mismatch
	// is a mistake in this package that every test meets.
	return types.ObjectValueMust(typesOf(object), attributes)
}

//nolint:contextcheck // the framework's types take a context and don't look at it
func typesOf(object types.Object) map[string]attr.Type { return object.AttributeTypes(noContext) }

// known tells whether the value is not null and holds nothing unknown.
func known(value attr.Value) bool {
	return value != nil && !value.IsNull() && !HoldsUnknown(value)
}

// HoldsUnknown tells whether the value is unknown, or an element of it is, false when it
// is absent. Only the apply knows such a value.
func HoldsUnknown(value attr.Value) bool {
	return value != nil && value.IsUnknown() || slices.ContainsFunc(elementsOf(value), HoldsUnknown)
}

// elementsOf are the values that a value of a composite type holds.
func elementsOf(value attr.Value) []attr.Value {
	switch value := value.(type) {
	case types.List:
		return value.Elements()
	case types.Set:
		return value.Elements()
	case types.Map:
		return slices.Collect(maps.Values(value.Elements()))
	case types.Object:
		return slices.Collect(maps.Values(value.Attributes()))
	}
	return nil
}

// bare tells whether the value says nothing: it is null, an empty text or collection,
// or an object whose attributes all say nothing.
func bare(value attr.Value) bool {
	if value.IsNull() || value.IsUnknown() {
		return value.IsNull()
	}
	switch value := value.(type) {
	case stringValue:
		return value.ValueString() == ""
	case types.List, types.Set, types.Map:
		return len(elementsOf(value)) == 0
	case types.Object:
		return !slices.ContainsFunc(elementsOf(value), func(inner attr.Value) bool { return !bare(inner) })
	}
	return false
}

func bothBare(a, b attr.Value) bool { return bare(a) && bare(b) }

// Same tells whether two values are equal or mean the same: strings by their type,
// collections and objects if what they hold means the same.
func Same(a, b attr.Value) bool {
	if a.Equal(b) {
		return true
	}
	if !known(a) || !known(b) {
		return false
	}
	switch a := a.(type) {
	case stringValue:
		b, ok := b.(stringValue)
		return ok && a.meaning == b.meaning && a.meaning.equal(a.ValueString(), b.ValueString())
	case types.Float64: // Equal tells 0.1 of the configuration from the float next to it
		b, ok := b.(types.Float64)
		return ok && a.ValueFloat64() == b.ValueFloat64()
	case types.List:
		b, ok := b.(types.List)
		return ok && slices.EqualFunc(a.Elements(), b.Elements(), Same)
	case types.Set:
		b, ok := b.(types.Set)
		return ok && holdsAll(a.Elements(), b.Elements()) && holdsAll(b.Elements(), a.Elements())
	case types.Map:
		b, ok := b.(types.Map)
		return ok && maps.EqualFunc(a.Elements(), b.Elements(), Same)
	case types.Object:
		b, ok := b.(types.Object)
		return ok && maps.EqualFunc(a.Attributes(), b.Attributes(), Same)
	}
	return false
}

// holdsAll tells whether each of the others means the same as one of the elements.
func holdsAll(elements, others []attr.Value) bool {
	return !slices.ContainsFunc(others, func(other attr.Value) bool { return !holds(elements, other) })
}

func holds(elements []attr.Value, value attr.Value) bool {
	return slices.ContainsFunc(elements, func(element attr.Value) bool { return Same(element, value) })
}

// keep is the other value if the two are alike. If not, it does the same with the
// attributes of nested objects, but not with the elements of other collections:
// Terraform accepts these in a plan only as a whole, as configured or as they were.
func keep(value, other attr.Value, alike func(value, other attr.Value) bool) attr.Value {
	if alike(value, other) {
		return other
	}
	if value.IsNull() || value.IsUnknown() || other.IsNull() || other.IsUnknown() {
		return value
	}
	switch value := value.(type) {
	case types.Object:
		if other, ok := other.(types.Object); ok {
			return withAttributes(value, keepIn(value.Attributes(), other.Attributes(), alike))
		}
	case types.Map:
		if other, ok := other.(types.Map); ok && holdsObjects(value) {
			return types.MapValueMust(elementType(value), keepIn(value.Elements(), other.Elements(), alike))
		}
	case types.List:
		if other, ok := other.(types.List); ok && holdsObjects(value) {
			elements, others := value.Elements(), other.Elements()
			for i := range min(len(elements), len(others)) {
				elements[i] = keep(elements[i], others[i], alike)
			}
			return types.ListValueMust(elementType(value), elements)
		}
	}
	return value
}

//nolint:contextcheck // see typesOf
func elementType(collection interface {
	ElementType(ctx context.Context) attr.Type
}) attr.Type {
	return collection.ElementType(noContext)
}

// keepIn is keep for each of the values that both sides have.
func keepIn(values, others map[string]attr.Value, alike func(value, other attr.Value) bool) map[string]attr.Value {
	for name, value := range values {
		if other, ok := others[name]; ok {
			values[name] = keep(value, other, alike)
		}
	}
	return values
}

func holdsObjects(collection attr.Value) bool {
	return slices.ContainsFunc(elementsOf(collection), func(element attr.Value) bool {
		_, ok := element.(types.Object)
		return ok
	})
}

func nullOf(t attr.Type) attr.Value { return valueOf(t, nil) }

func unknownOf(t attr.Type) attr.Value { return valueOf(t, tftypes.UnknownValue) }

//nolint:contextcheck // see typesOf
func valueOf(t attr.Type, in any) attr.Value {
	value, err := t.ValueFromTerraform(noContext, tftypes.NewValue(t.TerraformType(noContext), in))
	if err != nil {
		panic(fmt.Sprintf("%s has no %v: %v", t, in, err))
	}
	return value
}
