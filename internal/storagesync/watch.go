package storagesync

import (
	"context"
	"time"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
)

// Watch tells how the storage's run gets on, until it is stopped. Servers without a
// job queue answer the request for a sync only when that is over, so the progress
// has to be asked for beside it.
func (s Storage) Watch(ctx context.Context, tell func(answer labelstudio.Object, after time.Duration)) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	start := time.Now()
	go func() {
		defer close(done)
		for wait := firstPause; labelstudio.Pause(ctx, wait) == nil; wait = min(wait*3/2, lastPause) {
			answer, err := s.Client.Get(ctx, s.Collection, s.ID)
			if err != nil {
				continue
			}
			tell(answer, time.Since(start))
		}
	}()
	return func() {
		cancel()
		<-done
	}
}
