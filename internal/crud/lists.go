package crud

import (
	"context"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
)

// Lists remembers what was listed, and what was planned. A provider lives for one walk
// of the graph, in which many objects may want the same list.
type Lists struct {
	checks shared[[]labelstudio.Object]
	byID   shared[map[int64]labelstudio.Object]

	mu      sync.Mutex
	planned map[int64]Planned // by the parent
}

// Planned are the objects of a parent that the walk is to create or to move, by the path
// of their collection's list.
type Planned map[string][]labelstudio.Object

// Plan notes an object that the walk is to create or to move, and returns those of the
// parent that were noted before. So of two objects that the walk plans at the same time,
// exactly one sees the other.
func (l *Lists) Plan(parent int64, in labelstudio.Collection, object labelstudio.Object) Planned {
	l.mu.Lock()
	defer l.mu.Unlock()
	before := l.planned[parent]
	after := Planned{}
	maps.Copy(after, before)
	after[in.String()] = append(slices.Clone(before[in.String()]), object)
	if l.planned == nil {
		l.planned = map[int64]Planned{}
	}
	l.planned[parent] = after
	return before
}

// ListOnce are the objects that a function lists, which is called once for a key, or none if
// it fails. It is for checks only: the list may be older than the walk's changes.
func (l *Lists) ListOnce(ctx context.Context, key string, list func(context.Context) ([]labelstudio.Object, error)) []labelstudio.Object {
	return l.checks.get(ctx, key, func(ctx context.Context) []labelstudio.Object {
		objects, err := list(ctx)
		if err != nil {
			return nil
		}
		return objects
	})
}

// Listed are the objects of the query, listed once. See [Lists.ListOnce].
func (s Server) Listed(ctx context.Context, in labelstudio.Collection, query url.Values) []labelstudio.Object {
	return s.Lists.ListOnce(ctx, in.String()+"?"+query.Encode(), func(ctx context.Context) ([]labelstudio.Object, error) {
		return s.ListByID(ctx, in, query)
	})
}

// First is the first object of the query, if the server lists one. It asks for a page with
// one object, because the server takes long over a page of projects.
func (s Server) First(ctx context.Context, in labelstudio.Collection, query url.Values) (first labelstudio.Object, ok bool) {
	query = maps.Clone(query)
	query.Set("page_size", "1")
	objects := s.Lists.ListOnce(ctx, in.String()+"?"+query.Encode(), func(ctx context.Context) ([]labelstudio.Object, error) {
		for found, err := range s.List(ctx, in, query) {
			return []labelstudio.Object{found}, err
		}
		return nil, nil
	})
	if len(objects) == 0 {
		return nil, false
	}
	return objects[0], true
}

// listed is the object of the state in the list of its parent. There is none if the list
// lacks it or can't be read. A list from before a write of this provider to the collection
// is not used.
func (r *Resource) listed(ctx context.Context, state types.Object) (labelstudio.Object, bool) {
	writes, query := r.Server.Writes(r.Collection), r.query(state)
	key := fmt.Sprintf("%s?%s after %d writes", r.Collection, query.Encode(), writes)
	objects := r.Server.Lists.byID.get(ctx, key, func(ctx context.Context) map[int64]labelstudio.Object {
		byID := map[int64]labelstudio.Object{}
		objects, _ := r.Server.ListByID(ctx, r.Collection, query)
		for _, object := range objects {
			byID[object.ID()] = object
		}
		return byID
	})
	object, found := objects[ID(state)]
	return object, found && r.Server.Writes(r.Collection) == writes
}
