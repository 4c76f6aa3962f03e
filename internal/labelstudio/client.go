package labelstudio

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"time"
)

// Client talks to one Label Studio server. It is safe for concurrent use.
type Client struct {
	sender       *sender
	impatient    *sender // sends each request once, and does not wait long
	auth         authorizer
	unconfigured error // why no call can be made, see Unconfigured

	// DESIGN.md says in which order these locks are taken.
	syncRuns     locks[int64] // by project
	syncRequests *lock
	rows         locks[int64] // of collections whose reads write, by project
	writes       *lock
	creates      locks[string] // by the path of the collection's list

	known knownIDs
	reads reads

	written counters // requests by which this client may have changed a collection, by its list

	grace  time.Duration   // how long a create outlives its caller
	pauses []time.Duration // before each search for a lost create
}

// impatience is the most that the impatient sender waits for a response.
const impatience = 10 * time.Second

// New makes a client. No request is sent. Its errors say which setting is wrong.
func New(config Config) (*Client, error) {
	sender, err := newSender(config)
	if err != nil {
		return nil, err
	}
	auth, err := newAuthorizer(config.APIKey, sender.headers)
	if err != nil {
		return nil, err
	}
	config.Retries = 0
	if config.RequestTimeout == 0 || config.RequestTimeout > impatience {
		config.RequestTimeout = impatience
	}
	impatient, err := newSender(config)
	if err != nil {
		return nil, err
	}
	c := newClient()
	c.sender = sender
	c.impatient = impatient
	c.auth = auth
	return c, nil
}

// Unconfigured makes a client whose calls all fail with the reason why there are no
// settings for it yet.
func Unconfigured(reason error) *Client {
	c := newClient()
	c.unconfigured = reason
	return c
}

// Configured tells whether the client has settings.
func (c *Client) Configured() bool { return c.unconfigured == nil }

func newClient() *Client {
	return &Client{
		syncRequests: newLock(),
		writes:       newLock(),
		grace:        10 * time.Second,
		pauses:       []time.Duration{0, 1 * time.Second, 2 * time.Second, 3 * time.Second, 4 * time.Second},
	}
}

// authorized sends a request with the token.
func (c *Client) authorized(ctx context.Context, by *sender, method, path string, query url.Values, body any) (*response, error) {
	var payload []byte
	if body != nil {
		var err error
		if payload, err = json.Marshal(body); err != nil {
			return nil, &Error{Method: method, Path: path, Detail: "the request cannot be written as JSON", Err: err}
		}
	}
	return c.withToken(ctx, by, func(token credential) (*response, error) {
		return by.send(ctx, method, path, query, payload, token)
	})
}

// withToken sends a request with the token, and once more with a new one if it
// is refused: the server says the same of an expired token as of a missing one. The sender
// is the one for the tokens.
func (c *Client) withToken(ctx context.Context, by *sender, send func(token credential) (*response, error)) (*response, error) {
	if c.unconfigured != nil {
		return nil, c.unconfigured
	}
	token, err := c.auth.token(ctx, by)
	if err != nil {
		return nil, err
	}
	got, err := send(token)
	if err != nil || got.status != http.StatusUnauthorized {
		return got, err
	}
	renewed, err := c.auth.renew(ctx, by, token)
	if err != nil {
		return nil, err
	}
	if renewed == token {
		return got, nil
	}
	return send(renewed)
}

// failure makes an error of a response whose status is no success.
func (c *Client) failure(got *response) *Error {
	failed := got.failure()
	if got.status == http.StatusUnauthorized && failed.Reason != ReasonLogInPage {
		failed.Reason, failed.Detail = ReasonTokenRefused, c.auth.explain(failed.Detail)
	}
	return failed
}
