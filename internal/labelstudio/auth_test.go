package labelstudio

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

var personal = jwt(`{"token_type":"refresh","exp":8102689730,"iat":902689730,"jti":"a","user_id":"1"}`)

func jwt(payload string) string {
	encode := base64.RawURLEncoding.EncodeToString
	return encode([]byte(`{"alg":"HS256","typ":"JWT"}`)) + "." + encode([]byte(payload)) + "." + encode([]byte("signature"))
}

func withPersonal(config *Config) { config.APIKey = personal }

func TestKindsOfTokens(t *testing.T) {
	t.Parallel()
	shortened := personal[:strings.LastIndex(personal, ".")]
	for _, test := range []struct{ name, key, kind, problem string }{
		{"legacy", legacyKey, "labelstudio.legacyToken", ""},
		{"legacy with a line break", legacyKey + "\n", "labelstudio.legacyToken", ""},
		{"personal", personal, "*labelstudio.personalToken", ""},
		{"padded personal", strings.Replace(personal, ".", "==.", 1), "*labelstudio.personalToken", ""},
		{"three parts but no JWT", "a.b.c", "labelstudio.legacyToken", ""},
		{"empty", " ", "", "is empty"},
		{"access", jwt(`{"token_type":"access"}`), "", "is an access token"},
		{"shortened", shortened, "", "is the shortened form"},
		{"with its scheme", "Token " + legacyKey, "", "set it to the token alone"},
		{"two tokens", legacyKey + "\n" + legacyKey, "", "set it to the token alone"},
		{"quoted", `"` + legacyKey + `"`, "", "is in quotation marks"},
		{"quoted by a shell", "'" + personal + "'", "", "is in quotation marks"},
		{"typographic", "“" + legacyKey + "”", "", "set it to the token alone"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			client, err := New(Config{URL: "http://127.0.0.1", APIKey: test.key})
			if test.problem == "" {
				if err != nil || fmt.Sprintf("%T", client.auth) != test.kind {
					t.Errorf("%v", err)
				}
				return
			}
			if err == nil || !strings.HasPrefix(err.Error(), "api_key "+test.problem) && !strings.Contains(err.Error(), test.problem) {
				t.Fatalf("%v", err)
			}
			if key := strings.TrimSpace(test.key); key != "" && strings.Contains(err.Error(), key) {
				t.Errorf("the token is in the error: %v", err)
			}
		})
	}
}

func TestARefusedLegacyTokenSaysInWhichHeaderItWasSent(t *testing.T) {
	t.Parallel()
	for gateway, says := range map[string]string{"": "the token is refused: no", "Basic YTpi": "the token, sent as X-Api-Key beside"} {
		client, _ := serve(t, func(w http.ResponseWriter, _ *http.Request) { say(w, http.StatusUnauthorized, `{"detail":"no"}`) }, func(config *Config) {
			config.Headers = map[string]string{"Authorization": gateway}
		})
		if _, err := client.Get(t.Context(), Projects, 1); ReasonOf(err) != ReasonTokenRefused || !strings.Contains(err.Error(), says) {
			t.Errorf("got %v, want %q", err, says)
		}
	}
}

func TestALegacyTokenLeavesTheAuthorizationHeaderToAGateway(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, gateway, authorization, apiKey string }{
		{"without a gateway", "", "Token " + legacyKey, ""},
		{"beside that of a gateway", "Basic YTpi", "Basic YTpi", legacyKey},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			client, requests := serve(t, object(`{"id":1}`), func(config *Config) {
				if test.gateway != "" {
					config.Headers = map[string]string{"authorization": test.gateway}
				}
			})
			if _, err := client.Get(t.Context(), Projects, 1); err != nil {
				t.Fatal(err)
			}
			sent := requests.headers[0]
			if got := strings.Join(sent.Values("Authorization"), ", "); got != test.authorization {
				t.Errorf("sent Authorization %q, want %q", got, test.authorization)
			}
			if got := strings.Join(sent.Values("X-Api-Key"), ", "); got != test.apiKey {
				t.Errorf("sent X-Api-Key %q, want %q", got, test.apiKey)
			}
		})
	}
}

// withTokens exchanges tokens and refuses all others than the last exchanged.
func withTokens(claims string, handler http.HandlerFunc) http.HandlerFunc {
	var mu sync.Mutex
	made := 0
	valid := ""
	return func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		switch {
		case r.URL.Path == "/api/token/refresh/":
			made++
			valid = jwt(strings.Replace(claims, "{", fmt.Sprintf(`{"token_type":"access","n":%d,`, made), 1))
			say(w, http.StatusOK, `{"access":"`+valid+`"}`)
		case r.Header.Get("Authorization") != "Bearer "+valid:
			say(w, http.StatusUnauthorized, `{"detail":"Authentication credentials were not provided."}`)
		default:
			handler(w, r)
		}
	}
}

func TestAPersonalTokenIsExchanged(t *testing.T) {
	t.Parallel()
	const refresh = "POST /api/token/refresh/"
	for _, test := range []struct {
		name, claims string
		exchanges    int // for three requests
	}{
		{"and the access token used while it lives", `{"iat":1795000000,"exp":1795000300}`, 1},
		{"whatever the server's clock says", `{"iat":1000,"exp":1300}`, 1},
		{"and renewed 30 s before its end", `{"iat":1000,"exp":1030}`, 3},
		{"even if it does not say when it ends", `{"iat":0}`, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			client, requests := serve(t, withTokens(test.claims, object(`{"id":1}`)), withPersonal)
			for range 3 {
				if _, err := client.Get(t.Context(), Projects, 1); err != nil {
					t.Fatal(err)
				}
			}
			if got := requests.count(refresh); got != test.exchanges || len(requests.all()) != 3+got {
				t.Errorf("%d exchanges, want %d: %v", got, test.exchanges, requests.all())
			}
			if requests.headers[0].Get("Authorization") != "" || requests.bodies[0] != `{"refresh":"`+personal+`"}` {
				t.Errorf("the exchange sent %v, %s", requests.headers[0], requests.bodies[0])
			}
		})
	}
}

func TestConcurrentCallersShareOneExchange(t *testing.T) {
	t.Parallel()
	client, requests := serve(t, withTokens(`{"iat":1000,"exp":1300}`, object(`{"id":1}`)), withPersonal)
	var callers sync.WaitGroup
	call := func() {
		if _, err := client.Get(t.Context(), Projects, 1); err != nil {
			t.Error(err)
		}
	}
	for range 20 {
		callers.Go(call)
	}
	callers.Wait()
	if got := requests.count("POST /api/token/refresh/"); got != 1 {
		t.Errorf("%d exchanges", got)
	}
}

func TestA401RenewsTheTokenOnce(t *testing.T) {
	t.Parallel()
	var revoked atomic.Bool
	tokens := withTokens(`{"iat":1000,"exp":1300}`, func(w http.ResponseWriter, _ *http.Request) { say(w, http.StatusCreated, `{"id":1}`) })
	client, requests := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if revoked.Swap(false) {
			say(w, http.StatusUnauthorized, `{"detail":"Authentication credentials were not provided."}`)
			return
		}
		tokens(w, r)
	}, withPersonal)
	if _, err := client.Get(t.Context(), Projects, 1); err != nil {
		t.Fatal(err)
	}
	revoked.Store(true)
	if _, err := client.Create(t.Context(), Projects, map[string]any{"title": "abc"}, nil); err != nil {
		t.Fatal(err)
	}
	requests.expect(t, "POST /api/token/refresh/", "GET /api/projects/1/", "POST /api/projects/", "POST /api/token/refresh/", "POST /api/projects/")
	if requests.bodies[4] != `{"title":"abc"}` {
		t.Errorf("repeated with %q", requests.bodies[4])
	}
}

func TestATokenThatIsRefusedForGoodIsAnError(t *testing.T) {
	t.Parallel()
	client, requests := serve(t, withTokens(`{"iat":1000,"exp":1300}`, status(http.StatusUnauthorized)), withPersonal)
	_, err := client.Get(t.Context(), Projects, 1)
	if err == nil || !strings.Contains(err.Error(), "personal access tokens may be disabled") || IsNotFound(err) {
		t.Error(err)
	}
	requests.expect(t, "POST /api/token/refresh/", "GET /api/projects/1/", "POST /api/token/refresh/", "GET /api/projects/1/")
}

func TestAnExchangeThatFailsSaysWhy(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name      string
		handler   http.HandlerFunc
		says      string
		exchanges int
	}{
		{"revoked", func(w http.ResponseWriter, _ *http.Request) {
			say(w, http.StatusUnauthorized, `{"detail":"Token is blacklisted"}`)
		}, "the personal access token is refused: Token is blacklisted", 1},
		{"wrong URL", func(w http.ResponseWriter, _ *http.Request) { page404(w) }, "no Label Studio API at ", 1},
		{"log-in page", func(w http.ResponseWriter, _ *http.Request) { write(w, "<title>Log in</title>") }, `"Log in"`, 1},
		{"gateway", func(w http.ResponseWriter, _ *http.Request) {
			say(w, http.StatusUnauthorized, "<title>Sign in</title>")
		}, `401 Unauthorized: a web page "Sign in"`, 1},
		{"without a token", object(`{}`), "no access token", 1},
		{"gateway", status(http.StatusBadGateway), "502", 3},
		{"lost", lostConnection, "broke", 3},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			client, requests := serve(t, test.handler, withPersonal)
			_, err := client.Create(t.Context(), Projects, map[string]any{}, func(Object) bool { return true })
			if err == nil || !strings.Contains(err.Error(), test.says) || strings.Contains(err.Error(), personal) {
				t.Error(err)
			}
			if IsResponseLost(err) {
				t.Errorf("the create was never sent: %v", err)
			}
			if got := requests.count("POST /api/token/refresh/"); got != test.exchanges || len(requests.all()) != got {
				t.Errorf("%v, want %d exchanges", requests.all(), test.exchanges)
			}
		})
	}
}
