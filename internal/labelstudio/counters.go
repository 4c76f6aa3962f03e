package labelstudio

import (
	"sync"
	"sync/atomic"
)

// counters holds a counter for each key.
type counters struct{ byKey sync.Map }

func (c *counters) of(key string) *atomic.Int64 {
	counter, _ := c.byKey.LoadOrStore(key, new(atomic.Int64))
	return counter.(*atomic.Int64) //nolint:forcetypeassert // only this function stores
}
