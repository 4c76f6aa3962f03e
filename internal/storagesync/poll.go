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

// pace returns the pause before the next poll, given the time since the first.
type pace func(since time.Duration) time.Duration

// promptly notices the end of a short run within half a second, and that of a longer one
// within a twentieth of its time.
func promptly(since time.Duration) time.Duration {
	return min(max(400*time.Millisecond, since/25), lastPause)
}

// calmly is for progress reports, and for polls that list storages.
func calmly(since time.Duration) time.Duration {
	return min(max(firstPause, since/2), lastPause)
}

// polls waits before each pass of a loop that asks the server, until the context ends.
func polls(ctx context.Context, pause pace) func(yield func() bool) {
	return func(yield func() bool) {
		for start := time.Now(); labelstudio.Pause(ctx, pause(time.Since(start))) == nil; {
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
	for range polls(ctx, calmly) {
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
