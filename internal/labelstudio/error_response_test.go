package labelstudio

import (
	"errors"
	"net/http"
	"reflect"
	"strings"
	"testing"
)

func TestRefusalsSayWhatIsWrong(t *testing.T) {
	t.Parallel()
	type fields map[string][]string
	for _, test := range []struct {
		name, body string
		text       string // after the status
		fields     fields
	}{
		{"field", `{"id":"u","status_code":400,"version":"1.23.2","detail":"Validation error","exc_info":null,"validation_errors":{"title":["Too long."]}}`,
			"title: Too long.", fields{"title": {"Too long."}}},
		{"object", `{"status_code":400,"detail":"Validation error","validation_errors":{"non_field_errors":["Path must be set for Local Files storage"]}}`,
			"Path must be set for Local Files storage", fields{"non_field_errors": {"Path must be set for Local Files storage"}}},
		{"several", `{"detail":"Validation error","validation_errors":{"title":["A.","B."],"path":["C."]}}`,
			"path: C.; title: A. B.", fields{"title": {"A.", "B."}, "path": {"C."}}},
		{"nested", `{"detail":"Validation error","validation_errors":{"actions":{"0":["A."]},"created_by":{"non_field_errors":["B."]},"list":[{"x":["C."]},null]}}`,
			"actions.0: A.; created_by: B.; list.0.x: C.", fields{"actions.0": {"A."}, "created_by.non_field_errors": {"B."}, "list.0.x": {"C."}}},
		{"list of errors", `{"detail":"Validation error","validation_errors":["A.","B."]}`,
			"A. B.", fields{"non_field_errors": {"A.", "B."}}},
		{"detail", `{"status_code":404,"version":"1.23.2","detail":"Not found."}`, "Not found.", nil},
		{"detail of a broken label config", `{"status_code":400,"detail":"Premature end of data in tag View line 1"}`, "Premature end of data in tag View line 1", nil},
		{"detail other than of validation", `{"detail":"No.","validation_errors":{"a":["B."]}}`, "No.; a: B.", fields{"a": {"B."}}},
		{"message", `{"message":"Storage 38 is not synchronizable"}`, "Storage 38 is not synchronizable", nil},
		{"bare fields", `{"label_config":["toName=\"zzz\" not found"]}`, `label_config: toName="zzz" not found`, fields{"label_config": {`toName="zzz" not found`}}},
		{"bare list", `["A."]`, "A.", fields{"non_field_errors": {"A."}}},
		{"text", "  Internal Server Error\n", "Internal Server Error", nil},
		{"JSON text", `"A."`, "A.", fields{"non_field_errors": {"A."}}},
		{"nothing", "", "the server does not say why; its log may", nil},
		{"empty object", "{}", "the server does not say why; its log may", nil},
		{"validation error without fields", `{"detail":"Validation error","validation_errors":{}}`, "Validation error", nil},
		{"page", "<html><title>502 Bad\nGateway</title>hidden", `a web page "502 Bad Gateway" instead of JSON; perhaps from a gateway in front of Label Studio, whose log may say more`, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			client, _ := serve(t, func(w http.ResponseWriter, _ *http.Request) { say(w, http.StatusBadRequest, test.body) })
			_, err := client.Update(t.Context(), Projects, 1, nil)
			failed, ok := errors.AsType[*Error](err)
			if !ok {
				t.Fatalf("%T", err)
			}
			if want := "PATCH api/projects/1/: 400 Bad Request: " + test.text; err.Error() != want {
				t.Errorf("%s\nwant %s", err, want)
			}
			if len(test.fields) > 0 && !reflect.DeepEqual(fields(failed.Fields), test.fields) || len(test.fields) == 0 && len(failed.Fields) > 0 {
				t.Errorf("fields %v, want %v", failed.Fields, test.fields)
			}
			if failed.Method != http.MethodPatch || failed.Path != "api/projects/1/" || failed.Status != http.StatusBadRequest {
				t.Errorf("%+v", failed)
			}
			if strings.Contains(test.body, "1.23.2") && failed.Version != "1.23.2" {
				t.Errorf("version %q", failed.Version)
			}
		})
	}
}
