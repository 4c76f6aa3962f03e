package storagesync

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"strings"
	"time"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
)

const (
	// mostListed is how many objects are looked at. An export writes all
	// annotations again, so that one of them is among the first, unless other
	// projects write to the same place.
	mostListed = 10000
	// clockSkew is how much the storage's clock may be behind the server's.
	clockSkew = 5 * time.Minute
)

// Listing is a request that lists the place that an export storage writes to: the
// preview of an import storage, which saves nothing.
type Listing struct {
	Path string
	Body map[string]any
}

// checkExport checks that an export has written something. The server counts each
// annotation as exported, even if every write was refused. If the key may not list the
// place, nothing is known.
func (r *run) checkExport(ctx context.Context) error {
	count := r.newest.Int("last_sync_count")
	if r.known.Status != statusCompleted || count == 0 {
		return nil
	}
	body := maps.Clone(r.Exported.Body)
	body["recursive_scan"], body["limit"] = true, mostListed
	listed, err := r.Client.Post(ctx, r.Exported.Path, body)
	if found, known := fresh(listed, err, r.known.Notes.TimeQueued); found || !known {
		return nil
	}
	return &NothingExportedError{Annotations: count}
}

// NothingExportedError tells that an export has written nothing that can be found.
type NothingExportedError struct {
	// Annotations is how many the server says that it has exported.
	Annotations int64
}

// Error tells what the server has counted, and that nothing has arrived.
func (e *NothingExportedError) Error() string {
	return fmt.Sprintf("the server says that it has exported %d annotations, but nothing new is in the place that they should be in", e.Annotations)
}

// fresh tells whether an object was written since the export began, if that can
// be known.
func fresh(listed labelstudio.Object, failure error, since string) (found, known bool) {
	if refused, ok := errors.AsType[*labelstudio.Error](failure); ok {
		// S3, Google and Azure say this of a prefix that no key has.
		message := strings.Join(refused.Fields[labelstudio.NonFieldErrors], " ")
		empty := strings.Contains(message, " not found.") || strings.Contains(message, "No blobs found in")
		return false, refused.Status == http.StatusBadRequest && empty
	}
	var files []struct {
		Key          *string   `json:"key"`
		LastModified time.Time `json:"last_modified"`
	}
	begun, err := time.Parse(notedTime, since)
	if failure != nil || err != nil || json.Unmarshal(listed["files"], &files) != nil {
		return false, false
	}
	for _, file := range files {
		if file.Key == nil {
			return false, false // there are more
		}
		if file.LastModified.After(begun.Add(-clockSkew)) {
			return true, true
		}
	}
	return false, true
}
