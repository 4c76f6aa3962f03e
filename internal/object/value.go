package object

import (
	"context"
	"fmt"

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

// With is the object with one attribute set to another value.
func With(object types.Object, name string, value attr.Value) types.Object {
	attributes := object.Attributes()
	attributes[name] = value
	return withAttributes(object, attributes)
}

// withAttributes is an object of the same type that holds the attributes.
func withAttributes(object types.Object, attributes map[string]attr.Value) types.Object {
	// The types come from the object itself and its own schema, so a mismatch
	// is a mistake in this package that every test meets.
	return types.ObjectValueMust(typesOf(object), attributes)
}

//nolint:contextcheck // the framework's types take a context and don't look at it
func typesOf(object types.Object) map[string]attr.Type { return object.AttributeTypes(noContext) }

// known tells whether the value is neither null nor unknown.
func known(value attr.Value) bool {
	return value != nil && !value.IsNull() && !value.IsUnknown()
}

// bare tells whether the value is a string that says nothing: null or empty.
func bare(value attr.Value) bool {
	text, ok := value.(stringValue)
	return ok && !text.IsUnknown() && text.ValueString() == ""
}

// Same tells whether two values are equal, or, for strings, mean the same.
func Same(a, b attr.Value) bool {
	if a.Equal(b) {
		return true
	}
	x, ok := a.(stringValue)
	y, also := b.(stringValue)
	return ok && also && known(x) && known(y) && x.meaning == y.meaning && x.meaning.equal(x.ValueString(), y.ValueString())
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
