package labelstudio

import (
	"context"
	"net/http"
)

// The server writes an ML backend whenever it reads it: it asks the backend for its state
// and saves the whole row as it was before that. So a read beside a PATCH takes the PATCH
// back. Reads of such objects in one project go together, and writes go alone.

// lockRead takes the locks of a read.
func (c *Client) lockRead(ctx context.Context, in Collection, project int64, path string) (release func(), err error) {
	if !in.readsWrite {
		return func() {}, nil
	}
	return c.lockRows(ctx, shared, shared, project, http.MethodGet, path)
}

// lockWrite takes the locks of an update or a delete. It holds that of writes as given.
func (c *Client) lockWrite(ctx context.Context, in Collection, how holding, method, path string) (release func(), err error) {
	if !in.readsWrite {
		return c.writes.acquire(ctx, how, method, path)
	}
	return c.lockRows(ctx, exclusive, how, in.project, method, path)
}

// lockRows takes the lock of a project's rows, and that of writes.
func (c *Client) lockRows(ctx context.Context, rows, writes holding, project int64, method, path string) (release func(), err error) {
	releaseRows, err := c.rows.of(project).acquire(ctx, rows, method, path)
	if err != nil {
		return nil, err
	}
	releaseWrite, err := c.writes.acquire(ctx, writes, method, path)
	if err != nil {
		releaseRows()
		return nil, err
	}
	return func() {
		releaseWrite()
		releaseRows()
	}, nil
}
