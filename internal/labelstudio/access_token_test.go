package labelstudio

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestAnAccessTokenIsTheCallersOwn(t *testing.T) {
	t.Parallel()
	client, requests := serve(t, withTokens(`{"iat":1000,"exp":1240}`, object(`{"id":1}`)), withPersonal)
	start := time.Now()
	first, expires, err := client.AccessToken(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if life := expires.Sub(start); life < 240*time.Second || life > 250*time.Second {
		t.Errorf("the token ends after %s, want 240 s whatever the server's clock says", life)
	}
	second, _, err := client.AccessToken(t.Context())
	if err != nil || first == second || strings.HasPrefix(first, "Bearer") {
		t.Errorf("got %q and then %q, %v: want two bare tokens", first, second, err)
	}
	if requests.count("POST /api/token/refresh/") != 2 {
		t.Errorf("got %v, want an exchange for each token", requests.all())
	}
}

func TestALegacyTokenGivesNoAccessToken(t *testing.T) {
	t.Parallel()
	client, requests := serve(t, object(`{}`))
	if token, _, err := client.AccessToken(t.Context()); !errors.Is(err, ErrLegacyToken) || token != "" || len(requests.all()) > 0 {
		t.Errorf("got %q, %v after %v", token, err, requests.all())
	}
}

func TestAnAccessTokenThatIsRefusedSaysWhy(t *testing.T) {
	t.Parallel()
	client, _ := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		say(w, http.StatusUnauthorized, `{"detail":"Token is blacklisted"}`)
	}, withPersonal)
	if token, _, err := client.AccessToken(t.Context()); token != "" || err == nil || !strings.Contains(err.Error(), "Token is blacklisted") {
		t.Errorf("got %q, %v", token, err)
	}
}

func TestTheKindOfTheTokenFollowsFromItsForm(t *testing.T) {
	t.Parallel()
	legacy, _ := serve(t, object(`{}`))
	own, _ := serve(t, object(`{}`), withPersonal)
	for want, client := range map[TokenKind]*Client{LegacyToken: legacy, PersonalAccessToken: own, "": Unconfigured(errors.New("not yet"))} {
		if got := client.TokenKind(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestAnUnconfiguredClientGivesTheReasonForAnAccessToken(t *testing.T) {
	t.Parallel()
	reason := errors.New("the provider's url can't be known before the apply")
	if _, _, err := Unconfigured(reason).AccessToken(t.Context()); !errors.Is(err, reason) {
		t.Errorf("got %v", err)
	}
}
