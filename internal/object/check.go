package object

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Check tells what is wrong with the table: properties that contradict each other,
// and those that a type would ignore. A unit test checks each table of the provider.
func (t Table) Check() error {
	problems := t.checkNames()
	for _, a := range t {
		for _, problem := range a.check() {
			problems = append(problems, fmt.Errorf("%s: %w", a.Name, problem))
		}
	}
	return errors.Join(problems...)
}

// checkNames finds attributes that stand in the way of others, in Terraform or in the API.
func (t Table) checkNames() []error {
	var problems []error
	names := map[string]bool{}
	for i, a := range t {
		own := []string{a.Name}
		if a.Secret {
			own = append(own, a.writeOnlyName(), a.versionName())
		}
		for _, name := range own {
			if name == "" || names[name] {
				problems = append(problems, fmt.Errorf("the name %q is empty or taken", name))
			}
			names[name] = true
		}
		for _, other := range t[i+1:] {
			if x, y := a.field()+".", other.field()+"."; strings.HasPrefix(x, y) || strings.HasPrefix(y, x) {
				problems = append(problems, fmt.Errorf("%s and %s: one field is the other, or lies in it", a.Name, other.Name))
			}
		}
	}
	return problems
}

// check tells what is wrong with one attribute.
func (a Attribute) check() []error {
	if a.Type == nil {
		return []error{errors.New("it has no type")}
	}
	var problems []error
	refuse := func(wrong bool, problem string) {
		if wrong {
			problems = append(problems, errors.New(problem))
		}
	}
	refuse((a.Required || a.Needed) && a.Default != nil, "a required attribute needs no default")
	refuse(a.Required && a.Needed, "a needed attribute is not required, or else it could not be imported without a value")
	refuse(a.ReadOnly && a.Volatile, "a volatile attribute is read-only anyway")
	refuse(!a.Settable() && (a.Required || a.Default != nil || a.Initial != nil || a.LegacyDefault != nil || a.Replaces || a.AlwaysSend || a.Secret || a.Validators != nil || a.Needed || a.Refuse != nil),
		"no configuration sets a read-only attribute, so it has nothing but name, field, type and description")
	refuse(a.Computed && (!a.Settable() || a.Required || a.Needed || a.Default != nil || a.Replaces || a.Secret), "a computed attribute is optional, without a default, changed in place, and no secret")
	refuse(a.StoredFlag != "" && (!a.Secret || a.AlwaysSend), "a flag of the server says that it has a secret, which each PATCH keeps by sending it empty")
	refuse(a.Initial != nil && (a.Default != nil || a.Required || a.Needed || a.Secret), "an initial value is for an attribute that need not be set, can be read, and has no default")
	refuse(a.Secret && a.Required, "a required secret could not be set as a write-only one")
	refuse(a.Secret && a.Type.secret() == nil, "a secret of this type would be shown, or can't be write-only")
	for _, v := range a.Validators {
		refuse(!a.Type.accepts(v), fmt.Sprintf("%T does not validate values of this type", v))
	}
	for _, of := range []any{a.Default, a.Initial, a.LegacyDefault} {
		if of != nil {
			_, err := a.Type.decode(marshal(of))
			refuse(err != nil, fmt.Sprintf("the default %v is not of the type: %v", of, err))
		}
	}
	refuse(a.Secret && hasDefaults(a.Type), "Terraform has no defaults inside write-only attributes")
	return append(problems, checkType(a.Type)...)
}

// checkType tells what is wrong with the tables in a type. Whether an attribute is
// read-only, secret or replaces the object is said of the outermost attribute.
func checkType(t Type) []error {
	switch t := t.(type) {
	case listKind:
		return checkType(t.element)
	case mapKind:
		return checkType(t.element)
	case setKind:
		if hasDefaults(t.element) {
			// https://github.com/hashicorp/terraform-plugin-framework/issues/783
			return []error{errors.New("the framework applies defaults inside sets to the wrong elements")}
		}
		return checkType(t.element)
	case nestedKind:
		var problems []error
		if err := t.table.Check(); err != nil {
			problems = append(problems, err)
		}
		for _, a := range t.table {
			if !a.Settable() || a.Secret || a.Replaces || a.AlwaysSend || a.Initial != nil || a.LegacyDefault != nil || a.Needed || a.Refuse != nil || a.Computed || a.StoredFlag != "" {
				problems = append(problems, fmt.Errorf("%s: these properties belong to the attribute that it is nested in", a.Name))
			}
		}
		return problems
	}
	return nil
}

// hasDefaults tells whether an attribute in a type has a default.
func hasDefaults(t Type) bool {
	switch t := t.(type) {
	case listKind:
		return hasDefaults(t.element)
	case setKind:
		return hasDefaults(t.element)
	case mapKind:
		return hasDefaults(t.element)
	case nestedKind:
		return slices.ContainsFunc(t.table, func(a Attribute) bool { return a.Default != nil || hasDefaults(a.Type) })
	}
	return false
}
