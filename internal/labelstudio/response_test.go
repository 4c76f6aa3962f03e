package labelstudio

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

func TestUnreadableResponsesSayWhatCame(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, kind, body string
		says             []string
		lost             bool // if it is the response to a write
	}{
		{"log-in page", "text/html; charset=utf-8", "<html><title>Sign in to  Example</title>hidden", []string{"200 OK", `a web page "Sign in to Example"`}, false},
		{"page without a title", "text/plain", " <h1>hidden</h1>", []string{"a web page instead of JSON"}, false},
		{"cut off", "application/json", `{"id":1,"title":"hidden`, []string{"23 bytes", "cut off"}, true},
		{"array", "application/json", `["hidden"]`, []string{"not the JSON that is expected"}, true},
		{"null", "application/json", `null`, []string{"null"}, true},
		{"empty", "application/json", "\n", []string{"empty"}, true},
		{"another object", "application/json", `{"id":2}`, []string{"another object"}, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			client, requests := serve(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", test.kind)
				write(w, test.body)
			})
			_, getErr := client.Get(t.Context(), Projects, 1)
			_, patchErr := client.Update(t.Context(), Projects, 1, nil)
			for _, err := range []error{getErr, patchErr} {
				for _, text := range test.says {
					if !strings.Contains(fmt.Sprint(err), text) {
						t.Errorf("%v does not say %q", err, text)
					}
				}
				if strings.Contains(fmt.Sprint(err), "hidden") {
					t.Errorf("the body is in the error: %v", err)
				}
			}
			if IsResponseLost(getErr) || IsResponseLost(patchErr) != test.lost {
				t.Errorf("lost: GET %v, PATCH %v, want %v", IsResponseLost(getErr), IsResponseLost(patchErr), test.lost)
			}
			requests.expect(t, "GET /api/projects/1/", "PATCH /api/projects/1/")
		})
	}
}
