package crud

import (
	"context"
	"sync"

	"golang.org/x/sync/singleflight"
)

// shared holds answers of the server that many objects need, by key. A provider lives for
// one walk of the graph, and so do the answers.
type shared[T any] struct {
	requests singleflight.Group
	known    sync.Map
}

// get is the answer of the key. The first call asks for it, and calls during the request
// wait for it. Each call ends with its context, without an answer. The request doesn't end
// with the context of the first call, because others may wait for it.
func (s *shared[T]) get(ctx context.Context, key string, ask func(context.Context) T) T {
	request := s.requests.DoChan(key, func() (any, error) {
		if known, ok := s.known.Load(key); ok {
			return known, nil
		}
		answer := ask(context.WithoutCancel(ctx))
		s.known.Store(key, answer)
		return answer, nil
	})
	select {
	case <-ctx.Done():
		var none T
		return none
	case result := <-request:
		answer, _ := result.Val.(T)
		return answer
	}
}
