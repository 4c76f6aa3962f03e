package object

import (
	"encoding/json"
	"maps"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
)

// documents are objects of the API, some with values of a wrong type.
var documents = []string{
	`{}`,
	`{"id":1,"actions":["a"," a","b"],"tags":["a",null,""],"ratio":1e2,"params":{"b":[1.0,-0]},"history":[{"at":"2026-01-02T03:04:05Z"}]}`,
	`{"data":{"title":" t ","filters":{"conjunction":"or","items":[{"filter":"f","value":{"min":1}},{"filter":"g","value":null}]}}}`,
	`{"data":{"hiddenColumns":{"explore":[],"labeling":["x"]},"columnsWidth":{"tasks:id":100.5},"gridWidth":4}}`,
	`{"folders":{"x":{"path":"C:\\d","note":""},"y":null},"pairs":[{"a":1,"b":"x"},{"b":" x","a":1}],"headers":{"X":"s"}}`,
	`{"actions":null,"data":null,"params":null,"tags":[]}`,
	`{"data":[],"actions":{},"ratio":"1"}`,
}

// read reads a fuzzed document as an object of the table, if it is one.
func read(text string) (labelstudio.Object, types.Object, bool) {
	var response labelstudio.Object
	if json.Unmarshal([]byte(text), &response) != nil {
		return nil, types.Object{}, false
	}
	state, err := tab.StateFrom(response, Null(tabOf(nil)))
	return response, state, err == nil
}

// What a body says is read back as it was, by its meaning, and then changes nothing.
func FuzzBodyIsReadBack(f *testing.F) {
	for _, document := range documents {
		f.Add(document)
	}
	f.Fuzz(func(t *testing.T, text string) {
		_, plan, ok := read(text)
		if !ok {
			return
		}
		body := tab.CreateBody(plan, plan)
		response, state, ok := read(string(marshal(body)))
		if !ok {
			t.Fatalf("the body %s can't be read back", marshal(body))
		}
		if changed := tab.Changed(plan, state); len(changed) != 0 {
			t.Errorf("the body %s changes %v", marshal(body), changed)
		}
		if !tab.Matches(body, response) {
			t.Errorf("the body %s is not recognised", marshal(body))
		}
		kept := tab.UseStateForEqual(plan, state)
		for _, a := range tab {
			if a.Settable() && !kept.Attributes()[a.Name].Equal(state.Attributes()[a.Name]) {
				t.Errorf("with the state's spelling, %s is planned as %s", a.Name, kept.Attributes()[a.Name])
			}
		}
		if update := tab.UpdateBody(plan, plan, state, response); update != nil {
			t.Errorf("an update sends %s", marshal(update))
		}
	})
}

// A PATCH of one object into another makes it the other, and leaves the fields that no
// attribute manages.
func FuzzUpdateSettles(f *testing.F) {
	for i, document := range documents {
		f.Add(document, documents[(i+1)%len(documents)])
	}
	f.Fuzz(func(t *testing.T, before, after string) {
		response, current, ok := read(before)
		_, plan, also := read(after)
		if !ok || !also {
			return
		}
		body := tab.UpdateBody(plan, plan, current, response)
		var sent labelstudio.Object
		if err := json.Unmarshal(marshal(body), &sent); err != nil {
			t.Fatal(err)
		}
		unmanaged := fieldsOf(response["data"])
		maps.Copy(response, sent) // the server replaces each of them
		state, err := tab.StateFrom(response, plan)
		if err != nil {
			t.Fatalf("%s can't be read back: %v", marshal(body), err)
		}
		if changed := tab.Changed(plan, state); len(changed) != 0 {
			t.Errorf("after %s the plan still changes %v", marshal(body), changed)
		}
		for _, name := range []string{"title", "filters", "hiddenColumns", "columnsWidth"} {
			delete(unmanaged, name)
		}
		for name := range unmanaged {
			if _, left := fieldsOf(response["data"])[name]; !left {
				t.Errorf("%s takes out %q", marshal(body), name)
			}
		}
	})
}

// Whether values are the same doesn't depend on which comes first.
func FuzzSame(f *testing.F) {
	for i, document := range documents {
		f.Add(document, documents[(i+1)%len(documents)], documents[(i+2)%len(documents)])
	}
	f.Fuzz(func(t *testing.T, first, second, third string) {
		_, a, ok := read(first)
		_, b, also := read(second)
		_, c, too := read(third)
		if !ok || !also || !too {
			return
		}
		if !Same(a, a) || Same(a, b) != Same(b, a) || Same(a, b) && Same(b, c) && !Same(a, c) {
			t.Errorf("%s, %s and %s are the same in one order only", a, b, c)
		}
		if same := len(tab.Changed(a, b)) == 0; Same(a, b) && !same {
			t.Errorf("%s is the same as %s and changes it", a, b)
		}
	})
}

func FuzzSameJSON(f *testing.F) {
	for i, document := range documents {
		f.Add(document, documents[(i+1)%len(documents)])
	}
	f.Add(`1e400`, `-0.0`)
	f.Fuzz(func(t *testing.T, a, b string) {
		if !sameJSON(a, a) || sameJSON(a, b) != sameJSON(b, a) {
			t.Errorf("%q and %q are the same in one order only", a, b)
		}
		normal, err := normalJSON(a)
		if err != nil {
			return
		}
		if again, err := normalJSON(normal); err != nil || again != normal {
			t.Errorf("%q becomes %q, and that %q (%v)", a, normal, again, err)
		}
	})
}
