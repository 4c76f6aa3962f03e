package object

import (
	"encoding/json"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	datasource "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	resource "github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/float64default"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64default"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
)

type stringKind struct{ stringType }

func (k stringKind) attrType() attr.Type { return k.stringType }

func (k stringKind) decode(raw json.RawMessage) (attr.Value, error) {
	text, err := decodeTo[string](raw)
	return k.value(basetypes.NewStringValue(text)), err
}

func (k stringKind) encode(value attr.Value) any {
	switch text := StringOf(value); k.meaning {
	case pathMeaning:
		// Servers before 1.22 take a path as it is spelled, and not each spelling.
		return labelstudio.NormalPath(text)
	case xmlMeaning:
		return labelstudio.WithoutXMLDeclaration(text)
	default:
		return text
	}
}

func (k stringKind) secret() Type { return k.hide() }

func (k stringKind) hide() stringKind {
	k.hidden = true
	return k
}

func (stringKind) accepts(v validator.Describer) bool { return accepts[validator.String](v) }

func (k stringKind) resource(a Attribute) resource.Attribute {
	attribute := resource.StringAttribute{
		CustomType:          k.stringType,
		MarkdownDescription: a.describe(),
		Required:            a.Required,
		Optional:            a.optional(),
		Computed:            a.computed(),
		Sensitive:           a.Secret,
		WriteOnly:           a.writeOnly,
		Validators:          validatorsOf[validator.String](a),
	}
	if a.Default != nil {
		attribute.Default = stringdefault.StaticString(StringOf(a.defaultValue()))
	}
	return attribute
}

func (k stringKind) dataSource(a Attribute, lookup bool) datasource.Attribute {
	return datasource.StringAttribute{CustomType: k.stringType, MarkdownDescription: a.Description, Optional: lookup, Computed: true}
}

// Prefixed is a text that has a prefix in the API and none in Terraform.
func Prefixed(prefix string) Type {
	return prefixedKind{stringKind{stringType{meaning: textMeaning}}, prefix}
}

type prefixedKind struct {
	stringKind

	prefix string
}

func (k prefixedKind) decode(raw json.RawMessage) (attr.Value, error) {
	text, err := decodeTo[string](raw)
	return k.value(basetypes.NewStringValue(strings.TrimPrefix(text, k.prefix))), err
}

func (k prefixedKind) encode(value attr.Value) any {
	return k.prefix + labelstudio.Strip(StringOf(value))
}

func (k prefixedKind) secret() Type { return prefixedKind{k.hide(), k.prefix} }

// jsonKind is a string in Terraform and any value in the API.
type jsonKind struct{ stringKind }

func (k jsonKind) decode(raw json.RawMessage) (attr.Value, error) {
	return k.value(basetypes.NewStringValue(string(raw))), nil
}

func (jsonKind) encode(value attr.Value) any { return json.RawMessage(StringOf(value)) }

func (k jsonKind) secret() Type { return jsonKind{k.hide()} }

type boolKind struct{}

func (boolKind) attrType() attr.Type { return types.BoolType }

func (boolKind) decode(raw json.RawMessage) (attr.Value, error) {
	flag, err := decodeTo[bool](raw)
	return types.BoolValue(flag), err
}

func (boolKind) encode(value attr.Value) any { return BoolOf(value) }

func (boolKind) secret() Type { return nil }

func (boolKind) accepts(v validator.Describer) bool { return accepts[validator.Bool](v) }

func (boolKind) resource(a Attribute) resource.Attribute {
	attribute := resource.BoolAttribute{
		MarkdownDescription: a.describe(),
		Required:            a.Required,
		Optional:            a.optional(),
		Computed:            a.computed(),
		Validators:          validatorsOf[validator.Bool](a),
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
	number, err := decodeTo[int64](raw)
	return types.Int64Value(number), err
}

func (int64Kind) encode(value attr.Value) any { return Int64Of(value) }

func (int64Kind) secret() Type { return nil }

func (int64Kind) accepts(v validator.Describer) bool { return accepts[validator.Int64](v) }

func (int64Kind) resource(a Attribute) resource.Attribute {
	attribute := resource.Int64Attribute{
		MarkdownDescription: a.describe(),
		Required:            a.Required,
		Optional:            a.optional(),
		Computed:            a.computed(),
		Validators:          validatorsOf[validator.Int64](a),
	}
	if a.Default != nil {
		attribute.Default = int64default.StaticInt64(Int64Of(a.defaultValue()))
	}
	return attribute
}

func (int64Kind) dataSource(a Attribute, lookup bool) datasource.Attribute {
	return datasource.Int64Attribute{MarkdownDescription: a.Description, Optional: lookup, Computed: true}
}

type float64Kind struct{}

func (float64Kind) attrType() attr.Type { return types.Float64Type }

func (float64Kind) decode(raw json.RawMessage) (attr.Value, error) {
	number, err := decodeTo[float64](raw)
	return types.Float64Value(number), err
}

func (float64Kind) encode(value attr.Value) any { return float64Of(value) }

func (float64Kind) secret() Type { return nil }

func (float64Kind) accepts(v validator.Describer) bool { return accepts[validator.Float64](v) }

func (float64Kind) resource(a Attribute) resource.Attribute {
	attribute := resource.Float64Attribute{
		MarkdownDescription: a.describe(),
		Required:            a.Required,
		Optional:            a.optional(),
		Computed:            a.computed(),
		Validators:          validatorsOf[validator.Float64](a),
	}
	if a.Default != nil {
		attribute.Default = float64default.StaticFloat64(float64Of(a.defaultValue()))
	}
	return attribute
}

func (float64Kind) dataSource(a Attribute, lookup bool) datasource.Attribute {
	return datasource.Float64Attribute{MarkdownDescription: a.Description, Optional: lookup, Computed: true}
}

func float64Of(value attr.Value) float64 {
	number, _ := value.(basetypes.Float64Value)
	return number.ValueFloat64()
}

func decodeTo[T any](raw json.RawMessage) (T, error) {
	var value T
	err := json.Unmarshal(raw, &value)
	return value, err
}
