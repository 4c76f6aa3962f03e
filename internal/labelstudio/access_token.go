package labelstudio

import (
	"context"
	"errors"
	"time"
)

// TokenKind is a kind of token that Label Studio accepts, as messages name it.
type TokenKind string

// The kinds of tokens.
const (
	PersonalAccessToken TokenKind = "personal access token"
	LegacyToken         TokenKind = "legacy token"
)

// TokenKind is the kind of the client's token, empty while there are no settings for one.
func (c *Client) TokenKind() TokenKind {
	switch c.auth.(type) {
	case *personalToken:
		return PersonalAccessToken
	case legacyToken:
		return LegacyToken
	}
	return ""
}

// ErrLegacyToken says that the client has no personal access token.
var ErrLegacyToken = errors.New("the API key is a legacy token")

// AccessToken exchanges the personal access token for an access token that only the
// caller uses. It expires by the clock of this machine.
func (c *Client) AccessToken(ctx context.Context) (token string, expires time.Time, err error) {
	if c.unconfigured != nil {
		return "", time.Time{}, c.unconfigured
	}
	personal, ok := c.auth.(*personalToken)
	if !ok {
		return "", time.Time{}, ErrLegacyToken
	}
	start := time.Now()
	if token, err = personal.refresh(ctx, c.sender); err != nil {
		return "", time.Time{}, err
	}
	_, read := readClaims(token)
	return token, start.Add(read.lifetime()), nil
}
