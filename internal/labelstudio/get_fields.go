package labelstudio

import (
	"context"
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// gathering is how long a request waits for the reads that can share it. Terraform starts
// ten reads at once, and a new one when one has ended.
const gathering = 3 * time.Millisecond

// GetFields reads the named fields of an object, or all fields where the collection
// doesn't take names. A project without its counters takes the server half the time.
//
// Reads that come together, or while a request for such objects is under way, share a
// request, which lists them by their ids: the server needs no more time for ten projects
// than for one. An object that the list lacks is asked for alone, because only that
// response proves that it is gone.
func (c *Client) GetFields(ctx context.Context, in Collection, id int64, fields []string) (Object, error) {
	query := in.Include(fields...)
	if query == nil {
		return c.Get(ctx, in, id)
	}
	key := in.list + "?" + query.Encode()
	result, first := c.reads.wait(ctx, key, id)
	if first {
		go c.readWaiting(in, key, query) //nolint:contextcheck // it has those of the reads that wait
	}
	select {
	case <-ctx.Done():
		return nil, &Error{Method: http.MethodGet, Path: in.itemPath(id), Detail: "given up while waiting for other requests to end", Err: context.Cause(ctx)}
	case got := <-result:
		if got.object == nil && got.err == nil {
			return c.get(ctx, in, id, query)
		}
		return got.object, got.err
	}
}

// readWaiting reads the objects that are waited for until no read waits any more. It
// doesn't end with one of them. Each request is logged as one of a read that waits for it:
// a call that has ended has no log any more. A read that waits alone makes its own request.
func (c *Client) readWaiting(in Collection, key string, query url.Values) {
	for {
		time.Sleep(gathering)
		waiting := c.reads.next(key, pageSize)
		if len(waiting) == 0 {
			return
		}
		found := map[int64]Object{}
		var failure error
		if len(waiting) > 1 {
			found, failure = c.getAll(context.WithoutCancel(waiting[0].ctx), in, waiting, query)
		}
		for _, read := range waiting {
			read.result <- readResult{found[read.id], failure}
		}
	}
}

// getAll lists objects by their ids. It fails if the server can't be asked. A response
// that is an error of the list may have another cause for each object.
func (c *Client) getAll(ctx context.Context, in Collection, waiting []read, include url.Values) (map[int64]Object, error) {
	ids := make([]string, len(waiting))
	for i, read := range waiting {
		ids[i] = strconv.FormatInt(read.id, 10)
	}
	query := url.Values{"ids": {strings.Join(ids, ",")}, "page_size": {strconv.Itoa(pageSize)}}
	maps.Copy(query, include)
	part, err := c.page(ctx, in, query)
	if err != nil {
		if StatusOf(err) != 0 {
			err = nil
		}
		return nil, err
	}
	found := map[int64]Object{}
	for _, object := range part.objects {
		c.known.addSeen(in, object.ID())
		found[object.ID()] = object
	}
	return found, nil
}
