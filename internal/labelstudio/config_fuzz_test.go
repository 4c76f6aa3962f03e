package labelstudio

import (
	"bytes"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// expectSettingError expects an error of one of the settings, which does not
// repeat what may be a secret.
func expectSettingError(t *testing.T, err error, secret string, settings ...string) {
	t.Helper()
	wrong, ok := errors.AsType[*SettingError](err)
	if !ok {
		t.Fatalf("%v is no error of a setting", err)
	}
	if !slices.Contains(settings, wrong.Setting) {
		t.Errorf("%v is about %q, want %v", err, wrong.Setting, settings)
	}
	if len(secret) > 20 && strings.Contains(err.Error(), secret) {
		t.Errorf("the secret is in the error: %v", err)
	}
}

func FuzzParseURL(f *testing.F) {
	for _, seed := range []string{"http://example.com", " https://example.com/a/b//\n", "example.com", "localhost:8080", "http://:80/x", "http://[::1]:80",
		"http://user:password-of-20-letters@example.com", "http://user:password-of-20-letters@example.com:x y", "http://example.com/?a#b", "http://example.com/%2f/ä", "HTTP://A//", "http://a:", "http://a?"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		base, err := parseURL(text)
		if err != nil {
			_, rest, _ := strings.Cut(text, "://")
			password, _, _ := strings.Cut(rest, "@")
			expectSettingError(t, err, password, "url")
			return
		}
		if again, err := parseURL(base); err != nil || again != base {
			t.Errorf("%q becomes %q, and that %q, %v", text, base, again, err)
		}
		whole, err := url.Parse(base)
		if err != nil {
			t.Fatal(err)
		}
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, base+"/api/projects/1/?page=1", nil)
		if err != nil {
			t.Fatal(err)
		}
		if at := request.URL; at.Hostname() != whole.Hostname() || at.Port() != whole.Port() || at.Scheme != whole.Scheme || at.User != nil || at.RawQuery != "page=1" || at.Path != whole.Path+"/api/projects/1/" {
			t.Errorf("%q makes the request %s", text, at)
		}
	})
}

func FuzzParseHeaders(f *testing.F) {
	for _, seed := range [][2]string{{"X-Team", "vision"}, {"authorization", "a"}, {"X-API-KEY", "a"}, {"host", "a"}, {"X-A", "a\nb"}, {"X A", "a"}, {"", ""}, {"x_a", " ä "}} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, name, value string) {
		headers, err := parseHeaders(map[string]string{name: value})
		if err != nil {
			// The name may be in the error.
			if strings.Contains(name, value) {
				value = ""
			}
			expectSettingError(t, err, value, "http_headers")
			return
		}
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://example.com/", nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header = headers
		var sent bytes.Buffer
		if err := request.Write(&sent); err != nil {
			t.Errorf("%q: %q can't be sent: %v", name, value, err)
		}
		if lines := strings.Count(sent.String(), "\n"); lines > 4 { // the request, Host, User-Agent and the end
			if lines > 5 || len(headers) != 1 {
				t.Errorf("%q: %q makes the request %q", name, value, &sent)
			}
		}
		for _, forbidden := range []string{"X-Api-Key", "Host"} {
			if headers.Get(forbidden) != "" {
				t.Errorf("%q: %q sets %s", name, value, forbidden)
			}
		}
	})
}
