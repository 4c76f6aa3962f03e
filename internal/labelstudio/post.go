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

// PostItem lets an object of a collection do something, such as "train". The response
// says no more than that.
func (c *Client) PostItem(ctx context.Context, in Collection, id int64, action string) error {
	path := in.ItemAction(id, action)
	release, err := c.lockWrite(ctx, in, shared, http.MethodPost, path)
	if err != nil {
		return err
	}
	defer release()
	_, err = c.doIn(ctx, http.MethodPost, in, path, nil, nil)
	return err
}
