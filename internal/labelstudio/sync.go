package labelstudio

import (
	"context"
	"fmt"
	"net/http"
)

// LockSync waits until no other sync that this client follows runs in the project:
// parallel ones give tasks of one project equal numbers. The caller calls release when
// its sync has ended.
func (c *Client) LockSync(ctx context.Context, project int64) (release func(), err error) {
	return c.syncRuns.of(project).acquire(ctx, exclusive, http.MethodPost, fmt.Sprintf("sync in project %d", project))
}

// LockSyncRequest waits until no other sync request of this client is under way.
// In parallel most of the syncs fail on SQLite, and four of them occupy all processes
// of a stock server. The caller calls release when it has the response.
func (c *Client) LockSyncRequest(ctx context.Context) (release func(), err error) {
	return c.syncRequests.acquire(ctx, exclusive, http.MethodPost, "sync")
}

// Sync starts the sync of a storage. Without Redis, the server responds when the
// sync has ended. The response says how it went: a failed sync has status 200, too.
// The caller holds the lock of LockSyncRequest.
func (c *Client) Sync(ctx context.Context, in Collection, id int64) (Object, error) {
	path := in.ItemAction(id, "sync")
	release, err := c.writes.acquire(ctx, shared, http.MethodPost, path)
	if err != nil {
		return nil, err
	}
	defer release()
	got, err := c.doIn(ctx, http.MethodPost, in, path, nil, nil)
	if err != nil {
		return nil, err
	}
	return got.object()
}
