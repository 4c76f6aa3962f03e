package crud

import (
	"context"
	"net/url"
	"sync"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
)

// Lists remembers what was listed. A provider lives for one walk of the graph,
// in which many objects may want the same list.
type Lists struct {
	mu    sync.Mutex
	known map[string][]labelstudio.Object
}

// Listed are the objects of the query, or none when the server can't list them.
// It is for checks only: the list may be older than the walk's own changes.
func (r Resource) Listed(ctx context.Context, server Server, query url.Values) []labelstudio.Object {
	server.Lists.mu.Lock()
	defer server.Lists.mu.Unlock()
	key := r.TypeName + "?" + query.Encode()
	if known, ok := server.Lists.known[key]; ok {
		return known
	}
	var answers []labelstudio.Object
	for answer, err := range server.List(ctx, r.Collection, query) {
		if err != nil {
			answers = nil
			break
		}
		answers = append(answers, answer)
	}
	if server.Lists.known == nil {
		server.Lists.known = map[string][]labelstudio.Object{}
	}
	server.Lists.known[key] = answers
	return answers
}
