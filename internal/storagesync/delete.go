package storagesync

import (
	"context"
	"fmt"
	"net/http"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
)

// Delete deletes the storage once no sync of it runs: the server would answer
// 500, or delete it and leave a part of the tasks behind.
func (s Storage) Delete(ctx context.Context) error {
	release, err := s.Client.LockSync(ctx, s.Project)
	if err != nil {
		return err
	}
	defer release()
	turn, cancel := context.WithTimeout(ctx, s.Timeout)
	defer cancel()

	r := newRun(s)
	for {
		if r.known.Running() {
			if err := r.follow(turn); err != nil && !isRepeatable(err) {
				if turn.Err() != nil && ctx.Err() == nil {
					return fmt.Errorf("a sync of it still runs after %s. Destroy it when the sync has ended, or increase timeouts", s.Timeout)
				}
				return err
			}
		}
		failure := s.Client.Delete(turn, s.Collection, s.ID)
		if labelstudio.StatusOf(failure) != http.StatusInternalServerError {
			return failure
		}
		before := r.known
		err := r.ask(turn)
		if labelstudio.IsNotFound(err) {
			return nil
		}
		if err != nil || r.known.Status == before.Status && r.known.Notes == before.Notes {
			return failure // which has nothing to do with a sync
		}
	}
}
