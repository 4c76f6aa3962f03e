package crud

import (
	"context"
	"net/url"
	"sync"

	"golang.org/x/sync/singleflight"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
)

// Lists remembers what was listed. A provider lives for one walk of the graph,
// in which many objects may want the same list.
type Lists struct {
	requests singleflight.Group
	known    sync.Map // the objects by path and query
}

// Listed are the objects of the query, or none when the server can't list them.
// It is for checks only: the list may be older than the walk's own changes.
func (s Server) Listed(ctx context.Context, in labelstudio.Collection, query url.Values) []labelstudio.Object {
	return s.Lists.get(ctx, in.String()+"?"+query.Encode(), func(ctx context.Context) []labelstudio.Object {
		objects, err := s.ListByID(ctx, in, query)
		if err != nil {
			return nil
		}
		return objects
	})
}

// get is the list of the key. The first call makes the request, and calls during the
// request wait for it. Each call ends with its context. The request doesn't end with the
// context of the first call, because others may wait for it.
func (l *Lists) get(ctx context.Context, key string, list func(context.Context) []labelstudio.Object) []labelstudio.Object {
	request := l.requests.DoChan(key, func() (any, error) {
		if known, ok := l.known.Load(key); ok {
			return known, nil
		}
		objects := list(context.WithoutCancel(ctx))
		l.known.Store(key, objects)
		return objects, nil
	})
	select {
	case <-ctx.Done():
		return nil
	case result := <-request:
		objects, _ := result.Val.([]labelstudio.Object)
		return objects
	}
}
