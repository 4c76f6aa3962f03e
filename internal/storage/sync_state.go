package storage

import (
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

// The states of a sync, as the server names them.
const (
	statusQueued              = "queued"
	statusInProgress          = "in_progress"
	statusCompleted           = "completed"
	statusCompletedWithErrors = "completed_with_errors"
	statusFailed              = "failed"
)

// syncState is what the server tells of a storage's last sync.
type syncState struct {
	status    string
	count     int64 // tasks that the last sync created, so far
	traceback string
	notes     syncNotes
	// raw is all of the above as text: a run that lives changes it every five seconds.
	raw string
}

// syncNotes is the part of a storage's meta that matters here.
type syncNotes struct {
	Attempts     int64 `json:"attempts"`
	TasksExisted int64 `json:"tasks_existed"`
}

func stateOfSync(answer labelstudio.Object) syncState {
	state := syncState{
		status:    answer.Text("status"),
		count:     answer.Int("last_sync_count"),
		traceback: answer.Text("traceback"),
		raw:       string(answer["status"]) + string(answer["last_sync_count"]) + string(answer["meta"]),
	}
	state.notes = parseNotes(answer["meta"])
	return state
}

// parseNotes reads what is there: the server lets anybody write into meta.
func parseNotes(meta json.RawMessage) syncNotes {
	var notes syncNotes
	if json.Unmarshal(meta, &notes) != nil {
		return syncNotes{}
	}
	return notes
}

func (s syncState) running() bool { return s.status == statusQueued || s.status == statusInProgress }

// imported estimates how many tasks of the project come from the storage.
func imported(state types.Object) int64 {
	attributes := state.Attributes()
	notes := parseNotes(json.RawMessage(object.StringOf(attributes["meta"])))
	return object.Int64Of(attributes["last_sync_count"]) + notes.TasksExisted
}
