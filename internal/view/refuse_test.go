package view

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
)

// attributeOf is the attribute of a tab whose data has a field.
func attributeOf(t *testing.T, name, data string) attr.Value {
	t.Helper()
	found, err := attributes.ObjectFrom(labelstudio.Object{"data": json.RawMessage(data)})
	if err != nil {
		t.Fatal(err)
	}
	return found.Attributes()[name]
}

func TestWhatATabCanNotHaveIsRefused(t *testing.T) {
	t.Parallel()
	filter := func(column, operator, typeName, value string) string {
		return `{"filters":{"conjunction":"and","items":[{"filter":"filter:` + column + `","operator":"` + operator + `","type":"` + typeName + `","value":` + value + `}]}}`
	}
	const versions = "tasks:predictions_model_versions"
	for name, test := range map[string]struct {
		attribute, data string
		want            string // "" if it is accepted
	}{
		"no filter":             {filters, `{"filters":{"conjunction":"or","items":[]}}`, ""},
		"a filter with blanks":  {filters, filter("tasks:id ", " equal", "Number ", "1"), ""},
		"another conjunction":   {filters, `{"filters":{"conjunction":"not","items":[]}}`, "is wrong: conjunction has to be one of and, or"},
		"no column":             {filters, filter("tasks:", "equal", "Number", "1"), "is wrong: in items[0], column has to be the id"},
		"an unknown type":       {filters, filter("tasks:id", "equal", "", "1"), "type has to be one of String"},
		"no operator":           {filters, filter("tasks:id", "", "Number", "1"), "operator has to be one of equal, not_equal, less, greater, less_or_equal, greater_or_equal, in, not_in, empty"},
		"an Enterprise type":    {filters, filter("tasks:state", "contains", "TaskState", `"x"`), "type has to be one of"},
		"null":                  {filters, filter("tasks:id", "equal", "Number", "null"), "value has to be the JSON of a number"},
		"a range":               {filters, filter("tasks:id", "in", "Number", `{"min":1,"max":2.5}`), ""},
		"a range and more":      {filters, filter("tasks:id", "in", "Number", `{"min":1,"max":2,"x":1}`), "value has to be the JSON of"},
		"a range for one":       {filters, filter("tasks:id", "equal", "Number", `{"min":1,"max":2}`), "value has to be the JSON of"},
		"a time":                {filters, filter("tasks:created_at", "less", "Datetime", `"2021-01-01T00:00:00.000Z"`), ""},
		"a time in microsecond": {filters, filter("tasks:created_at", "less", "Datetime", `"2021-01-01T00:00:00.000000Z"`), "value has to be"},
		"a time of a zone":      {filters, filter("tasks:created_at", "less", "Datetime", `"2021-01-01T00:00:00.000+01:00"`), "value has to be"},
		"a flag":                {filters, filter("tasks:draft_exists", "equal", "Boolean", `false`), ""},
		"empty":                 {filters, filter("tasks:annotators", "empty", "List", `true`), ""},
		"empty as text":         {filters, filter("tasks:annotators", "empty", "List", `"true"`), "value has to be the JSON of true or false"},
		"a user":                {filters, filter("tasks:annotators", "contains", "List", `1`), ""},
		"half a user":           {filters, filter("tasks:annotators", "contains", "List", `1.5`), "the id of a user"},
		"versions":              {filters, filter(versions, "contains", "List", `["v1"]`), ""},
		"no version":            {filters, filter(versions, "contains", "List", `[]`), "a list of versions"},
		"a number of a version": {filters, filter(versions, "contains", "List", `[1]`), "a list of versions"},
		"an order":              {ordering, `{"ordering":["-tasks:data.x"]}`, ""},
		"an order of nothing":   {ordering, `{"ordering":["-"]}`, "has to be the id of a column"},
		"two orders":            {ordering, `{"ordering":["tasks:id","tasks:x"]}`, "a single column"},
		"hidden columns":        {hiddenColumns, `{"hiddenColumns":{"explore":["tasks:id"],"labeling":[]}}`, ""},
		"hidden null":           {hiddenColumns, `{"hiddenColumns":{"explore":["tasks:id"],"labeling":[null]}}`, "each element has to be"},
		"a width":               {columnsWidth, `{"columnsWidth":{"tasks:id":10.5}}`, ""},
		"a width of null":       {columnsWidth, `{"columnsWidth":{"tasks:id":null}}`, "each width"},
		"a display type":        {columnsDisplayType, `{"columnsDisplayType":{"tasks:data.n":"Number"}}`, ""},
		"no display type":       {columnsDisplayType, `{"columnsDisplayType":{"tasks:data.n":null}}`, "each type has to be one of"},
		"a type":                {"type", `{"type":"grid"}`, ""},
		"a blank title":         {title, `{"title":" "}`, "a character that is not a blank"},
		"tiles":                 {"grid_width", `{"gridWidth":10}`, ""},
		"no tiles":              {"grid_width", `{"gridWidth":0}`, "from 1 to 10"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, a := range attributes {
				if a.Name != test.attribute {
					continue
				}
				got := a.Refuse(attributeOf(t, a.Name, test.data))
				if (got == "") != (test.want == "") || !strings.Contains(got, test.want) {
					t.Errorf("got %q, want %q", got, test.want)
				}
			}
		})
	}
}

func TestTheTableOfFiltersHasEachTypeOnce(t *testing.T) {
	t.Parallel()
	for _, typeName := range typesOfColumns() {
		if count := strings.Count(describeFilters(), "`"+typeName+"`"); count != 1 {
			t.Errorf("%s is there %d times in\n%s", typeName, count, describeFilters())
		}
	}
}
