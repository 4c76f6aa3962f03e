package storagesync

import (
	"context"
	"errors"
	"time"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
)

// Storage is the storage that is synced, and how.
type Storage struct {
	Client     *labelstudio.Client
	Collection labelstudio.Collection
	ID         int64
	Project    int64

	// Last is what the server has said last of the storage's runs.
	Last Last
	// Begun tells that the run under way is the one that is wanted: the server
	// syncs an export storage as soon as it has created it.
	Begun bool
	// Wait tells whether a run is followed to its end, or only started.
	Wait bool
	// Timeout is how long the sync may take from its turn on.
	Timeout time.Duration

	// Exported, of an export storage, is how the server lists what was exported. It
	// is nil where the credentials for that are not known.
	Exported *Listing
	// Files, of an import storage whose files hold tasks, is what to know of them.
	Files *Files
}

// Result is what became of a sync.
type Result struct {
	// Response is the storage as the server has described it last. It is nil if the
	// server has said nothing of it.
	Response labelstudio.Object
	// LeftOut says which tasks the server has refused while it imported the others.
	LeftOut string
	// Review is what is known of the storage's files then.
	Review Review
}

// Sync asks for a sync and follows it to its end. The error says why it did not
// succeed.
func (s Storage) Sync(ctx context.Context) (Result, error) {
	r := newRun(s)
	err := r.toEnd(ctx)
	if err == nil && s.Exported != nil {
		err = r.checkExport(ctx)
	}
	_, incomplete := errors.AsType[*IncompleteError](err)
	if begun := r.review.Begun(); len(begun) > 0 && !incomplete {
		err = &IncompleteError{Files: begun, Cause: err}
	}
	result := Result{Response: r.newest, Review: r.review}
	if r.known.Status == statusCompletedWithErrors {
		result.LeftOut = endOf(r.known.Traceback)
	}
	return result, err
}
