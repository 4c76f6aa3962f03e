package labelstudio

import (
	"context"
	"net/http"
)

// Post sends body to a path relative to the server's URL, such as
// "api/projects/validate/". A response without content gives a nil Object.
func (c *Client) Post(ctx context.Context, path string, body any) (Object, error) {
	release, err := c.writes.acquire(ctx, shared, http.MethodPost, path)
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
