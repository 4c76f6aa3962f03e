package labelstudio

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestTheVersionIsReadWithoutAToken(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		status     int
		body, want string // the release, or a part of the error
	}{
		"a version":           {http.StatusOK, `{"release":"1.23.2"}`, "1.23.2"},
		"a gateway's refusal": {http.StatusForbidden, `{"detail":"no"}`, "GET api/version: 403 Forbidden: no"},
		"a page":              {http.StatusOK, "<html><title>Sign in</title></html>", `a web page "Sign in" instead of JSON`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.Header.Get("Authorization") != "" {
					t.Error("a token was sent")
				}
				say(w, test.status, test.body)
			}))
			defer server.Close()
			client, err := New(Config{URL: server.URL, APIKey: "refused"})
			if err != nil {
				t.Fatal(err)
			}
			version, err := client.Version(t.Context())
			got := version.Text("release")
			if err != nil {
				got = err.Error()
			}
			if !strings.Contains(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
