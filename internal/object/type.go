package object

import (
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	datasource "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	resource "github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// Type says what an attribute holds.
type Type interface {
	attrType() attr.Type
	// decode turns JSON that is not null into a value.
	decode(raw json.RawMessage) (attr.Value, error)
	// encode turns a known value into what encoding/json writes.
	encode(value attr.Value) any
	// secret is the type of the same values that messages and logs don't show, nil
	// if there is none.
	secret() Type
	// accepts tells whether the validator is for values of the type.
	accepts(v validator.Describer) bool
	resource(a Attribute) resource.Attribute
	dataSource(a Attribute, lookup bool) datasource.Attribute
}

// The types of attributes. List, Set, Map and Nested are made of others.
var (
	// String is a string that the server keeps as it is.
	String Type = stringKind{stringType{meaning: exactMeaning}}
	// Text is a string whose outer blanks don't count.
	Text Type = stringKind{stringType{meaning: textMeaning}}
	// Path is a path of the server's file system.
	Path Type = stringKind{stringType{meaning: pathMeaning}}
	// XML is a labeling configuration.
	XML Type = stringKind{stringType{meaning: xmlMeaning}}
	// HTML is a text that the server sanitises.
	HTML Type = stringKind{stringType{meaning: htmlMeaning}}
	// Time is an RFC 3339 timestamp.
	Time Type = stringKind{stringType{meaning: timeMeaning}}
	// JSON is any JSON value, as text.
	JSON Type = jsonKind{stringKind{stringType{meaning: jsonMeaning}}}
	// Bool is true or false.
	Bool Type = boolKind{}
	// Int64 is a whole number.
	Int64 Type = int64Kind{}
	// Float64 is a number.
	Float64 Type = float64Kind{}
)

func accepts[V validator.Describer](v validator.Describer) bool {
	_, ok := v.(V)
	return ok
}
