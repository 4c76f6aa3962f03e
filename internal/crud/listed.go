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
func (s Server) Listed(ctx context.Context, in labelstudio.Collection, query url.Values) []labelstudio.Object {
	s.Lists.mu.Lock()
	defer s.Lists.mu.Unlock()
	key := in.String() + "?" + query.Encode()
	if known, ok := s.Lists.known[key]; ok {
		return known
	}
	var answers []labelstudio.Object
	for answer, err := range s.List(ctx, in, query) {
		if err != nil {
			answers = nil
			break
		}
		answers = append(answers, answer)
	}
	if s.Lists.known == nil {
		s.Lists.known = map[string][]labelstudio.Object{}
	}
	s.Lists.known[key] = answers
	return answers
}
