package object

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"
)

// sameJSON compares JSON texts. The server keeps the value and not the text: blanks,
// the order of keys and how a number is written don't count.
func sameJSON(a, b string) bool {
	first, firstErr := normalJSON(a)
	second, secondErr := normalJSON(b)
	if firstErr != nil || secondErr != nil {
		return a == b
	}
	return first == second
}

var (
	errNotJSON  = errors.New("it has to be JSON text, as jsonencode makes it")
	errJSONNull = errors.New("the JSON text null is read back as no value at all: leave the attribute out, or set it to null without jsonencode")
)

// checkJSON says what is wrong with a text as the value of an attribute.
func checkJSON(text string) error {
	normal, err := normalJSON(text)
	if normal == "null" {
		return errJSONNull
	}
	return err
}

func normalJSON(text string) (string, error) {
	if !json.Valid([]byte(text)) {
		return "", errNotJSON
	}
	// In an object, because that is what fieldsOf reads.
	fields := fieldsOf(json.RawMessage(`{"":` + text + `}`))
	return string(marshal(normalNumbers(fields[""]))), nil
}

// normalNumbers writes each number in a value in one way.
func normalNumbers(value any) any {
	switch value := value.(type) {
	case map[string]any:
		for key, inner := range value {
			value[key] = normalNumbers(inner)
		}
	case []any:
		for i, inner := range value {
			value[i] = normalNumbers(inner)
		}
	case json.Number:
		return normalNumber(value)
	}
	return value
}

// normalNumber keeps all digits of a whole number, as Python does, which reads any
// other number as a float.
func normalNumber(number json.Number) json.Number {
	text := number.String()
	if strings.ContainsAny(text, ".eE") {
		float, err := number.Float64()
		if err != nil { // too large for a float
			return number
		}
		text = strconv.FormatFloat(float, 'f', -1, 64)
	}
	if text == "-0" {
		return "0"
	}
	return json.Number(text)
}
