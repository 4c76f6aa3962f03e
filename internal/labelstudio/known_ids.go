package labelstudio

import (
	"sync"
	"time"
)

// knownIDs remembers which objects a client has seen or created. By them it tells
// the result of a create whose response was lost from an older object.
type knownIDs struct {
	mu    sync.Mutex
	since map[knownID]time.Time // when first seen; zero for what the client has created
}

type knownID struct {
	list string // the path of the collection's list
	id   int64
}

// addSeen notes that the server has shown an object.
func (k *knownIDs) addSeen(in Collection, id int64) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if _, known := k.since[knownID{in.list, id}]; !known {
		k.set(in, id, time.Now())
	}
}

// addCreated notes that an object is the result of a create of this client, and
// so of no other create.
func (k *knownIDs) addCreated(in Collection, id int64) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.set(in, id, time.Time{})
}

func (k *knownIDs) set(in Collection, id int64, since time.Time) {
	if k.since == nil {
		k.since = map[knownID]time.Time{}
	}
	k.since[knownID{in.list, id}] = since
}

// knownBefore tells whether the client knew the object before a point in time.
func (k *knownIDs) knownBefore(in Collection, id int64, when time.Time) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	since, known := k.since[knownID{in.list, id}]
	return known && since.Before(when)
}

// hasCreated tells whether the client has created the object.
func (k *knownIDs) hasCreated(in Collection, id int64) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	since, known := k.since[knownID{in.list, id}]
	return known && since.IsZero()
}
