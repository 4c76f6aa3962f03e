package labelstudio

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"time"
)

const (
	// Access tokens live 300 s. They are renewed before their end, so that no token
	// ends while a request is under way.
	defaultLifetime = 300 * time.Second
	renewalMargin   = 30 * time.Second
)

// authorizer gives the header with the token. An exchange of tokens that this takes goes
// through the sender.
type authorizer interface {
	token(ctx context.Context, by *sender) (credential, error)
	// renew returns a token instead of a refused one, or the same if there is no other.
	renew(ctx context.Context, by *sender, refused credential) (credential, error)
	// explain says why the server may refuse the token, after it was renewed.
	explain(detail string) string
}

// newAuthorizer recognises the kind of a token by its form. A personal access token is
// a JWT of the type "refresh". The headers are those of each request.
func newAuthorizer(key string, headers http.Header) (authorizer, error) {
	wrong := func(problem string) (authorizer, error) { return nil, &SettingError{"api_key", problem} }

	key = strings.TrimSpace(key)
	parts, claims := readClaims(key)
	taken := headers.Get("Authorization") != "" // by a gateway
	switch {
	case key == "":
		return wrong("is empty: set it to a token from Account & Settings in Label Studio")
	case inQuotes(key):
		return wrong(quotesProblem)
	case strings.ContainsFunc(key, func(r rune) bool { return r <= ' ' || r > '~' }):
		return wrong(`holds a space or a character that no token has: set it to the token alone, without "Token" or "Bearer"`)
	case claims.TokenType == "access":
		return wrong("is an access token, which expires in minutes: set it to the personal access token from which the access token was made")
	case claims.TokenType == "refresh" && parts == 2:
		return wrong("is the shortened form from the list of tokens: Label Studio shows the whole personal access token only once, when you create it")
	case claims.TokenType == "refresh" && parts == 3 && taken:
		return nil, &SettingError{"http_headers", "can't contain Authorization while api_key is a personal access token, because Label Studio reads this token from Authorization alone. " +
			"Set api_key to a legacy token, or let the gateway read another header, such as Proxy-Authorization"}
	case claims.TokenType == "refresh" && parts == 3:
		return &personalToken{key: key, renewal: newLock()}, nil
	case taken:
		return legacyToken{gatewayHeader, key}, nil
	}
	return legacyToken{"Authorization", "Token " + key}, nil
}

// legacyToken is sent unchanged.
type legacyToken credential

func (t legacyToken) token(context.Context, *sender) (credential, error) { return credential(t), nil }
func (t legacyToken) renew(context.Context, *sender, credential) (credential, error) {
	return credential(t), nil
}

// gatewayHeader is the header of a legacy token beside the Authorization of a gateway. The
// server puts its value after "Token " into Authorization.
const gatewayHeader = "X-Api-Key"

func (t legacyToken) explain(detail string) string {
	if t.header == gatewayHeader {
		return "the token, sent as " + gatewayHeader + " beside the Authorization of http_headers, is refused: " + detail
	}
	return "the token is refused: " + detail
}

// personalToken is exchanged for access tokens.
type personalToken struct {
	key string

	renewal *lock // of what follows
	access  string
	until   time.Time
}

func (t *personalToken) token(ctx context.Context, by *sender) (credential, error) {
	return t.exchange(ctx, by, func() bool { return time.Now().Before(t.until) })
}

func (t *personalToken) renew(ctx context.Context, by *sender, refused credential) (credential, error) {
	return t.exchange(ctx, by, func() bool { return t.credential() != refused })
}

func (t *personalToken) credential() credential {
	return credential{"Authorization", "Bearer " + t.access}
}

// explain adds the likely causes, because the server says of a refused Bearer token
// that none was sent.
func (t *personalToken) explain(detail string) string {
	return "a fresh access token is refused (" + detail + "): personal access tokens may be disabled in the organization, " +
		"or a proxy takes away the Authorization header"
}

// exchange gets a new access token, unless the current one is good. Parallel callers
// wait for one exchange and share its token.
func (t *personalToken) exchange(ctx context.Context, by *sender, good func() bool) (credential, error) {
	release, err := t.renewal.acquire(ctx, exclusive, http.MethodPost, refreshPath)
	if err != nil {
		return credential{}, err
	}
	defer release()
	if t.access == "" || !good() {
		access, err := t.refresh(ctx, by)
		if err != nil {
			return credential{}, err
		}
		t.access = access
		// The server's clock may differ from this one, so only the lifetime counts.
		_, claims := readClaims(access)
		t.until = time.Now().Add(claims.lifetime() - renewalMargin)
	}
	return t.credential(), nil
}

// refresh exchanges the personal access token for an access token.
func (t *personalToken) refresh(ctx context.Context, by *sender) (string, error) {
	payload, err := json.Marshal(map[string]string{"refresh": t.key})
	if err != nil {
		return "", err
	}
	got, err := by.send(ctx, http.MethodPost, refreshPath, nil, payload, credential{})
	if err != nil {
		return "", err
	}
	if got.status != http.StatusOK {
		failed := got.failure()
		switch {
		case failed.Reason == ReasonLogInPage:
		case got.status == http.StatusUnauthorized:
			failed.Reason, failed.Detail = ReasonTokenRefused, "the personal access token is refused: "+failed.Detail
		case got.status == http.StatusNotFound:
			failed.Reason, failed.Detail = ReasonNotLabelStudio, by.noLabelStudio()
		}
		return "", failed
	}
	object, err := got.object()
	if err != nil {
		return "", err
	}
	access := object.Text("access")
	if access == "" {
		return "", got.unexpected("the response holds no access token")
	}
	return access, nil
}

type claims struct {
	TokenType string  `json:"token_type"`
	Expires   float64 `json:"exp"`
	Issued    float64 `json:"iat"`
}

func (c claims) lifetime() time.Duration {
	if seconds := c.Expires - c.Issued; c.Issued > 0 && seconds > 0 && seconds < 1e9 {
		return time.Duration(seconds * float64(time.Second))
	}
	return defaultLifetime
}

// readClaims reads the payload of a JWT and ignores the signature. The claims are
// empty if the token is not a JWT.
func readClaims(token string) (parts int, read claims) {
	split := strings.Split(token, ".")
	if len(split) < 2 {
		return len(split), claims{}
	}
	payload, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(split[1], "="))
	if err != nil || json.Unmarshal(payload, &read) != nil {
		return len(split), claims{}
	}
	return len(split), read
}
