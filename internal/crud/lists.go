package crud

import (
	"context"
	"fmt"
	"net/url"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/types"
	"golang.org/x/sync/singleflight"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
)

// Lists remembers what was listed. A provider lives for one walk of the graph,
// in which many objects may want the same list.
type Lists struct {
	checks memo[[]labelstudio.Object]
	byID   memo[map[int64]labelstudio.Object]
}

// Listed are the objects of the query, or none when the server can't list them.
// It is for checks only: the list may be older than the walk's own changes.
func (s Server) Listed(ctx context.Context, in labelstudio.Collection, query url.Values) []labelstudio.Object {
	return s.Lists.checks.get(ctx, in.String()+"?"+query.Encode(), func(ctx context.Context) []labelstudio.Object {
		objects, _ := s.all(ctx, in, query)
		return objects
	})
}

// listed is the object of the state in the list of its parent. There is none if the list
// lacks it or can't be read. A list from before a write of this provider to the collection
// is not used.
func (r *Resource) listed(ctx context.Context, state types.Object) (labelstudio.Object, bool) {
	writes, query := r.Server.Writes(r.Collection), r.query(state)
	key := fmt.Sprintf("%s?%s after %d writes", r.Collection, query.Encode(), writes)
	objects := r.Server.Lists.byID.get(ctx, key, func(ctx context.Context) map[int64]labelstudio.Object {
		byID := map[int64]labelstudio.Object{}
		objects, _ := r.Server.all(ctx, r.Collection, query)
		for _, object := range objects {
			byID[object.ID()] = object
		}
		return byID
	})
	object, found := objects[ID(state)]
	return object, found && r.Server.Writes(r.Collection) == writes
}

// all lists all objects of the query.
func (s Server) all(ctx context.Context, in labelstudio.Collection, query url.Values) ([]labelstudio.Object, error) {
	var objects []labelstudio.Object
	for found, err := range s.List(ctx, in, query) {
		if err != nil {
			return nil, err
		}
		objects = append(objects, found)
	}
	return objects, nil
}

// memo remembers the results of requests by key.
type memo[T any] struct {
	requests singleflight.Group
	known    sync.Map
}

// get is the result for the key. The first call makes the request, and calls during the
// request wait for it. Each call ends with its context. The request doesn't end with the
// context of the first call, because others may wait for it.
func (m *memo[T]) get(ctx context.Context, key string, ask func(context.Context) T) T {
	request := m.requests.DoChan(key, func() (any, error) {
		if known, ok := m.known.Load(key); ok {
			return known, nil
		}
		result := ask(context.WithoutCancel(ctx))
		m.known.Store(key, result)
		return result, nil
	})
	var nothing T
	select {
	case <-ctx.Done():
		return nothing
	case result := <-request:
		value, _ := result.Val.(T)
		return value
	}
}
