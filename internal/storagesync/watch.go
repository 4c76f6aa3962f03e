package storagesync

import (
	"context"
	"time"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
)

// Watch reports the progress of the storage's run until it is stopped. Servers without
// a job queue answer the request for a sync only after the sync, so Watch makes
// requests of its own.
func (s Storage) Watch(ctx context.Context, tell func(storage labelstudio.Object, after time.Duration)) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	start := time.Now()
	go func() {
		defer close(done)
		for range polls(ctx, calmly) {
			if storage, err := s.Client.Get(ctx, s.Collection, s.ID); err == nil {
				tell(storage, time.Since(start))
			}
		}
	}()
	return func() {
		cancel()
		<-done
	}
}
