package storage

import (
	"context"
	"errors"
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
	ctx, cancel := context.WithTimeout(ctx, r.timeout)
	defer cancel()

	for {
		if r.known.running() {
			if _, _, err := r.follow(ctx); err != nil {
				return err
			}
		}
		failure := r.client.Delete(ctx, r.collection, r.id)
		var answer *labelstudio.Error
		if !errors.As(failure, &answer) || answer.Status != http.StatusInternalServerError {
			return failure
		}
		_, err := r.look(ctx)
		if labelstudio.IsNotFound(err) {
			return nil
		}
		if err != nil || !r.known.running() {
			return failure
		}
	}
}
