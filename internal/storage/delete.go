package storage

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
)

// delete deletes the storage once no sync of it runs: the server would answer
// 500, or delete it and leave a part of the tasks behind.
func (r *run) delete(ctx context.Context) error {
	release, err := r.client.SyncTurn(ctx, r.project)
	if err != nil {
		return err
	}
	defer release()
	turn, cancel := context.WithTimeout(ctx, r.timeout)
	defer cancel()

	for {
		if r.known.running() {
			if err := r.follow(turn); err != nil && !isRepeatable(err) {
				if turn.Err() != nil && ctx.Err() == nil {
					return fmt.Errorf("a sync of it still runs after %s. Destroy it when the sync has ended, or raise timeouts", r.timeout)
				}
				return err
			}
		}
		failure := r.client.Delete(turn, r.objects(), r.id)
		var answer *labelstudio.Error
		if !errors.As(failure, &answer) || answer.Status != http.StatusInternalServerError {
			return failure
		}
		before := r.known
		err := r.ask(turn)
		if labelstudio.IsNotFound(err) {
			return nil
		}
		if err != nil || r.known.status == before.status && r.known.notes == before.notes {
			return failure // which has nothing to do with a sync
		}
	}
}
