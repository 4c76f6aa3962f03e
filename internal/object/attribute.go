package object

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	datasource "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	resource "github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// Attribute is one field of an API object.
type Attribute struct {
	// Name is the attribute's name in Terraform, and the field's in the API.
	Name string
	// Field is where the API keeps the value if not under Name: the name of the
	// field, after the names of the objects that it lies in: "data.columnsWidth".
	Field string
	// Description tells a user the meaning, the unit and what changes it. The
	// default and the replacement are added from the fields below.
	Description string
	Type        Type

	// Required attributes have to be in the configuration.
	Required bool
	// Needed attributes have to be set to create an object. They are not Required, because
	// the server may hold an object without one, and Terraform could not import that.
	Needed bool
	// Default is the server's default, as encoding/json writes it for the API.
	// Without one, null is a value of its own.
	Default any
	// Initial is what the API gets for null, as encoding/json writes it, if null leaves the
	// value to other clients. The state keeps null whatever the server has. An import reads
	// the value, unless it is the initial one.
	Initial any
	// LegacyDefault is what servers do that are older than the field, if not the default.
	LegacyDefault any
	// Computed attributes stay as the server has them where the configuration doesn't set them.
	Computed bool
	// ReadOnly attributes are set once by the server.
	ReadOnly bool
	// Volatile attributes are read-only and change without Terraform: a
	// colleague's sync is enough.
	Volatile bool
	// Replaces marks what can't be changed in place.
	Replaces bool
	// AlwaysSend marks what the server wants in each PATCH, changed or not.
	AlwaysSend bool
	// Secret attributes are kept out of plans, messages, logs and data sources,
	// and never read from a response. Each has a write-only twin of its type.
	Secret bool
	// StoredFlag is the field by which the server tells that it has a value of a secret. Such
	// a server refuses null, keeps its value when a PATCH sends "", and can't give the value
	// up: taking it out of the configuration replaces the object.
	StoredFlag string

	// Validators are those of the attribute's type, such as validator.String. They refuse
	// what no object on a server can have.
	Validators []validator.Describer
	// Refuse says what is wrong with a value that a server may hold, but refuses or can do
	// nothing with, as the end of a sentence that begins with the attribute's name; "" if
	// nothing is. It is asked for new and changed values, so that any object can be imported.
	// It must not repeat the value, which may be sensitive.
	Refuse func(value attr.Value) string

	// writeOnly marks the twin of a secret.
	writeOnly bool
}

// Table is an object's attributes.
type Table []Attribute

// Settable tells whether a configuration may set the attribute.
func (a Attribute) Settable() bool { return !a.ReadOnly && !a.Volatile }

func (a Attribute) optional() bool { return a.Settable() && !a.Required }

func (a Attribute) computed() bool { return !a.Settable() || a.Default != nil || a.Computed }

// valueType is the type of the attribute's values. Those of a secret hide themselves
// in messages and logs.
func (a Attribute) valueType() Type {
	if a.Secret {
		return a.Type.secret()
	}
	return a.Type
}

func (a Attribute) attrType() attr.Type { return a.valueType().attrType() }

// describe is the attribute's whole description in a resource's documentation.
func (a Attribute) describe() string {
	text := a.Description
	if a.Default != nil {
		text += " Defaults to `" + string(marshal(a.Default)) + "`."
	}
	if a.Computed {
		text += " If not set, the server's value does not change."
	}
	if a.Needed {
		text += " Required to create the object."
	}
	if a.StoredFlag != "" {
		text += " The server can't remove it, so removing it from the configuration replaces the object."
	}
	if a.Replaces {
		text += " Changing it replaces the object."
	}
	return text
}

// validatorsOf are the attribute's validators as its type wants them.
func validatorsOf[V validator.Describer](a Attribute) []V {
	var typed []V
	for _, v := range a.Validators {
		if v, ok := v.(V); ok { // Check makes sure that each is
			typed = append(typed, v)
		}
	}
	return typed
}

// Names lists the attributes' names in the order of the table.
func (t Table) Names() []string {
	names := make([]string, len(t))
	for i, a := range t {
		names[i] = a.Name
	}
	return names
}

// ResourceAttributes is the table as part of a resource's schema.
func (t Table) ResourceAttributes() map[string]resource.Attribute {
	attributes := make(map[string]resource.Attribute, len(t))
	for _, a := range t {
		attributes[a.Name] = a.valueType().resource(a)
		if a.Secret {
			twin := a.writeOnlyTwin()
			attributes[twin.Name] = twin.valueType().resource(twin)
			attributes[a.versionName()] = a.versionAttribute()
		}
	}
	return attributes
}

// within is the table as attributes of another one, which may be read-only or
// write-only as a whole.
func (t Table) within(outer Attribute) Table {
	inner := slices.Clone(t)
	for i := range inner {
		inner[i].writeOnly = outer.writeOnly
		if !outer.Settable() {
			inner[i].ReadOnly, inner[i].Required, inner[i].Default = true, false, nil
		}
	}
	return inner
}

// Public is the table without its secrets: what a data source may show.
func (t Table) Public() Table {
	return slices.DeleteFunc(slices.Clone(t), func(a Attribute) bool { return a.Secret })
}

// DataSourceAttributes is the table as a data source's schema. The attributes
// named in lookup may be set, to find the object by them.
func (t Table) DataSourceAttributes(lookup ...string) map[string]datasource.Attribute {
	attributes := make(map[string]datasource.Attribute, len(t))
	for _, a := range t {
		attributes[a.Name] = a.valueType().dataSource(a, slices.Contains(lookup, a.Name))
	}
	return attributes
}

// AttributeTypes are the types of the table's attributes, as an object's type
// needs them.
func (t Table) AttributeTypes() map[string]attr.Type {
	attributeTypes := make(map[string]attr.Type, len(t))
	for _, a := range t {
		attributeTypes[a.Name] = a.attrType()
	}
	return attributeTypes
}
