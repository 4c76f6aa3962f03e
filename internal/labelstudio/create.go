package labelstudio

import (
	"context"
	"net/http"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"
)

// Create makes an object. When the answer is lost, it looks for the object that
// the server may have made: one of which same holds, see lost.go. Without same
// it does not look.
//
// A create that is under way when ctx ends gets some seconds to finish: an
// interrupted create whose id nobody learns leaves an orphan behind.
func (c *Client) Create(ctx context.Context, in Collection, body map[string]any, same func(Object) bool) (Object, error) {
	release, err := c.takeTurn(ctx, c.writes, in.turn, http.MethodPost, in.list)
	if err != nil {
		return nil, err
	}
	defer release()
	book := c.books.of(in)
	created, err := c.takeTurn(ctx, book.creates, shared, http.MethodPost, in.list)
	if err != nil {
		return nil, err
	}
	ctx, end := outlive(ctx, c.grace)
	defer end()

	start := time.Now()
	object, err := c.create(ctx, in, body)
	if err == nil {
		book.claim(object.ID())
	}
	created()
	if same == nil || !IsAnswerLost(err) {
		return object, err
	}
	return c.findLost(ctx, in, body, same, start, err)
}

func (c *Client) create(ctx context.Context, in Collection, body map[string]any) (Object, error) {
	got, err := c.doOn(ctx, http.MethodPost, in, in.list, nil, body)
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

// books holds what this client knows of the ids of each collection.
type books struct {
	mu     sync.Mutex
	byList map[string]*book
}

type book struct {
	creates *semaphore.Weighted // shared by the creates; who looks for a lost one needs it alone
	mu      sync.Mutex
	seen    map[int64]time.Time // when first; the zero time for what this client has created
}

func (b *books) of(in Collection) *book {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.byList == nil {
		b.byList = map[string]*book{}
	}
	if b.byList[in.list] == nil {
		b.byList[in.list] = &book{creates: semaphore.NewWeighted(alone), seen: map[int64]time.Time{}}
	}
	return b.byList[in.list]
}

func (b *book) see(id int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if _, known := b.seen[id]; !known {
		b.seen[id] = time.Now()
	}
}

// claim says that an object is the result of a create of this client, and of no
// other.
func (b *book) claim(id int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.seen[id] = time.Time{}
}

func (b *book) seenBefore(id int64, when time.Time) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	first, known := b.seen[id]
	return known && first.Before(when)
}

// HasCreated tells whether this client has created the object.
func (c *Client) HasCreated(in Collection, id int64) bool {
	book := c.books.of(in)
	book.mu.Lock()
	defer book.mu.Unlock()
	first, known := book.seen[id]
	return known && first.IsZero()
}
