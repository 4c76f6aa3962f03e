package labelstudio

import "testing"

func TestObjectsGiveZeroForWhatIsNotThere(t *testing.T) {
	t.Parallel()
	object := Object{"text": []byte(`"a"`), "int": []byte(`7`), "bool": []byte(`true`), "null": []byte(`null`), "list": []byte(`[1]`)}
	if object.Text("text") != "a" || object.Int("int") != 7 || !object.Bool("bool") {
		t.Error("values are not read")
	}
	for _, field := range []string{"null", "missing", "list"} {
		if object.Text(field) != "" || object.Int(field) != 0 || object.Bool(field) {
			t.Errorf("%s is not zero", field)
		}
	}
	if (Object)(nil).ID() != 0 {
		t.Error("no object has an id")
	}
}
