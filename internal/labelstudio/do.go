package labelstudio

import (
	"context"
	"errors"
	"net/http"
	"net/url"
)

// do sends a request and returns a response whose status is a success. Any other
// response is an error that says what is wrong.
func (c *Client) do(ctx context.Context, method, path string, query url.Values, body any) (*response, error) {
	got, err := c.authorized(ctx, c.sender, method, path, query, body)
	if err != nil {
		return nil, err
	}
	return c.succeeded(ctx, got)
}

// succeeded returns a response whose status is a success, and an error for any other.
func (c *Client) succeeded(ctx context.Context, got *response) (*response, error) {
	if got.status/100 == 2 {
		return got, nil
	}
	failed := c.failure(got)
	if got.status == http.StatusNotFound {
		c.explainNotFound(ctx, failed)
	}
	return nil, failed
}

// doIn is do for a collection and its objects.
func (c *Client) doIn(ctx context.Context, method string, in Collection, path string, query url.Values, body any) (*response, error) {
	if method != http.MethodGet {
		// Both: a list may be asked for before the write and answered after it.
		written := c.written.of(in.list)
		written.Add(1)
		defer written.Add(1)
	}
	got, err := c.do(ctx, method, path, query, body)
	if failed, ok := errors.AsType[*Error](err); ok && failed.gone && failed.page {
		c.explainGone(ctx, in, failed)
	}
	return got, err
}
