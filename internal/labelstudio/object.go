package labelstudio

import (
	"encoding/json"
	"time"
)

// Object is a JSON object of a response, by its fields.
type Object map[string]json.RawMessage

// ID is the object's id, 0 if it has none.
func (o Object) ID() int64 {
	return o.Int("id")
}

// Text is the text in a field, empty if the field is null, missing or not a text.
func (o Object) Text(field string) string {
	return valueOf[string](o, field)
}

// Int is the whole number in a field, 0 if the field is null, missing or not a whole number.
func (o Object) Int(field string) int64 {
	return valueOf[int64](o, field)
}

// Bool is the boolean in a field, false if the field is null, missing or not a boolean.
func (o Object) Bool(field string) bool {
	return valueOf[bool](o, field)
}

// createdAt is when the server made the object, zero if it does not say.
func (o Object) createdAt() time.Time {
	created, _ := time.Parse(time.RFC3339, o.Text("created_at"))
	return created
}

func valueOf[T any](o Object, field string) T {
	var value, none T
	if json.Unmarshal(o[field], &value) != nil {
		return none
	}
	return value
}
