package labelstudio

import (
	"context"
	"sync"

	"golang.org/x/sync/semaphore"
)

// holding is how a request holds a lock: together with others, or alone.
type holding int64

const (
	shared    holding = 1
	exclusive holding = 1 << 20
)

// held is how a request holds a lock: alone, or together with others.
func held(alone bool) holding {
	if alone {
		return exclusive
	}
	return shared
}

// lock is a read-write lock. Unlike with sync.RWMutex, a wait for it ends with its
// context. Callers get it in the order in which they ask for it.
type lock struct{ semaphore *semaphore.Weighted }

func newLock() *lock { return &lock{semaphore.NewWeighted(int64(exclusive))} }

// acquire waits for the lock. The method and the path are those of the request that
// needs it.
func (l *lock) acquire(ctx context.Context, how holding, method, path string) (release func(), err error) {
	if err := l.semaphore.Acquire(ctx, int64(how)); err != nil {
		return nil, &Error{Method: method, Path: path, Detail: "given up while waiting for other requests to end", Err: context.Cause(ctx)}
	}
	return func() { l.semaphore.Release(int64(how)) }, nil
}

// locks holds a lock for each key.
type locks[K comparable] struct {
	mu    sync.Mutex
	byKey map[K]*lock
}

func (l *locks[K]) of(key K) *lock {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.byKey == nil {
		l.byKey = map[K]*lock{}
	}
	if l.byKey[key] == nil {
		l.byKey[key] = newLock()
	}
	return l.byKey[key]
}
