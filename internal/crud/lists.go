package crud

import (
	"context"
	"net/url"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
)

// Lists remembers what was listed in a walk of the graph, in which many objects may want
// the same list.
type Lists struct{ shared[[]labelstudio.Object] }

// Listed are the objects of the query, or none when the server can't list them.
// It is for checks only: the list may be older than the walk's own changes.
func (s Server) Listed(ctx context.Context, in labelstudio.Collection, query url.Values) []labelstudio.Object {
	return s.Lists.get(ctx, in.String()+"?"+query.Encode(), func(ctx context.Context) []labelstudio.Object {
		var objects []labelstudio.Object
		for found, err := range s.List(ctx, in, query) {
			if err != nil {
				return nil
			}
			objects = append(objects, found)
		}
		return objects
	})
}
