// Package labelstudio is a client of the REST API of Label Studio. It knows
// HTTP, JSON and what the server makes of what it is sent; it knows nothing of
// Terraform.
package labelstudio

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"time"

	"github.com/hashicorp/go-retryablehttp"
	"golang.org/x/sync/semaphore"
)

// Client talks to one Label Studio server. It is safe for concurrent use.
type Client struct {
	base    string // without a slash at the end
	headers http.Header
	auth    authorizer
	reason  error // why no call can be made, see Unconfigured

	repeating *retryablehttp.Client // for requests that may be carried out twice
	posting   *retryablehttp.Client // for requests that must not

	writes *semaphore.Weighted // see turns.go
	syncs  *semaphore.Weighted
	runs   runs
	books  books

	grace  time.Duration   // how long a create outlives its caller
	pauses []time.Duration // before each look for a lost create
}

// New makes a client. No request is sent. Its errors say which setting is wrong.
func New(config Config) (*Client, error) {
	base, err := parseURL(config.URL)
	if err != nil {
		return nil, err
	}
	headers, err := parseHeaders(config.Headers)
	if err != nil {
		return nil, err
	}
	headers.Set("Accept", "application/json")
	if config.UserAgent != "" {
		headers.Set("User-Agent", config.UserAgent)
	}
	wire, err := newWire(config)
	if err != nil {
		return nil, err
	}
	caller := &http.Client{Transport: wire, CheckRedirect: refuseRedirects}

	c := newClient()
	c.base = base
	c.headers = headers
	c.repeating = newRetrying(caller, config.Retries, mayRepeat)
	c.posting = newRetrying(caller, config.Retries, mayPostAgain)
	c.auth, err = newAuthorizer(config.APIKey, c.refreshToken)
	if err != nil {
		return nil, err
	}
	return c, nil
}

// Unconfigured makes a client that answers each call with the reason why it
// cannot be made: the settings may be unknown while Terraform plans, which is
// no error until a call is needed.
func Unconfigured(reason error) *Client {
	c := newClient()
	c.reason = reason
	return c
}

func newClient() *Client {
	return &Client{
		writes: semaphore.NewWeighted(alone),
		syncs:  semaphore.NewWeighted(alone),
		grace:  10 * time.Second,
		pauses: []time.Duration{0, 1 * time.Second, 2 * time.Second, 3 * time.Second, 4 * time.Second},
	}
}

// Get reads an object.
func (c *Client) Get(ctx context.Context, in Collection, id int64) (Object, error) {
	object, err := c.item(ctx, http.MethodGet, in, id, nil)
	if err == nil {
		c.books.of(in).see(id)
	}
	return object, err
}

// Update changes the fields of an object that body names.
func (c *Client) Update(ctx context.Context, in Collection, id int64, body map[string]any) (Object, error) {
	release, err := c.takeTurn(ctx, c.writes, shared, http.MethodPatch, in.itemPath(id))
	if err != nil {
		return nil, err
	}
	defer release()
	return c.item(ctx, http.MethodPatch, in, id, body)
}

// Delete makes sure that an object is gone. One that is not there is no error:
// when an answer is lost, the request is repeated and finds nothing.
func (c *Client) Delete(ctx context.Context, in Collection, id int64) error {
	release, err := c.takeTurn(ctx, c.writes, in.turn, http.MethodDelete, in.itemPath(id))
	if err != nil {
		return err
	}
	defer release()
	got, err := c.doOn(ctx, http.MethodDelete, in, in.itemPath(id), nil, nil)
	switch {
	case IsNotFound(err):
		return nil
	case err != nil || len(got.body) == 0:
		return err
	}
	var said any // a log-in page in front of the server has status 200, too
	return got.decode(&said)
}

// Post sends body to a path relative to the server's URL, such as
// "api/projects/validate/". An answer without content gives a nil Object.
func (c *Client) Post(ctx context.Context, path string, body any) (Object, error) {
	release, err := c.takeTurn(ctx, c.writes, shared, http.MethodPost, path)
	if err != nil {
		return nil, err
	}
	defer release()
	got, err := c.do(ctx, http.MethodPost, path, nil, body)
	if err != nil || len(got.body) == 0 {
		return nil, err
	}
	return got.object()
}

// item sends a request that is answered with the object it is about.
func (c *Client) item(ctx context.Context, method string, in Collection, id int64, body any) (Object, error) {
	got, err := c.doOn(ctx, method, in, in.itemPath(id), nil, body)
	if err != nil {
		return nil, err
	}
	object, err := got.object()
	if err != nil {
		return nil, err
	}
	if object.ID() != id {
		return nil, got.unreadable("the answer is another object than the one asked for" + perhapsAnother)
	}
	return object, nil
}

// do sends a request and gives back a successful answer.
func (c *Client) do(ctx context.Context, method, path string, query url.Values, body any) (*answer, error) {
	got, err := c.authorized(ctx, method, path, query, body)
	if err != nil {
		return nil, err
	}
	if got.status/100 == 2 {
		return got, nil
	}
	refused := got.refusal()
	switch got.status {
	case http.StatusNotFound:
		c.judgeNotFound(ctx, refused)
	case http.StatusUnauthorized:
		refused.Detail = c.auth.explain(refused.Detail)
	}
	return nil, refused
}

// authorized sends a request with the token, and once more with a new one if it
// is refused: the server says the same of an expired token as of a missing one.
func (c *Client) authorized(ctx context.Context, method, path string, query url.Values, body any) (*answer, error) {
	if c.reason != nil {
		return nil, c.reason
	}
	var payload []byte
	if body != nil {
		var err error
		if payload, err = json.Marshal(body); err != nil {
			return nil, &Error{Method: method, Path: path, Detail: "the request cannot be written as JSON", Err: err}
		}
	}
	token, err := c.auth.token(ctx)
	if err != nil {
		return nil, err
	}
	got, err := c.send(ctx, method, path, query, payload, token)
	if err != nil || got.status != http.StatusUnauthorized {
		return got, err
	}
	renewed, err := c.auth.renew(ctx, token)
	if err != nil {
		return nil, err
	}
	if renewed == token {
		return got, nil
	}
	return c.send(ctx, method, path, query, payload, renewed)
}

// send sends a request, repeats it as far as its method allows, and gives back
// the last answer, whatever its status.
func (c *Client) send(ctx context.Context, method, path string, query url.Values, payload []byte, token string) (*answer, error) {
	address := c.base + "/" + path
	if len(query) > 0 {
		address += "?" + query.Encode()
	}
	var body any // a nil []byte would be a body
	if payload != nil {
		body = payload
	}
	request, err := retryablehttp.NewRequestWithContext(ctx, method, address, body)
	if err != nil {
		return nil, &Error{Method: method, Path: path, Err: err}
	}
	request.Header = c.headers.Clone()
	if payload != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	if token != "" {
		request.Header.Set("Authorization", token)
	}
	client := c.repeating
	if method == http.MethodPost && changes(method, path) {
		client = c.posting
	}
	response, err := client.Do(request)
	if err != nil {
		return nil, c.failure(ctx, method, path, err)
	}
	return readAnswer(method, path, response)
}

// changes tells a request that may change something on the server. A new access
// token is no change.
func changes(method, path string) bool {
	return method != http.MethodGet && path != refreshPath
}
