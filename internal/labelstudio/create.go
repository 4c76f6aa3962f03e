package labelstudio

import (
	"context"
	"net/http"
	"slices"
	"time"
)

// Create makes an object. If the response is lost, it looks for the object that the
// server may have made, for which same is true. If same is nil, it does not look. With a
// [MadeError], it returns the object, too.
//
// Objects of an undated collection are listed before the create, or else nothing would
// tell the new one from those that were there before.
//
// A create that is under way when ctx ends has some seconds to finish: one whose id
// nobody learns leaves an orphan behind.
func (c *Client) Create(ctx context.Context, in Collection, body map[string]any, same func(Object) bool) (Object, error) {
	release, err := c.writes.acquire(ctx, held(in.createsAlone), http.MethodPost, in.list)
	if err != nil {
		return nil, err
	}
	defer release()
	in.readsWrite = false // the search for a lost create needs no lock beside this one
	releaseCreate, err := c.creates.of(in.list).acquire(ctx, shared, http.MethodPost, in.list)
	if err != nil {
		return nil, err
	}
	if in.undated {
		for _, err := range c.List(ctx, in, in.lookup(body)) {
			if err != nil {
				releaseCreate()
				return nil, err
			}
		}
	}
	ctx, end := outlive(ctx, c.grace)
	defer end()

	start := time.Now()
	object, err := c.create(ctx, in, body)
	if err == nil {
		c.known.addCreated(in, object.ID())
	}
	releaseCreate()
	switch {
	case err == nil || same == nil:
		return object, err
	case IsResponseLost(err):
		return c.findLost(ctx, in, body, same, start, err)
	case slices.Contains(in.createsFail, StatusOf(err)):
		return c.findMade(ctx, in, body, same, start, err)
	}
	return nil, err
}

func (c *Client) create(ctx context.Context, in Collection, body map[string]any) (Object, error) {
	got, err := c.doIn(ctx, http.MethodPost, in, in.list, nil, body)
	if err != nil {
		return nil, err
	}
	object, err := got.object()
	if err != nil {
		return nil, err
	}
	if object.ID() == 0 {
		return nil, got.unexpected("the response holds no id")
	}
	return object, nil
}

// outlive returns a context that ends some time after ctx does.
func outlive(ctx context.Context, grace time.Duration) (context.Context, context.CancelFunc) {
	longer, cancel := context.WithCancelCause(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() {
		time.AfterFunc(grace, func() { cancel(context.Cause(ctx)) })
	})
	return longer, func() {
		stop()
		cancel(nil)
	}
}

// HasCreated tells whether this client has created the object.
func (c *Client) HasCreated(in Collection, id int64) bool {
	return c.known.hasCreated(in, id)
}
