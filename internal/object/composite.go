package object

import (
	"encoding/json"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	datasource "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	resource "github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/defaults"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/listdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/mapdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/objectdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/setdefault"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
)

// List is a JSON array whose order counts.
func List(element Type) Type { return listKind{element} }

// Set is a JSON array in which order and repetition don't count.
func Set(element Type) Type { return setKind{element} }

// Map is a JSON object whose keys the user chooses.
func Map(element Type) Type { return mapKind{element} }

// Nested is a JSON object with the attributes of a table. A body holds these alone,
// whatever else the server has in the object.
func Nested(table Table) Type { return nestedKind{table} }

type listKind struct{ element Type }

func (k listKind) attrType() attr.Type { return types.ListType{ElemType: k.element.attrType()} }

func (k listKind) decode(raw json.RawMessage) (attr.Value, error) {
	elements, err := decodeElements(k.element, raw)
	return types.ListValueMust(k.element.attrType(), elements), err
}

func (k listKind) encode(value attr.Value) any { return encodeElements(k.element, value) }

func (k listKind) secret() Type {
	if element := k.element.secret(); element != nil {
		return listKind{element}
	}
	return nil
}

func (listKind) accepts(v validator.Describer) bool { return accepts[validator.List](v) }

func (k listKind) fallback(a Attribute) defaults.List {
	if list, ok := a.defaultValue().(types.List); ok {
		return listdefault.StaticValue(list)
	}
	return nil
}

func (k listKind) resource(a Attribute) resource.Attribute {
	if nested, ok := k.element.(nestedKind); ok {
		return resource.ListNestedAttribute{
			NestedObject:        resource.NestedAttributeObject{Attributes: nested.resourceAttributes(a)},
			MarkdownDescription: a.describe(),
			Required:            a.Required,
			Optional:            a.optional(),
			Computed:            a.computed(),
			Sensitive:           a.Secret,
			WriteOnly:           a.writeOnly,
			Validators:          validatorsOf[validator.List](a),
			Default:             k.fallback(a),
		}
	}
	return resource.ListAttribute{
		ElementType:         k.element.attrType(),
		MarkdownDescription: a.describe(),
		Required:            a.Required,
		Optional:            a.optional(),
		Computed:            a.computed(),
		Sensitive:           a.Secret,
		WriteOnly:           a.writeOnly,
		Validators:          validatorsOf[validator.List](a),
		Default:             k.fallback(a),
	}
}

func (k listKind) dataSource(a Attribute, lookup bool) datasource.Attribute {
	if nested, ok := k.element.(nestedKind); ok {
		return datasource.ListNestedAttribute{
			NestedObject:        datasource.NestedAttributeObject{Attributes: nested.table.DataSourceAttributes()},
			MarkdownDescription: a.Description, Optional: lookup, Computed: true,
		}
	}
	return datasource.ListAttribute{ElementType: k.element.attrType(), MarkdownDescription: a.Description, Optional: lookup, Computed: true}
}

type setKind struct{ element Type }

func (k setKind) attrType() attr.Type { return types.SetType{ElemType: k.element.attrType()} }

func (k setKind) decode(raw json.RawMessage) (attr.Value, error) {
	elements, err := decodeElements(k.element, raw)
	distinct := make([]attr.Value, 0, len(elements))
	for _, element := range elements {
		if !holds(distinct, element) {
			distinct = append(distinct, element)
		}
	}
	return types.SetValueMust(k.element.attrType(), distinct), err
}

func (k setKind) encode(value attr.Value) any { return encodeElements(k.element, value) }

// secret is nil: Terraform has no write-only sets.
func (setKind) secret() Type { return nil }

func (setKind) accepts(v validator.Describer) bool { return accepts[validator.Set](v) }

func (k setKind) fallback(a Attribute) defaults.Set {
	if set, ok := a.defaultValue().(types.Set); ok {
		return setdefault.StaticValue(set)
	}
	return nil
}

func (k setKind) resource(a Attribute) resource.Attribute {
	if nested, ok := k.element.(nestedKind); ok {
		return resource.SetNestedAttribute{
			NestedObject:        resource.NestedAttributeObject{Attributes: nested.resourceAttributes(a)},
			MarkdownDescription: a.describe(),
			Required:            a.Required,
			Optional:            a.optional(),
			Computed:            a.computed(),
			Validators:          validatorsOf[validator.Set](a),
			Default:             k.fallback(a),
		}
	}
	return resource.SetAttribute{
		ElementType:         k.element.attrType(),
		MarkdownDescription: a.describe(),
		Required:            a.Required,
		Optional:            a.optional(),
		Computed:            a.computed(),
		Validators:          validatorsOf[validator.Set](a),
		Default:             k.fallback(a),
	}
}

func (k setKind) dataSource(a Attribute, lookup bool) datasource.Attribute {
	if nested, ok := k.element.(nestedKind); ok {
		return datasource.SetNestedAttribute{
			NestedObject:        datasource.NestedAttributeObject{Attributes: nested.table.DataSourceAttributes()},
			MarkdownDescription: a.Description, Optional: lookup, Computed: true,
		}
	}
	return datasource.SetAttribute{ElementType: k.element.attrType(), MarkdownDescription: a.Description, Optional: lookup, Computed: true}
}

type mapKind struct{ element Type }

func (k mapKind) attrType() attr.Type { return types.MapType{ElemType: k.element.attrType()} }

func (k mapKind) decode(raw json.RawMessage) (attr.Value, error) {
	elements := map[string]attr.Value{}
	fields, err := decodeTo[map[string]json.RawMessage](raw)
	for _, key := range slices.Sorted(maps.Keys(fields)) {
		if elements[key], err = decode(k.element, fields[key]); err != nil {
			return nil, err
		}
	}
	return types.MapValueMust(k.element.attrType(), elements), err
}

func (k mapKind) encode(value attr.Value) any {
	fields := map[string]any{}
	if value, ok := value.(types.Map); ok {
		for key, element := range value.Elements() {
			fields[key] = encode(k.element, element)
		}
	}
	return fields
}

func (k mapKind) secret() Type {
	if element := k.element.secret(); element != nil {
		return mapKind{element}
	}
	return nil
}

func (mapKind) accepts(v validator.Describer) bool { return accepts[validator.Map](v) }

func (k mapKind) fallback(a Attribute) defaults.Map {
	if value, ok := a.defaultValue().(types.Map); ok {
		return mapdefault.StaticValue(value)
	}
	return nil
}

func (k mapKind) resource(a Attribute) resource.Attribute {
	if nested, ok := k.element.(nestedKind); ok {
		return resource.MapNestedAttribute{
			NestedObject:        resource.NestedAttributeObject{Attributes: nested.resourceAttributes(a)},
			MarkdownDescription: a.describe(),
			Required:            a.Required,
			Optional:            a.optional(),
			Computed:            a.computed(),
			Sensitive:           a.Secret,
			WriteOnly:           a.writeOnly,
			Validators:          validatorsOf[validator.Map](a),
			Default:             k.fallback(a),
		}
	}
	return resource.MapAttribute{
		ElementType:         k.element.attrType(),
		MarkdownDescription: a.describe(),
		Required:            a.Required,
		Optional:            a.optional(),
		Computed:            a.computed(),
		Sensitive:           a.Secret,
		WriteOnly:           a.writeOnly,
		Validators:          validatorsOf[validator.Map](a),
		Default:             k.fallback(a),
	}
}

func (k mapKind) dataSource(a Attribute, lookup bool) datasource.Attribute {
	if nested, ok := k.element.(nestedKind); ok {
		return datasource.MapNestedAttribute{
			NestedObject:        datasource.NestedAttributeObject{Attributes: nested.table.DataSourceAttributes()},
			MarkdownDescription: a.Description, Optional: lookup, Computed: true,
		}
	}
	return datasource.MapAttribute{ElementType: k.element.attrType(), MarkdownDescription: a.Description, Optional: lookup, Computed: true}
}

type nestedKind struct{ table Table }

func (k nestedKind) attrType() attr.Type {
	return types.ObjectType{AttrTypes: k.table.AttributeTypes()}
}

func (k nestedKind) decode(raw json.RawMessage) (attr.Value, error) {
	fields, err := decodeTo[labelstudio.Object](raw)
	if err != nil {
		return nil, err
	}
	return k.table.ObjectFrom(fields)
}

func (k nestedKind) encode(value attr.Value) any {
	object, ok := value.(types.Object)
	if !ok {
		return nil
	}
	return k.table.CreateBody(object, object)
}

func (k nestedKind) secret() Type {
	hidden := slices.Clone(k.table)
	for i := range hidden {
		if hidden[i].Type = hidden[i].Type.secret(); hidden[i].Type == nil {
			return nil
		}
	}
	return nestedKind{hidden}
}

func (nestedKind) accepts(v validator.Describer) bool { return accepts[validator.Object](v) }

func (k nestedKind) resourceAttributes(outer Attribute) map[string]resource.Attribute {
	return k.table.within(outer).ResourceAttributes()
}

func (k nestedKind) resource(a Attribute) resource.Attribute {
	attribute := resource.SingleNestedAttribute{
		Attributes:          k.resourceAttributes(a),
		MarkdownDescription: a.describe(),
		Required:            a.Required,
		Optional:            a.optional(),
		Computed:            a.computed(),
		Sensitive:           a.Secret,
		WriteOnly:           a.writeOnly,
		Validators:          validatorsOf[validator.Object](a),
	}
	if value, ok := a.defaultValue().(types.Object); ok {
		attribute.Default = objectdefault.StaticValue(value)
	}
	return attribute
}

func (k nestedKind) dataSource(a Attribute, lookup bool) datasource.Attribute {
	return datasource.SingleNestedAttribute{
		Attributes:          k.table.DataSourceAttributes(),
		MarkdownDescription: a.Description, Optional: lookup, Computed: true,
	}
}

// decode turns JSON, which may be null, into a value.
func decode(t Type, raw json.RawMessage) (attr.Value, error) {
	if string(raw) == "null" {
		return nullOf(t.attrType()), nil
	}
	return t.decode(raw)
}

func decodeElements(t Type, raw json.RawMessage) ([]attr.Value, error) {
	raws, err := decodeTo[[]json.RawMessage](raw)
	elements := make([]attr.Value, len(raws))
	for i, raw := range raws {
		if elements[i], err = decode(t, raw); err != nil {
			return nil, err
		}
	}
	return elements, err
}

func encodeElements(t Type, value attr.Value) []any {
	elements := []any{}
	for _, element := range elementsOf(value) {
		elements = append(elements, encode(t, element))
	}
	return elements
}
