package view

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

// The server stores any tab. One with a type, a conjunction or an operator that the user
// interface does not know, or with a value of another JSON type, blanks the Data Manager of
// the whole project; the server fails to list the tasks of one whose value does not fit the
// type of its filter.

// empty is the operator that columns of each type have.
const empty = "empty"

// A comparison is what columns of some types can be compared by.
type comparison struct {
	types, operators []string
	// value says what the value has to be, in Markdown.
	value string
	// fits tells whether the value of a filter is that.
	fits func(column, operator string, value any) bool
}

var comparisons = []comparison{
	{[]string{"String", "Unknown", "Image", "Audio", "AudioPlus", "Video", "Text", "HyperText", "TimeSeries"},
		[]string{"contains", "not_contains", "regex", "equal", "not_equal"},
		"a text that is not empty", func(_, _ string, value any) bool { return isText(value) }},
	{[]string{"Number", "Time"},
		[]string{"equal", "not_equal", "less", "greater", "less_or_equal", "greater_or_equal", "in", "not_in"},
		"a number; for `in` and `not_in` `{ min = 1, max = 3 }`", func(_, operator string, value any) bool { return isOneOrRange(operator, value, isNumber) }},
	{[]string{"Datetime"},
		[]string{"less", "greater", "in", "not_in"},
		"a time such as `2021-01-01T00:00:00.000Z`, in UTC and with milliseconds; for `in` and `not_in` `{ min = …, max = … }`", func(_, operator string, value any) bool { return isOneOrRange(operator, value, isTime) }},
	{[]string{"Boolean"},
		[]string{"equal"},
		"`true` or `false`", func(_, _ string, value any) bool { return isBool(value) }},
	{[]string{"List"},
		[]string{"contains", "not_contains"},
		"the id of a user; for `tasks:predictions_model_versions` a list of versions", func(column, _ string, value any) bool { return isElement(column, value) }},
}

// comparisonOf is what columns of a type can be compared by, nil for a type that no column has.
func comparisonOf(columnType string) *comparison {
	i := slices.IndexFunc(comparisons, func(c comparison) bool { return slices.Contains(c.types, columnType) })
	if i < 0 {
		return nil
	}
	return &comparisons[i]
}

// typesOfColumns are all types.
func typesOfColumns() []string {
	var all []string
	for _, c := range comparisons {
		all = append(all, c.types...)
	}
	return all
}

func isText(value any) bool {
	text, ok := value.(string)
	return ok && strings.TrimSpace(text) != ""
}

func isNumber(value any) bool {
	_, ok := value.(float64)
	return ok
}

func isBool(value any) bool {
	_, ok := value.(bool)
	return ok
}

// isTime tells whether a value is a time as JavaScript writes it, which is what the server
// reads with strptime.
func isTime(value any) bool {
	text, _ := value.(string)
	const form = "2006-01-02T15:04:05.000Z"
	at, err := time.Parse(form, text)
	return err == nil && at.Format(form) == text
}

func isOneOrRange(operator string, value any, is func(any) bool) bool {
	if operator != "in" && operator != "not_in" {
		return is(value)
	}
	limits, ok := value.(map[string]any)
	return ok && len(limits) == 2 && is(limits["min"]) && is(limits["max"])
}

func isElement(column string, value any) bool {
	if column != "tasks:predictions_model_versions" {
		number, ok := value.(float64)
		return ok && number == math.Trunc(number)
	}
	versions, ok := value.([]any)
	return ok && len(versions) > 0 && !slices.ContainsFunc(versions, func(version any) bool { return !isText(version) })
}

func refuseTitle(text string) string {
	if text == "" {
		return "has to have a character that is not a blank"
	}
	return ""
}

// oneOf refuses all but some texts.
func oneOf(possible ...string) func(attr.Value) string {
	return func(value attr.Value) string {
		if slices.Contains(possible, object.StringOf(value)) {
			return ""
		}
		return "has to be one of " + strings.Join(possible, ", ")
	}
}

func refuseFilters(value attr.Value) string {
	of := attributesOf(value)
	if why := oneOf("and", "or")(of[conjunction]); why != "" {
		return "is wrong: " + conjunction + " " + why
	}
	for i, item := range elementsOf(of[items]) {
		if why := refuseFilter(attributesOf(item)); why != "" {
			return fmt.Sprintf("is wrong: in %s[%d], %s", items, i, why)
		}
	}
	return ""
}

// refuseFilter says what is wrong with a filter.
func refuseFilter(filter map[string]attr.Value) string {
	of := func(name string) string { return labelstudio.Strip(object.StringOf(filter[name])) }
	if why := refuseColumn(of(column)); why != "" {
		return column + " " + why
	}
	comparison := comparisonOf(of(columnType))
	if comparison == nil {
		return columnType + " has to be one of " + strings.Join(typesOfColumns(), ", ")
	}
	operators := append(slices.Clone(comparison.operators), empty)
	if !slices.Contains(operators, of(operator)) {
		return operator + " has to be one of " + strings.Join(operators, ", ") + " for a column of this type"
	}
	wanted, fits := comparison.value, comparison.fits
	if of(operator) == empty {
		wanted, fits = "`true` or `false`", func(_, _ string, value any) bool { return isBool(value) }
	}
	var decoded any
	if json.Unmarshal([]byte(of(value)), &decoded) != nil || !fits(of(column), of(operator), decoded) {
		return value + " has to be the JSON of " + strings.ReplaceAll(wanted, "`", "") + ", for a column of this type with this operator"
	}
	return ""
}

// refuseColumn says what is wrong with the id of a column.
func refuseColumn(id string) string {
	if name, ok := strings.CutPrefix(id, "tasks:"); !ok || name == "" {
		return "has to be the id of a column, which begins with tasks:, such as tasks:id or tasks:data.image"
	}
	return ""
}

func refuseOrdering(value attr.Value) string {
	if len(elementsOf(value)) > 1 {
		return "has to be a single column: the server orders by the first one alone"
	}
	for _, id := range elementsOf(value) {
		if why := refuseColumn(strings.TrimPrefix(object.StringOf(id), "-")); why != "" {
			return why + ", with - before it to begin with the largest"
		}
	}
	return ""
}

func refuseHiddenColumns(value attr.Value) string {
	for _, list := range attributesOf(value) {
		for _, id := range elementsOf(list) {
			if why := refuseColumn(object.StringOf(id)); why != "" {
				return "is wrong: each element " + why
			}
		}
	}
	return ""
}

func refuseColumnsWidth(value attr.Value) string {
	for id, width := range attributesOf(value) {
		if why := refuseColumn(id); why != "" {
			return "is wrong: each key " + why
		}
		if width, ok := width.(types.Float64); !ok || width.ValueFloat64() <= 0 {
			return "is wrong: each width has to be a number of pixels above 0"
		}
	}
	return ""
}

func refuseDisplayTypes(value attr.Value) string {
	for id, columnType := range attributesOf(value) {
		if why := refuseColumn(id); why != "" {
			return "is wrong: each key " + why
		}
		if why := oneOf(typesOfColumns()...)(columnType); why != "" {
			return "is wrong: each type " + why
		}
	}
	return ""
}

func refuseGridWidth(value attr.Value) string {
	if width := object.Int64Of(value); width < 1 || width > 10 {
		return "has to be from 1 to 10"
	}
	return ""
}

// attributesOf are the values of an object or a map by their names, none of null.
func attributesOf(value attr.Value) map[string]attr.Value {
	switch value := value.(type) {
	case types.Object:
		return value.Attributes()
	case types.Map:
		return value.Elements()
	}
	return nil
}

// elementsOf are the values in a list or set, none of null.
func elementsOf(value attr.Value) []attr.Value {
	switch value := value.(type) {
	case types.List:
		return value.Elements()
	case types.Set:
		return value.Elements()
	}
	return nil
}
