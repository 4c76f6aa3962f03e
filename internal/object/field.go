package object

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
)

// field is where the API keeps the attribute's value.
func (a Attribute) field() string {
	if a.Field != "" {
		return a.Field
	}
	return a.Name
}

// Fields are the names of the fields in which the API keeps the attributes. Of nested
// fields it is the outermost one.
func (t Table) Fields() []string {
	fields := make([]string, len(t))
	for i, a := range t {
		fields[i], _, _ = strings.Cut(a.field(), ".")
	}
	return fields
}

// in finds the attribute's field in a response. It reports false where the field is
// missing, or an object that it lies in.
func (a Attribute) in(response labelstudio.Object) (json.RawMessage, bool) {
	field := a.field()
	for {
		parent, rest, nested := strings.Cut(field, ".")
		raw, found := response[parent]
		if !nested {
			return raw, found
		}
		field, response = rest, nil
		if json.Unmarshal(raw, &response) != nil {
			return nil, false
		}
	}
}

// put sets a field of a body. The objects that the field lies in begin with what the
// server has in them: it replaces such an object as a whole, with the fields that no
// attribute manages.
func put(body map[string]any, field string, value any, server labelstudio.Object) {
	parent, rest, nested := strings.Cut(field, ".")
	if !nested {
		body[field] = value
		return
	}
	inner, begun := body[parent].(map[string]any)
	if !begun {
		inner = fieldsOf(server[parent])
		body[parent] = inner
	}
	put(inner, rest, value, nil) // whatever the server has is in inner
}

// fieldsOf are the fields of a JSON object with all digits of its numbers, none if
// there is no object.
func fieldsOf(raw json.RawMessage) map[string]any {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var fields map[string]any
	if err := decoder.Decode(&fields); err != nil || fields == nil {
		return map[string]any{}
	}
	return fields
}

// marshal writes a value that comes from a table or from Terraform as JSON.
func marshal(value any) json.RawMessage {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		panic(fmt.Sprintf("%v is no JSON: %v", value, err))
	}
	return bytes.TrimSpace(text.Bytes())
}
