package labelstudio

import (
	"context"
	"net/http"
	"time"
)

// Create makes an object. When the answer is lost, it looks for the object that
// the server may have made: one of which same holds, see lost.go. Without same
// it does not look.
//
// A create that is under way when ctx ends gets some seconds to finish: an
// interrupted create whose id nobody learns leaves an orphan behind.
func (c *Client) Create(ctx context.Context, in Collection, body map[string]any, same func(Object) bool) (Object, error) {
	release, err := c.writes.acquire(ctx, in.writes, http.MethodPost, in.list)
	if err != nil {
		return nil, err
	}
	defer release()
	releaseCreate, err := c.creates.of(in.list).acquire(ctx, shared, http.MethodPost, in.list)
	if err != nil {
		return nil, err
	}
	ctx, end := outlive(ctx, c.grace)
	defer end()

	start := time.Now()
	object, err := c.create(ctx, in, body)
	if err == nil {
		c.known.addCreated(in, object.ID())
	}
	releaseCreate()
	if same == nil || !IsAnswerLost(err) {
		return object, err
	}
	return c.findLost(ctx, in, body, same, start, err)
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
		return nil, got.unreadable("the answer holds no id")
	}
	return object, nil
}

// outlive gives a context that ends some time after ctx does.
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
