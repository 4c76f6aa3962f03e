package labelstudio

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// LostError is a create whose answer was lost, and whose result was not found
// beyond doubt.
type LostError struct {
	Err        error   // how the answer was lost
	Candidates []int64 // the ids of objects that may be the result; none was found if empty
	Unlooked   error   // why it could not be looked for
}

// Error says what is known, and what to do.
func (e *LostError) Error() string {
	switch {
	case len(e.Candidates) > 0:
		ids := make([]string, len(e.Candidates))
		for i, id := range e.Candidates {
			ids[i] = fmt.Sprint(id)
		}
		return fmt.Sprintf("%v. The answer was lost. The server may have made the object: it is not certain which of these ids it is, if any: %s. "+
			"Look at them, import or delete the right one, and apply again", e.Err, strings.Join(ids, ", "))
	case e.Unlooked != nil:
		return fmt.Sprintf("%v. The answer was lost. The server may have made the object, but it could not be looked for: %v. "+
			"Look for it on the server, import or delete it, and apply again", e.Err, e.Unlooked)
	}
	if answered, ok := errors.AsType[*Error](e.Err); ok && answered.Status/100 == 2 {
		return fmt.Sprintf("%v. The answer was lost. The server says that it has made the object, but no such object was found there afterwards. "+
			"Look for it on the server, import or delete it, and apply again", e.Err)
	}
	return fmt.Sprintf("%v. The answer was lost. No such object was found on the server afterwards, "+
		"so it is safe to apply again, unless the server is still at work on it", e.Err)
}

// Unwrap gives the error of the request.
func (e *LostError) Unwrap() error { return e.Err }

// findLost looks for the result of a create whose answer was lost. The result
// is taken for certain when it is the only object of which same holds, which
// this client never saw before, and which was created after the request by the
// server's own clock.
//
// No other create of this client may be under way in the collection: its
// result could be taken for the lost one.
func (c *Client) findLost(ctx context.Context, in Collection, body map[string]any, same func(Object) bool, start time.Time, cause error) (Object, error) {
	release, err := c.creates.of(in.list).acquire(ctx, exclusive, http.MethodGet, in.list)
	if err != nil {
		return nil, &LostError{Err: cause, Unlooked: err}
	}
	defer release()

	lost := &LostError{Err: cause}
	for look, pause := range c.pauses { // the server may still be at work on it
		if Pause(ctx, pause) != nil {
			if look == 0 {
				lost.Unlooked = context.Cause(ctx)
			}
			return nil, lost
		}
		var found []Object
		var proven bool
		found, proven, lost.Unlooked = c.candidates(ctx, in, body, same, start)
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

// candidates lists what may be the result of a create that began at start, and
// tells whether the server's clock proves that it was made since.
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
			proven = proven && dated
			found = append(found, object)
		}
	}
	return found, proven, nil
}
