package storagesync

import (
	"context"
	"time"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
)

const (
	firstPause = time.Second
	lastPause  = 10 * time.Second
)

// polls waits before each pass of a loop that asks the server, longer each time, until
// the context ends.
func polls(ctx context.Context) func(yield func() bool) {
	return func(yield func() bool) {
		for wait := firstPause; labelstudio.Pause(ctx, wait) == nil; wait = min(wait*3/2, lastPause) {
			if !yield() {
				return
			}
		}
	}
}

// AwaitProject waits until no storage of the project is being synced, as far as the
// server knows.
func AwaitProject(ctx context.Context, client *labelstudio.Client, project int64) error {
	if !syncing(ctx, client, project) {
		return nil
	}
	for range polls(ctx) {
		if !syncing(ctx, client, project) {
			return nil
		}
	}
	return ctx.Err()
}

// syncing tells whether a storage of the project is being synced. The lists also make
// the server give up runs that are dead.
func syncing(ctx context.Context, client *labelstudio.Client, project int64) bool {
	for _, storages := range []labelstudio.Collection{labelstudio.AllImportStorages, labelstudio.AllExportStorages} {
		for storage, err := range client.List(ctx, storages, labelstudio.InProject(project)) {
			if err == nil && LastOf(storage).Running() {
				return true
			}
		}
	}
	return false
}
