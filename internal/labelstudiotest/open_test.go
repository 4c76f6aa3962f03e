package labelstudiotest

import (
	"net/http"
	"strings"
	"testing"
)

func TestOpenReturnsTheUsersServer(t *testing.T) {
	acceptance(t)
	t.Setenv("LABEL_STUDIO_URL", shared.URL+"/")
	t.Setenv("LABEL_STUDIO_TEST_DOCUMENT_ROOT", shared.DocumentRoot)
	for _, key := range []string{shared.LegacyToken, shared.PersonalAccessToken} {
		t.Setenv("LABEL_STUDIO_API_KEY", key)
		server, err := Open(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if server.URL != shared.URL || server.Version != shared.Version || server.Username != shared.Username || server.DocumentRoot != shared.DocumentRoot {
			t.Errorf("got %+v, want %+v", server, shared)
		}
		if server.LegacyToken+server.PersonalAccessToken != key {
			t.Errorf("the token is %q or %q, want %q", server.LegacyToken, server.PersonalAccessToken, key)
		}
		if server.Kill() == nil || server.Restart(t.Context(), Options{}) == nil {
			t.Error("killed a server of the user's")
		}
		if err := server.Stop(); err != nil {
			t.Error(err)
		}
		do(t, server, http.MethodGet, "/api/current-user/whoami", nil, nil)
	}
}

func TestOpenNamesWhatIsMissing(t *testing.T) {
	t.Setenv("LABEL_STUDIO_TEST_DOCUMENT_ROOT", "")
	for _, test := range []struct{ url, key, want string }{
		{"http://127.0.0.1:1", "", "LABEL_STUDIO_API_KEY"},
		{"", "key", "LABEL_STUDIO_URL"},
		{"http://127.0.0.1:1", "key", "LABEL_STUDIO_TEST_DOCUMENT_ROOT"},
	} {
		t.Setenv("LABEL_STUDIO_URL", test.url)
		t.Setenv("LABEL_STUDIO_API_KEY", test.key)
		if _, err := Open(t.Context()); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("url %q and key %q: got %v, want a word on %s", test.url, test.key, err, test.want)
		}
	}
}
