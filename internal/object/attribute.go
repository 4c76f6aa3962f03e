package object

import (
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	datasource "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	resource "github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// Attribute is one field of an API object.
type Attribute struct {
	// Name is the field's name in the API and the attribute's in Terraform.
	Name string
	// Description tells a user the meaning, the unit and what changes it. The
	// default and the replacement are added from the fields below.
	Description string
	Type        Type

	// Required attributes have to be in the configuration.
	Required bool
	// Default is the server's default, a bool, an int or a string. Without one,
	// null is a value of its own.
	Default any
	// Before is what servers do that are older than the field, if not the default.
	Before any
	// ReadOnly attributes are set once by the server.
	ReadOnly bool
	// Volatile attributes are read-only and change without Terraform: a
	// colleague's sync is enough.
	Volatile bool
	// Replaces marks what can't be changed in place.
	Replaces bool
	// Repeat marks what the server wants in each PATCH, changed or not.
	Repeat bool

	Strings []validator.String
	Numbers []validator.Int64
}

// Table is an object's attributes.
type Table []Attribute

// Settable tells whether a configuration may set the attribute.
func (a Attribute) Settable() bool { return !a.ReadOnly && !a.Volatile }

// describe is the attribute's whole description in a resource's documentation.
func (a Attribute) describe() string {
	text := a.Description
	if a.Default != nil {
		text += fmt.Sprintf(" Defaults to `%#v`.", a.Default)
	}
	if a.Replaces {
		text += " Changing it replaces the object."
	}
	return text
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
		attributes[a.Name] = a.Type.resource(a)
		if a.Type == Secret {
			attributes[a.writeOnly()] = a.writeOnlyAttribute()
			attributes[a.version()] = a.versionAttribute()
		}
	}
	return attributes
}

// Public is the table without its secrets: what a data source may show.
func (t Table) Public() Table {
	public := make(Table, 0, len(t))
	for _, a := range t {
		if a.Type != Secret {
			public = append(public, a)
		}
	}
	return public
}

// DataSourceAttributes is the table as a data source's schema. The attributes
// named in lookup may be set, to find the object by them.
func (t Table) DataSourceAttributes(lookup ...string) map[string]datasource.Attribute {
	attributes := make(map[string]datasource.Attribute, len(t))
	for _, a := range t {
		attributes[a.Name] = a.Type.dataSource(a, slices.Contains(lookup, a.Name))
	}
	return attributes
}

// AttributeTypes are the types of the table's attributes, as an object's type
// needs them.
func (t Table) AttributeTypes() map[string]attr.Type {
	attributeTypes := make(map[string]attr.Type, len(t))
	for _, a := range t {
		attributeTypes[a.Name] = a.Type.attrType()
	}
	return attributeTypes
}
