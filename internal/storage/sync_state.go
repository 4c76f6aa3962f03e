package storage

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

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
	traceback string
	notes     syncNotes
	// raw is what a run that lives changes every five seconds.
	raw string
}

// syncNotes is the part of a storage's meta that matters here.
type syncNotes struct {
	Attempts     int64  `json:"attempts"`
	TasksExisted int64  `json:"tasks_existed"`
	TimeFailure  string `json:"time_failure"`
	TimeQueued   string `json:"time_queued"`
}

func stateOfSync(answer labelstudio.Object) syncState {
	return syncState{
		status:    answer.Text("status"),
		traceback: answer.Text("traceback"),
		notes:     parseNotes(answer["meta"]),
		raw:       string(answer["status"]) + string(answer["last_sync_count"]) + string(answer["meta"]),
	}
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

// givenUp tells that the server takes the run for dead. A run that fails notes
// the time itself; one that only was slow may still go on and succeed.
func (s syncState) givenUp() bool { return s.status == statusFailed && s.notes.TimeFailure == "" }

// passing is how a run ends that the server has failed, and not what it was to read.
var passing = []string{
	// SQLite serves one write at a time.
	"database is locked",
	// A worker has found the job of one that died.
	"NoneType: None",
	// The death of such a job was noted while the next one waited.
	"must be QUEUED to move it IN_PROGRESS",
}

// failure is why the run that has ended did not succeed.
func (s syncState) failure() error {
	if s.status != statusFailed {
		return nil
	}
	cause := endOf(s.traceback)
	if cause == "" {
		cause = "the sync failed, and the server gives no reason"
	}
	if slices.ContainsFunc(passing, func(end string) bool { return strings.HasSuffix(cause, end) }) {
		return repeatableError{errors.New(cause)}
	}
	return errors.New(cause)
}

// mostLines bounds the part of a traceback that is shown: some have a line for
// each task.
const mostLines = 5

// endOf is the end of a Python traceback, which says what happened: all that
// follows the last line of code. Not every text in traceback is one.
func endOf(traceback string) string {
	lines := strings.Split(strings.TrimSpace(traceback), "\n")
	for i, line := range slices.Backward(lines) {
		if strings.HasPrefix(line, "  File") {
			code := func(line string) bool { return !strings.HasPrefix(line, "    ") }
			if end := slices.IndexFunc(lines[i+1:], code); end >= 0 {
				lines = lines[i+1+end:]
			}
			break
		}
	}
	return strings.Join(lines[max(0, len(lines)-mostLines):], "\n")
}

// imported estimates how many tasks of the project come from the storage, in
// words; "" if none do. After a failed sync the server doesn't know it any more.
func imported(state types.Object) string {
	attributes := state.Attributes()
	notes := parseNotes(json.RawMessage(object.StringOf(attributes["meta"])))
	count := object.Int64Of(attributes["last_sync_count"]) + notes.TasksExisted
	switch {
	case count > 0:
		return fmt.Sprintf("about %d tasks", count)
	case notes.Attempts > 0 && attributes["last_sync_count"].IsNull():
		return "an unknown number of tasks"
	}
	return ""
}
