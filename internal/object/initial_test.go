package object

import "testing"

// sheet has attributes that null does not manage.
var sheet = Table{
	{Name: "id", Type: Int64, ReadOnly: true},
	{Name: "project", Type: Int64, Required: true},
	{Name: "width", Field: "data.width", Type: Int64, Initial: 4},
	{Name: "ordering", Field: "data.ordering", Type: List(String), Initial: []string{"id"}},
}

func TestNullSendsTheInitialValue(t *testing.T) {
	t.Parallel()
	plan := valuesOf(sheet, object{"project": 1})
	if got, want := string(marshal(sheet.CreateBody(plan, plan))), `{"data":{"ordering":["id"],"width":4},"project":1}`; got != want {
		t.Errorf("a create sends %s, want %s", got, want)
	}
	const server = `{"id":1,"project":1,"data":{"width":7,"ordering":["x"]}}`
	state := valuesOf(sheet, object{"id": 1, "project": 1, "ordering": []string{"x"}})
	plan = valuesOf(sheet, object{"id": 1, "project": 1})
	if got, want := string(marshal(sheet.UpdateBody(plan, plan, state, response(t, server)))), `{"data":{"ordering":["id"],"width":7}}`; got != want {
		t.Errorf("an update sends %s, want %s", got, want)
	}
}

func TestNullDoesNotManageAnInitialValue(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		response string
		prior    object
		want     any // of width
	}{
		"others change it where it is unset":    {`{"id":1,"project":1,"data":{"width":7}}`, object{"id": 1, "project": 1}, nil},
		"others change it where it is set":      {`{"id":1,"project":1,"data":{"width":7}}`, object{"id": 1, "project": 1, "width": 5}, 7},
		"it is initial where it is set":         {`{"id":1,"project":1,"data":{"width":4}}`, object{"id": 1, "project": 1, "width": 4}, 4},
		"an import of another value":            {`{"id":1,"project":1,"data":{"width":7}}`, object{"id": 1}, 7},
		"an import of the initial value":        {`{"id":1,"project":1,"data":{"width":4}}`, object{"id": 1}, nil},
		"an import of no value":                 {`{"id":1,"project":1,"data":{}}`, object{"id": 1}, nil},
		"others remove it where it is set":      {`{"id":1,"project":1,"data":{"width":null}}`, object{"id": 1, "project": 1, "width": 5}, nil},
		"another type where nobody looks at it": {`{"id":1,"project":1,"data":{"width":"wide"}}`, object{"id": 1, "project": 1}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			state, err := sheet.StateFrom(response(t, test.response), valuesOf(sheet, test.prior))
			if err != nil {
				t.Fatal(err)
			}
			if got, want := state.Attributes()["width"], valueFor(findIn(t, sheet, "width"), test.want); !got.Equal(want) {
				t.Errorf("got %s, want %s", got, want)
			}
		})
	}
}

func TestAPrefixedTextIsWithoutItsPrefixInTerraform(t *testing.T) {
	t.Parallel()
	filters := Table{{Name: "column", Field: "filter", Type: Prefixed("filter:")}}
	found, err := filters.ObjectFrom(response(t, `{"filter":"filter:tasks:id"}`))
	if want := valuesOf(filters, object{"column": "tasks:id"}); err != nil || !found.Equal(want) {
		t.Errorf("got %v, %v, want %v", found, err, want)
	}
	if got, want := string(marshal(filters.CreateBody(found, found))), `{"filter":"filter:tasks:id"}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if other := valuesOf(filters, object{"column": " tasks:id "}); !Same(found, other) {
		t.Errorf("%v and %v are not the same", found, other)
	}
}

func TestAStringIsComparedWithItsBlanks(t *testing.T) {
	t.Parallel()
	titles := Table{{Name: "title", Type: String}}
	if Same(valuesOf(titles, object{"title": "a"}), valuesOf(titles, object{"title": "a "})) {
		t.Error(`"a" and "a " are the same`)
	}
}
