package labelstudio

import (
	"context"
	"fmt"
	"net/http"
	"sync"

	"golang.org/x/sync/semaphore"
)

// How much of the turns a request takes. What the server cannot do in parallel
// takes all of them.
const (
	shared = 1
	alone  = 1 << 20
)

// takeTurn waits until others are done, in the order of arrival.
func (c *Client) takeTurn(ctx context.Context, turns *semaphore.Weighted, weight int64, method, path string) (release func(), err error) {
	if err := turns.Acquire(ctx, weight); err != nil {
		return nil, &Error{Method: method, Path: path, Detail: "given up while waiting for other requests to end", Err: context.Cause(ctx)}
	}
	return func() { turns.Release(weight) }, nil
}

// SyncRequestTurn waits until no other sync request of this client is under way.
// In parallel most of the syncs fail on SQLite, and four of them keep a stock
// server from answering anybody. The caller lets the next one go with release.
func (c *Client) SyncRequestTurn(ctx context.Context) (release func(), err error) {
	return c.takeTurn(ctx, c.syncs, alone, http.MethodPost, "sync")
}

// Sync starts the sync of a storage, and without Redis waits for its end. The
// answer says how it went: failure is a 200 too. It needs a SyncRequestTurn.
func (c *Client) Sync(ctx context.Context, in Collection, id int64) (Object, error) {
	path := in.ItemAction(id, "sync")
	release, err := c.takeTurn(ctx, c.writes, shared, http.MethodPost, path)
	if err != nil {
		return nil, err
	}
	defer release()
	got, err := c.doOn(ctx, http.MethodPost, in, path, nil, nil)
	if err != nil {
		return nil, err
	}
	return got.object()
}

// runs holds the turn of each project in which this client may run a sync.
type runs struct {
	mu        sync.Mutex
	byProject map[int64]*semaphore.Weighted
}

func (r *runs) of(project int64) *semaphore.Weighted {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.byProject == nil {
		r.byProject = map[int64]*semaphore.Weighted{}
	}
	if r.byProject[project] == nil {
		r.byProject[project] = semaphore.NewWeighted(alone)
	}
	return r.byProject[project]
}

// SyncTurn waits until no other sync that this client follows runs in the
// project: parallel ones give tasks of one project equal numbers. The caller
// lets the next one go with release.
func (c *Client) SyncTurn(ctx context.Context, project int64) (release func(), err error) {
	return c.takeTurn(ctx, c.runs.of(project), alone, http.MethodPost, fmt.Sprintf("sync in project %d", project))
}
