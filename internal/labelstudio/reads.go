package labelstudio

import (
	"context"
	"sync"
)

// reads holds the reads of objects that wait for a request that they share. The key says
// which collection and fields they read.
type reads struct {
	mu      sync.Mutex
	waiting map[string][]read // a key is there while somebody makes the requests of its reads
}

// read is one object that is waited for. It gets the object, or nothing if it has to
// be asked for alone.
type read struct {
	ctx    context.Context //nolint:containedctx // of the call that waits
	id     int64
	result chan<- readResult
}

type readResult struct {
	object Object
	err    error
}

// wait adds a read. Its result comes by the channel. It reports true if nobody makes the
// requests of such reads, and the caller has to see to it.
func (r *reads) wait(ctx context.Context, key string, id int64) (<-chan readResult, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	waiting, underWay := r.waiting[key]
	if r.waiting == nil {
		r.waiting = map[string][]read{}
	}
	result := make(chan readResult, 1)
	r.waiting[key] = append(waiting, read{ctx, id, result})
	return result, !underWay
}

// next takes the first reads that wait, at most count. If none waits, the requests have
// ended, and the next read begins them again.
func (r *reads) next(key string, count int) []read {
	r.mu.Lock()
	defer r.mu.Unlock()
	waiting := r.waiting[key]
	if len(waiting) == 0 {
		delete(r.waiting, key)
		return nil
	}
	count = min(count, len(waiting))
	r.waiting[key] = waiting[count:]
	return waiting[:count]
}
