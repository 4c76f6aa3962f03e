package labelstudio

import (
	"context"
	"sync"
)

// reads holds the reads of objects that wait while another request for such objects
// is under way. The key says which collection and fields they read.
type reads struct {
	mu      sync.Mutex
	waiting map[string][]read // a key is there while a request is under way
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

// begin reports true if no request is under way, and the caller has to make it.
// Otherwise the result comes by the channel.
func (r *reads) begin(ctx context.Context, key string, id int64) (<-chan readResult, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	waiting, underWay := r.waiting[key]
	if !underWay {
		if r.waiting == nil {
			r.waiting = map[string][]read{}
		}
		r.waiting[key] = nil
		return nil, true
	}
	result := make(chan readResult, 1)
	r.waiting[key] = append(waiting, read{ctx, id, result})
	return result, false
}

// next takes the first reads that wait, at most count. If none waits, the next read
// begins a request.
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
