package labelstudio

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// LostError is a create whose response was lost, and whose result could not be told
// for certain.
type LostError struct {
	Err        error   // how the response was lost
	Candidates []int64 // the ids of objects that may be the result
	SearchErr  error   // why the search for the result failed, nil if it did not
}

// Error says what is known of the result.
func (e *LostError) Error() string {
	known := "No such object was found on the server afterwards"
	switch {
	case len(e.Candidates) > 0:
		ids := make([]string, len(e.Candidates))
		for i, id := range e.Candidates {
			ids[i] = fmt.Sprint(id)
		}
		known = "The server may have made the object: it is not certain which of these ids it is, if any: " + strings.Join(ids, ", ")
	case e.SearchErr != nil:
		known = fmt.Sprintf("The server may have made the object, but it could not be looked for: %v", e.SearchErr)
	case e.Made():
		known = "The server says that it has made the object, but no such object was found there afterwards"
	}
	return fmt.Sprintf("%v. The response was lost. %s", e.Err, known)
}

// Made tells that the status of the response says that the server made the object.
func (e *LostError) Made() bool {
	return StatusOf(e.Err)/100 == 2
}

// Unwrap gives the error of the request.
func (e *LostError) Unwrap() error { return e.Err }

// findLost looks for the result of a create whose response was lost. The result is
// certain if it is the only object for which same is true, which this client did not
// know before, and which by the server's clock was created after the request. In an undated
// collection the client knows all objects that were there before.
//
// Other creates of this client in the collection have to end first, because their
// results could be taken for the lost one.
func (c *Client) findLost(ctx context.Context, in Collection, body map[string]any, same func(Object) bool, start time.Time, cause error) (Object, error) {
	release, err := c.creates.of(in.list).acquire(ctx, exclusive, http.MethodGet, in.list)
	if err != nil {
		return nil, &LostError{Err: cause, SearchErr: err}
	}
	defer release()

	lost := &LostError{Err: cause}
	for search, pause := range c.pauses { // the server may still be at work on it
		if Pause(ctx, pause) != nil {
			if search == 0 {
				lost.SearchErr = context.Cause(ctx)
			}
			return nil, lost
		}
		var found []Object
		var proven bool
		found, proven, lost.SearchErr = c.candidates(ctx, in, body, same, start)
		if len(found) == 1 && proven {
			c.known.addCreated(in, found[0].ID())
			return found[0], nil
		}
		for _, object := range found {
			lost.Candidates = append(lost.Candidates, object.ID())
		}
		if len(found) > 0 {
			return nil, lost
		}
	}
	return nil, lost
}

// MadeError is a create that failed after the server had made the object.
type MadeError struct{ Err error }

// Error is the error of the request.
func (e *MadeError) Error() string { return e.Err.Error() }

// Unwrap gives the error of the request.
func (e *MadeError) Unwrap() error { return e.Err }

// findMade looks for what a create has made that the server reports as failed. The
// server is done, so one search is enough. Without a certain result the create has failed.
func (c *Client) findMade(ctx context.Context, in Collection, body map[string]any, same func(Object) bool, start time.Time, cause error) (Object, error) {
	release, err := c.creates.of(in.list).acquire(ctx, exclusive, http.MethodGet, in.list)
	if err != nil {
		return nil, cause
	}
	defer release()
	found, proven, err := c.candidates(ctx, in, body, same, start)
	if err != nil || len(found) != 1 || !proven {
		return nil, cause
	}
	c.known.addCreated(in, found[0].ID())
	return found[0], &MadeError{cause}
}

// candidates lists the objects that may be the result of a create that began at
// start, and tells whether the server's clock proves that they were made since.
func (c *Client) candidates(ctx context.Context, in Collection, body map[string]any, same func(Object) bool, start time.Time) (found []Object, proven bool, err error) {
	proven = true
	for part, err := range c.pages(ctx, in, in.lookup(body)) {
		if err != nil {
			return nil, false, err
		}
		// The server's clock at the start of the create, or a little before:
		// Date has no fractions, and may be a gateway's.
		since := part.date.Add(-part.received.Sub(start)).Add(-time.Second)
		for _, object := range part.objects {
			created := object.createdAt()
			dated := !part.date.IsZero() && !created.IsZero()
			if c.known.knownBefore(in, object.ID(), start) || dated && created.Before(since) || !same(object) {
				continue
			}
			proven = proven && (dated || in.undated)
			found = append(found, object)
		}
	}
	return found, proven, nil
}
