package labelstudio

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
)

// Get reads an object.
func (c *Client) Get(ctx context.Context, in Collection, id int64) (Object, error) {
	if in.settings {
		return c.settingsOf(ctx, in, id)
	}
	release, err := c.lockRead(ctx, in, in.project, in.itemPath(id))
	if err != nil {
		return nil, err
	}
	defer release()
	return c.get(ctx, in, id, nil)
}

func (c *Client) get(ctx context.Context, in Collection, id int64, query url.Values) (Object, error) {
	object, err := c.item(ctx, http.MethodGet, in, id, query, nil)
	if err == nil {
		c.known.addSeen(in, id)
	}
	return object, err
}

// Update changes the fields of an object that body names.
func (c *Client) Update(ctx context.Context, in Collection, id int64, body map[string]any) (Object, error) {
	method := cmp.Or(in.change, http.MethodPatch)
	release, err := c.lockWrite(ctx, in, shared, method, in.itemPath(id))
	if err != nil {
		return nil, err
	}
	defer release()
	return c.item(ctx, method, in, id, nil, body)
}

// Delete makes sure that an object is gone. One that is missing is no error: after
// a lost response the request is repeated, and then finds nothing.
func (c *Client) Delete(ctx context.Context, in Collection, id int64) error {
	release, err := c.lockWrite(ctx, in, held(in.deletesAlone), http.MethodDelete, in.itemPath(id))
	if err != nil {
		return err
	}
	defer release()
	got, err := c.doIn(ctx, http.MethodDelete, in, in.itemPath(id), nil, nil)
	switch {
	case IsNotFound(err):
		return nil
	case err != nil || len(got.body) == 0:
		return err
	}
	var content any // the log-in page of a gateway has status 200, too
	return got.decode(&content)
}

// item sends a request whose response is the object that it is about.
func (c *Client) item(ctx context.Context, method string, in Collection, id int64, query url.Values, body any) (Object, error) {
	got, err := c.doIn(ctx, method, in, in.itemPath(id), query, body)
	if err != nil {
		return nil, err
	}
	if in.settings {
		return got.settings(id)
	}
	object, err := got.object()
	if err != nil {
		return nil, err
	}
	if object.ID() != id {
		return nil, got.unexpected("the response is another object than the one asked for")
	}
	return object, nil
}
