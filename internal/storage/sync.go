package storage

import (
	"fmt"
	"maps"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/storagesync"
)

// synced describes the storage of the state for a sync. The response is what the server
// has said last of it.
func (k kind) synced(server crud.Server, state types.Object, response labelstudio.Object, timeout time.Duration) storagesync.Storage {
	attributes := state.Attributes()
	return storagesync.Storage{
		Client:     server.Client,
		Collection: k.objects(),
		ID:         crud.ID(state),
		Project:    object.Int64Of(attributes[project.Name]),
		Last:       storagesync.LastOf(response),
		Wait:       object.BoolOf(attributes[waitForSync]),
		Timeout:    timeout,
	}
}

// listing lists the place of the storage: it is the preview of an import storage with
// the same settings.
func (k kind) listing(settings map[string]any) *storagesync.Listing {
	body := maps.Clone(settings)
	if body[k.within] == nil {
		body[k.within] = "" // null is no prefix to Redis, but a key "None"
	}
	return &storagesync.Listing{Path: labelstudio.ImportStorages(k.service).Action("files"), Body: body}
}

// imported tells how many tasks of the project come from the storage, "" if none. After
// a failed sync the server has no number.
func imported(response labelstudio.Object) string {
	notes := storagesync.LastOf(response).Notes
	count := response.Int(lastSyncCount.Name) + notes.TasksExisted
	switch {
	case count > 0:
		return fmt.Sprintf("about %d tasks", count)
	case notes.Attempts > 0 && string(response[lastSyncCount.Name]) == "null":
		return "an unknown number of tasks"
	}
	return ""
}
