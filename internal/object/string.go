package object

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/attr/xattr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"golang.org/x/text/unicode/norm"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
)

// meaning tells when two spellings of a string are the same to the server,
// which strips every string and rewrites paths.
type meaning struct {
	name string
	same func(a, b string) bool
	// check, if there is one, says what is wrong with a text.
	check func(text string) error
}

// equal tells whether two spellings mean the same. Terraform composes all letters
// (NFC), the server keeps them as they are.
func (m *meaning) equal(a, b string) bool {
	return m.same(norm.NFC.String(a), norm.NFC.String(b))
}

var (
	exactMeaning = &meaning{name: "string", same: func(a, b string) bool { return a == b }}
	textMeaning  = &meaning{name: "text", same: labelstudio.SameText}
	pathMeaning  = &meaning{name: "path", same: labelstudio.SamePath}
	xmlMeaning   = &meaning{name: "XML", same: labelstudio.SameXML}
	htmlMeaning  = &meaning{name: "HTML", same: labelstudio.SameHTML}
	timeMeaning  = &meaning{name: "RFC 3339", same: labelstudio.SameTime, check: checkTime}
	jsonMeaning  = &meaning{name: "JSON", same: sameJSON, check: checkJSON}
)

// checkTime refuses a date alone, and a time without an offset. The server accepts them and
// returns another text.
func checkTime(text string) error {
	if _, err := time.Parse(time.RFC3339, text); err != nil {
		return errors.New(`it has to be a date with time and offset, such as "2026-11-26T00:00:00Z"`)
	}
	return nil
}

// stringType is the type of a string that is compared by its meaning.
type stringType struct {
	basetypes.StringType

	meaning *meaning
	// hidden values are not shown in messages and logs.
	hidden bool
}

// stringValue is a string that is compared by its meaning. The framework
// compares responses of the server with it, UseStateForEqual compares plans.
type stringValue struct {
	basetypes.StringValue

	meaning *meaning
	hidden  bool
}

var (
	_ basetypes.StringTypable                    = stringType{}
	_ basetypes.StringValuableWithSemanticEquals = stringValue{}
	_ xattr.ValidateableAttribute                = stringValue{}
)

func (t stringType) Equal(other attr.Type) bool {
	o, ok := other.(stringType)
	return ok && t.meaning == o.meaning && t.hidden == o.hidden
}

func (t stringType) String() string { return "object.stringType(" + t.meaning.name + ")" }

func (t stringType) ValueType(context.Context) attr.Value {
	return t.value(basetypes.NewStringNull())
}

func (t stringType) ValueFromString(_ context.Context, in basetypes.StringValue) (basetypes.StringValuable, diag.Diagnostics) {
	return t.value(in), nil
}

func (t stringType) value(of basetypes.StringValue) stringValue {
	return stringValue{StringValue: of, meaning: t.meaning, hidden: t.hidden}
}

func (t stringType) ValueFromTerraform(ctx context.Context, in tftypes.Value) (attr.Value, error) {
	value, err := t.StringType.ValueFromTerraform(ctx, in)
	if err != nil {
		return nil, err
	}
	text, ok := value.(basetypes.StringValue)
	if !ok {
		return nil, fmt.Errorf("unexpected value type %T", value)
	}
	return t.value(text), nil
}

func (v stringValue) Type(context.Context) attr.Type {
	return stringType{meaning: v.meaning, hidden: v.hidden}
}

func (v stringValue) Equal(other attr.Value) bool {
	o, ok := other.(stringValue)
	return ok && v.meaning == o.meaning && v.hidden == o.hidden && v.StringValue.Equal(o.StringValue)
}

// String is what messages and logs show. The framework logs each value that it
// compares by its meaning.
func (v stringValue) String() string {
	if v.hidden && known(v.StringValue) {
		return "(sensitive value)"
	}
	return v.StringValue.String()
}

func (v stringValue) StringSemanticEquals(_ context.Context, other basetypes.StringValuable) (bool, diag.Diagnostics) {
	o, ok := other.(stringValue)
	return ok && v.meaning.equal(v.ValueString(), o.ValueString()), nil
}

// ValidateAttribute validates what a configuration says.
func (v stringValue) ValidateAttribute(_ context.Context, req xattr.ValidateAttributeRequest, resp *xattr.ValidateAttributeResponse) {
	if v.meaning.check == nil || !known(v.StringValue) {
		return
	}
	if err := v.meaning.check(v.ValueString()); err != nil {
		resp.Diagnostics.AddAttributeError(req.Path, "Value is not "+v.meaning.name, err.Error())
	}
}
