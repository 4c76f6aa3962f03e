package object

import (
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework-jsontypes/jsontypes"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	datasource "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	resource "github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64default"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
)

// Type says what an attribute holds.
type Type interface {
	attrType() attr.Type
	// decode turns a field of an answer, which is not null, into a value.
	decode(raw json.RawMessage) (attr.Value, error)
	// encode turns a known value that is not null into what JSON carries.
	encode(value attr.Value) any
	resource(a Attribute) resource.Attribute
	dataSource(a Attribute, lookup bool) datasource.Attribute
}

// The types of attributes.
var (
	// Text is a string whose outer blanks don't count.
	Text Type = stringKind{stringType{meaning: textMeaning}}
	// Secret is a text that is kept out of plans, messages, logs and data sources.
	Secret Type = stringKind{stringType{meaning: secretMeaning}}
	// Path is a path of the server's file system.
	Path Type = stringKind{stringType{meaning: pathMeaning}}
	// XML is a labelling configuration.
	XML Type = stringKind{stringType{meaning: xmlMeaning}}
	// HTML is a text that the server sanitises.
	HTML Type = stringKind{stringType{meaning: htmlMeaning}}
	// Time is an RFC 3339 timestamp.
	Time Type = stringKind{stringType{meaning: timeMeaning}}
	// JSON is any JSON value, as text.
	JSON Type = jsonKind{}
	// Bool is true or false.
	Bool Type = boolKind{}
	// Int64 is a whole number.
	Int64 Type = int64Kind{}
)

type stringKind struct{ stringType }

func (k stringKind) attrType() attr.Type { return k.stringType }

func (k stringKind) decode(raw json.RawMessage) (attr.Value, error) {
	var text string
	if err := json.Unmarshal(raw, &text); err != nil {
		return nil, err
	}
	return stringValue{StringValue: basetypes.NewStringValue(text), meaning: k.meaning}, nil
}

func (k stringKind) encode(value attr.Value) any {
	if k == Path {
		// Servers before 1.22 take a path as it is spelled, and not each spelling.
		return labelstudio.NormalPath(StringOf(value))
	}
	return StringOf(value)
}

func (k stringKind) resource(a Attribute) resource.Attribute {
	attribute := resource.StringAttribute{
		CustomType:          k.stringType,
		MarkdownDescription: a.describe(),
		Required:            a.Required,
		Optional:            a.Settable() && !a.Required,
		Computed:            !a.Settable() || a.Default != nil,
		Sensitive:           k == Secret,
		Validators:          a.Strings,
	}
	if a.Default != nil {
		attribute.Default = stringdefault.StaticString(StringOf(a.defaultValue()))
	}
	return attribute
}

func (k stringKind) dataSource(a Attribute, lookup bool) datasource.Attribute {
	return datasource.StringAttribute{CustomType: k.stringType, MarkdownDescription: a.Description, Optional: lookup, Computed: true}
}

type jsonKind struct{}

func (jsonKind) attrType() attr.Type { return jsontypes.NormalizedType{} }

func (jsonKind) decode(raw json.RawMessage) (attr.Value, error) {
	return jsontypes.NewNormalizedValue(string(raw)), nil
}

func (jsonKind) encode(value attr.Value) any { return json.RawMessage(StringOf(value)) }

func (jsonKind) resource(a Attribute) resource.Attribute {
	return resource.StringAttribute{
		CustomType:          jsontypes.NormalizedType{},
		MarkdownDescription: a.describe(),
		Optional:            a.Settable(),
		Computed:            !a.Settable(),
	}
}

func (jsonKind) dataSource(a Attribute, lookup bool) datasource.Attribute {
	return datasource.StringAttribute{CustomType: jsontypes.NormalizedType{}, MarkdownDescription: a.Description, Optional: lookup, Computed: true}
}

type boolKind struct{}

func (boolKind) attrType() attr.Type { return types.BoolType }

func (boolKind) decode(raw json.RawMessage) (attr.Value, error) {
	var flag bool
	if err := json.Unmarshal(raw, &flag); err != nil {
		return nil, err
	}
	return types.BoolValue(flag), nil
}

func (boolKind) encode(value attr.Value) any { return BoolOf(value) }

func (boolKind) resource(a Attribute) resource.Attribute {
	attribute := resource.BoolAttribute{
		MarkdownDescription: a.describe(),
		Required:            a.Required,
		Optional:            a.Settable() && !a.Required,
		Computed:            !a.Settable() || a.Default != nil,
	}
	if a.Default != nil {
		attribute.Default = booldefault.StaticBool(BoolOf(a.defaultValue()))
	}
	return attribute
}

func (boolKind) dataSource(a Attribute, lookup bool) datasource.Attribute {
	return datasource.BoolAttribute{MarkdownDescription: a.Description, Optional: lookup, Computed: true}
}

type int64Kind struct{}

func (int64Kind) attrType() attr.Type { return types.Int64Type }

func (int64Kind) decode(raw json.RawMessage) (attr.Value, error) {
	var number int64
	if err := json.Unmarshal(raw, &number); err != nil {
		return nil, err
	}
	return types.Int64Value(number), nil
}

func (int64Kind) encode(value attr.Value) any { return Int64Of(value) }

func (int64Kind) resource(a Attribute) resource.Attribute {
	attribute := resource.Int64Attribute{
		MarkdownDescription: a.describe(),
		Required:            a.Required,
		Optional:            a.Settable() && !a.Required,
		Computed:            !a.Settable() || a.Default != nil,
		Validators:          a.Numbers,
	}
	if a.Default != nil {
		attribute.Default = int64default.StaticInt64(Int64Of(a.defaultValue()))
	}
	return attribute
}

func (int64Kind) dataSource(a Attribute, lookup bool) datasource.Attribute {
	return datasource.Int64Attribute{MarkdownDescription: a.Description, Optional: lookup, Computed: true}
}
