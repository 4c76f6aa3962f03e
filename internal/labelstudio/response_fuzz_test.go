package labelstudio

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzResponse reads what should be an object or a list of them.
func FuzzResponse(f *testing.F) {
	for _, seed := range []string{
		`{"id":1,"title":"a","created_at":"2026-11-24T03:03:24.607426Z"}`, `{"id":1e3}`, `{"id":"1"}`, `{"id":9223372036854775808}`, `{"id":1,"id":2}`, `{"Id":1}`,
		`[{"id":1},null,{"id":1}]`, `{"results":[{"id":1},{"id":1}],"next":"x"}`, `{"results":null}`, `{"results":{}}`, `null`, ``, `  `, `[`, `"x"`, `7`,
		"<html><title>Sign in</title>", "\ufeff{}", "{\"title\":\"\xff\"}", `{"message":"no Route matched"}`,
	} {
		f.Add("application/json", []byte(seed))
		f.Add("text/html", []byte(seed))
	}
	f.Fuzz(func(t *testing.T, kind string, body []byte) {
		resp := &response{method: http.MethodGet, path: "api/projects/1/", status: http.StatusOK, header: http.Header{"Content-Type": {kind}}, body: body}
		object, err := resp.object()
		if (object == nil) == (err == nil) {
			t.Fatalf("%v, %v", object, err)
		}
		if err != nil && (len(err.Error()) > mostText || !utf8.ValidString(err.Error()) || IsNotFound(err)) {
			t.Errorf("%v", err)
		}
		if err == nil {
			if !json.Valid(body) || resp.isPage() {
				t.Errorf("%q is taken for an object", body)
			}
			for name := range object {
				if text := object.Text(name); !utf8.ValidString(text) || text != "" && object[name][0] != '"' {
					t.Errorf("%q is the text %q", object[name], text)
				}
				if number := object.Int(name); number != 0 && json.Number(object[name]).String() != fmt.Sprint(number) && !strings.ContainsAny(string(object[name]), "eE.") {
					t.Errorf("%q is the number %d", object[name], number)
				}
			}
			_ = object.createdAt()
		}

		list, err := resp.list()
		if err != nil && (len(err.Error()) > mostText || !utf8.ValidString(err.Error()) || len(list.objects) > 0) {
			t.Errorf("%v, %v", list, err)
		}
		if err == nil && (!json.Valid(body) || resp.isPage()) {
			t.Errorf("%q is taken for a list", body)
		}
		for _, object := range list.objects {
			_ = object.ID()
		}
	})
}
