package labelstudio

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestAccessIsCheckedByOneRequestThatIsNotRepeated(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name   string
		whoami http.HandlerFunc
		reason Reason
		says   string // "" if there is access
	}{
		{"accepted", object(`{"id":5}`), "", ""},
		{"refused", func(w http.ResponseWriter, _ *http.Request) {
			say(w, http.StatusUnauthorized, `{"detail":"Invalid token."}`)
		}, ReasonTokenRefused, "the token is refused: Invalid token."},
		{"another path prefix", func(w http.ResponseWriter, _ *http.Request) { page404(w) }, ReasonNotLabelStudio, "no Label Studio API at "},
		{"another server", object(`{"status":"UP"}`), ReasonNotLabelStudio, "does not name a user"},
		{"log-in page", func(w http.ResponseWriter, _ *http.Request) { write(w, "<title>Log in</title>") }, ReasonWebPage, `"Log in"`},
		{"log-in page beside it", func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/login" {
				write(w, "<title>Log in</title>")
				return
			}
			http.Redirect(w, r, "/login", http.StatusFound)
		}, ReasonLogInPage, `"Log in"`},
		{"log-in page with 401", func(w http.ResponseWriter, _ *http.Request) {
			say(w, http.StatusUnauthorized, "<title>Log in</title>")
		}, ReasonLogInPage, `"Log in"`},
		{"busy", status(http.StatusServiceUnavailable), ReasonServiceUnavailable, "503"},
		{"lost", lostConnection, ReasonConnectionBroke, "broke"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			client, requests := serve(t, test.whoami)
			err := client.CheckAccess(t.Context())
			if (err == nil) != (test.says == "") || ReasonOf(err) != test.reason || err != nil && !strings.Contains(err.Error(), test.says) {
				t.Errorf("got the reason %q, want %q, of %v", ReasonOf(err), test.reason, err)
			}
			if got := requests.count("GET /api/current-user/whoami"); got != 1 {
				t.Errorf("got the requests %v", requests.all())
			}
		})
	}
}

func TestAccessSharesItsAccessTokenWithOtherRequests(t *testing.T) {
	t.Parallel()
	client, requests := serve(t, withTokens(`{"iat":1000,"exp":1300}`, object(`{"id":1}`)), withPersonal)
	if err := client.CheckAccess(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := client.Get(t.Context(), Projects, 1); err != nil {
		t.Fatal(err)
	}
	requests.expect(t, "POST /api/token/refresh/", "GET /api/current-user/whoami", "GET /api/projects/1/")
}

func TestAccessIsNotWaitedForLong(t *testing.T) {
	t.Parallel()
	for timeout, want := range map[time.Duration]time.Duration{0: 10 * time.Second, time.Second: time.Second, time.Hour: 10 * time.Second} {
		client := connect(t, "http://127.0.0.1", func(config *Config) { config.RequestTimeout = timeout })
		if got := client.impatient.timeout; got != want {
			t.Errorf("waits %s with the request_timeout %s, want %s", got, timeout, want)
		}
	}
}
