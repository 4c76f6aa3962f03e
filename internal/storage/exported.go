package storage

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

// exported checks that an export has arrived. The server counts each annotation
// as exported even when every write was refused, but it can list the place: the
// endpoint with which an import storage previews its files saves nothing. If it
// doesn't answer, because the key may write and not list, nothing is known.
func (r *storageResource) exported(ctx context.Context, body map[string]any, answer labelstudio.Object) error {
	count := answer.Int("last_sync_count")
	if answer.Text("status") != statusCompleted || count == 0 {
		return nil
	}
	body = maps.Clone(body)
	body["recursive_scan"], body["limit"] = true, mostListed
	if body[r.within] == nil {
		body[r.within] = "" // null is no prefix to Redis, but a key "None"
	}
	listed, err := r.server.Post(ctx, labelstudio.ImportStorages(r.service).Action("files"), body)
	if found, known := fresh(listed, err, parseNotes(answer["meta"]).TimeQueued); found || !known {
		return nil
	}
	return fmt.Errorf("the server says that it has exported %d annotations, but %s", count, nothingArrived)
}

// nothingArrived is a part of a message that is explained like the server's own.
const nothingArrived = "nothing new is in the place that they should be in"

// fresh tells whether an object was written since the export began, if that can
// be known.
func fresh(listed labelstudio.Object, failure error, since string) (found, known bool) {
	if refused, ok := errors.AsType[*labelstudio.Error](failure); ok {
		// S3, Google and Azure say this of a prefix that no key has.
		message := strings.Join(refused.Fields["non_field_errors"], " ")
		empty := strings.Contains(message, " not found.") || strings.Contains(message, "No blobs found in")
		return false, refused.Status == http.StatusBadRequest && empty
	}
	var files []struct {
		Key          *string   `json:"key"`
		LastModified time.Time `json:"last_modified"`
	}
	begun, err := time.Parse("2006-01-02 15:04:05.999999-07:00", since)
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
