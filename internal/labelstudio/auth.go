package labelstudio

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"time"

	"golang.org/x/sync/semaphore"
)

const (
	refreshPath = "api/token/refresh/"

	// Access tokens live 300 s; they are renewed some time before their end,
	// and a request must not be under way when its token ends.
	defaultLifetime = 300 * time.Second
	renewalMargin   = 30 * time.Second
)

// authorizer knows the value of the Authorization header.
type authorizer interface {
	token(ctx context.Context) (string, error)
	// renew gives a token for one that was refused: the same if there is no other.
	renew(ctx context.Context, refused string) (string, error)
	// explain says what it may mean that the token is refused for good.
	explain(detail string) string
}

// newAuthorizer tells the kinds of tokens apart by their shape. A personal
// access token is a JWT of the type "refresh".
func newAuthorizer(key string, refresh func(ctx context.Context, key string) (string, error)) (authorizer, error) {
	wrong := func(problem string) (authorizer, error) { return nil, &SettingError{"api_key", problem} }

	key = strings.TrimSpace(key)
	parts, claims := readClaims(key)
	switch {
	case key == "":
		return wrong("is empty: give it a token from Account & Settings in Label Studio")
	case strings.ContainsFunc(key, func(r rune) bool { return r <= ' ' || r > '~' }):
		return wrong(`holds a space or a character that no token has: give it the token alone, without "Token" or "Bearer"`)
	case claims.TokenType == "access":
		return wrong("is an access token, which ends in minutes: give it the personal access token from which that was made")
	case claims.TokenType == "refresh" && parts == 2:
		return wrong("is the shortened form from the list of tokens: the whole personal access token is shown once, when it is made")
	case claims.TokenType == "refresh" && parts == 3:
		return &personalToken{key: key, refresh: refresh, turn: semaphore.NewWeighted(1)}, nil
	}
	return legacyToken("Token " + key), nil
}

// legacyToken is sent as it is.
type legacyToken string

func (t legacyToken) token(context.Context) (string, error)         { return string(t), nil }
func (t legacyToken) renew(context.Context, string) (string, error) { return string(t), nil }

func (t legacyToken) explain(detail string) string {
	return "the token in `api_key` is refused: " + detail
}

// personalToken is exchanged for access tokens.
type personalToken struct {
	key     string
	refresh func(ctx context.Context, key string) (string, error)

	turn   *semaphore.Weighted // a mutex that gives up with its context
	access string
	until  time.Time
}

func (t *personalToken) token(ctx context.Context) (string, error) {
	return t.exchange(ctx, func() bool { return time.Now().Before(t.until) })
}

func (t *personalToken) renew(ctx context.Context, refused string) (string, error) {
	return t.exchange(ctx, func() bool { return "Bearer "+t.access != refused })
}

// explain puts right what the server says of a Bearer token that it refuses:
// that there is none.
func (t *personalToken) explain(detail string) string {
	return "a fresh access token is refused (" + detail + "): personal access tokens may be disabled in the organization, " +
		"or a proxy takes away the Authorization header"
}

// exchange gets a new access token unless the one at hand is good. Who waits
// for another's exchange finds its token.
func (t *personalToken) exchange(ctx context.Context, good func() bool) (string, error) {
	if err := t.turn.Acquire(ctx, 1); err != nil {
		return "", &Error{Method: http.MethodPost, Path: refreshPath, Err: err}
	}
	defer t.turn.Release(1)
	if t.access == "" || !good() {
		access, err := t.refresh(ctx, t.key)
		if err != nil {
			return "", err
		}
		t.access = access
		// The server's clock may differ, its difference of two times does not.
		_, claims := readClaims(access)
		t.until = time.Now().Add(claims.lifetime() - renewalMargin)
	}
	return "Bearer " + t.access, nil
}

// refreshToken exchanges a personal access token for an access token.
func (c *Client) refreshToken(ctx context.Context, key string) (string, error) {
	payload, err := json.Marshal(map[string]string{"refresh": key})
	if err != nil {
		return "", err
	}
	got, err := c.send(ctx, http.MethodPost, refreshPath, nil, payload, "")
	if err != nil {
		return "", err
	}
	if got.status != http.StatusOK {
		refused := got.refusal()
		switch got.status {
		case http.StatusUnauthorized:
			refused.Detail = "the personal access token in `api_key` is not accepted: " + refused.Detail
		case http.StatusNotFound:
			refused.Detail = "no Label Studio API at " + c.base + ": check `url` and its path prefix"
		}
		return "", refused
	}
	object, err := got.object()
	if err != nil {
		return "", err
	}
	access := object.Text("access")
	if access == "" {
		return "", got.unreadable("the answer holds no access token")
	}
	return access, nil
}

// ErrLegacyToken says that the client has no personal access token.
var ErrLegacyToken = errors.New("the API key is a legacy token")

// AccessToken exchanges the personal access token for an access token of the
// caller's own, and tells when that ends by the clock of this machine.
func (c *Client) AccessToken(ctx context.Context) (token string, expires time.Time, err error) {
	if c.reason != nil {
		return "", time.Time{}, c.reason
	}
	personal, ok := c.auth.(*personalToken)
	if !ok {
		return "", time.Time{}, ErrLegacyToken
	}
	start := time.Now()
	if token, err = c.refreshToken(ctx, personal.key); err != nil {
		return "", time.Time{}, err
	}
	_, read := readClaims(token)
	return token, start.Add(read.lifetime()), nil
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

// readClaims reads the payload of a JWT, without looking at its signature. They
// are empty for what is no JWT.
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
