package labelstudio

import (
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"

	"golang.org/x/net/http/httpguts"
)

func FuzzNewAuthorizer(f *testing.F) {
	for i, seed := range []string{legacyKey, personal, personal[:strings.LastIndex(personal, ".")], strings.Replace(personal, ".", "==.", 1), jwt(`{"token_type":"access"}`),
		jwt(`{"token_type":7,"exp":"x"}`), jwt(`[]`), "..", ".", "a.!.c", "é", " " + legacyKey + "\n", "Token " + legacyKey} {
		f.Add(seed, "1", int64(i), "signature")
	}
	f.Fuzz(func(t *testing.T, key, user string, expires int64, signature string) {
		trimmed := strings.TrimSpace(key)
		switch auth, err := newAuthorizer(key, nil); auth := auth.(type) {
		case nil:
			expectSettingError(t, err, trimmed, "api_key")
		case legacyToken:
			if auth != (legacyToken{"Authorization", "Token " + trimmed}) || !httpguts.ValidHeaderFieldValue(auth.value) {
				t.Errorf("%q makes the header %q", key, auth)
			}
		case *personalToken:
			if auth.key != trimmed || strings.Count(auth.key, ".") != 2 || !httpguts.ValidHeaderFieldValue(auth.key) {
				t.Errorf("%q is taken for the personal access token %q", key, auth.key)
			}
		}

		// Whatever else the server writes into a token, its type decides.
		made := func(kind string) string {
			payload, err := json.Marshal(map[string]any{"token_type": kind, "exp": expires, "iat": 1, "user_id": user, "jti": key})
			if err != nil {
				t.Fatal(err)
			}
			return jwt(string(payload)) + base64.RawURLEncoding.EncodeToString([]byte(signature))
		}
		auth, err := newAuthorizer(made("refresh"), nil)
		if _, ok := auth.(*personalToken); !ok {
			t.Errorf("%q is no personal access token: %v", made("refresh"), err)
		}
		if _, err = newAuthorizer(made("access"), nil); err == nil || !strings.Contains(err.Error(), "is an access token") {
			t.Errorf("%q is no access token: %v", made("access"), err)
		}
		if _, err = newAuthorizer(made("refresh")[:strings.LastIndex(made("refresh"), ".")], nil); err == nil || !strings.Contains(err.Error(), "is the shortened form") {
			t.Errorf("%q cut off is no shortened token: %v", made("refresh"), err)
		}
		if _, read := readClaims(made("access")); read.lifetime() <= 0 {
			t.Errorf("%q lives for %s", made("access"), read.lifetime())
		}
	})
}
