package storagesync

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
)

// The states of a run, as the server names them.
const (
	statusQueued              = "queued"
	statusInProgress          = "in_progress"
	statusCompleted           = "completed"
	statusCompletedWithErrors = "completed_with_errors"
	statusFailed              = "failed"
)

// Last is what the server tells of a storage's last run.
type Last struct {
	Status    string
	Traceback string
	Notes     Notes

	// raw holds the fields that a live run changes every five seconds.
	raw string
}

// Notes is the part of a storage's meta that matters here.
type Notes struct {
	Attempts       int64  `json:"attempts"`
	TasksExisted   int64  `json:"tasks_existed"`
	TimeFailure    string `json:"time_failure"`
	TimeInProgress string `json:"time_in_progress"`
	TimeLastPing   string `json:"time_last_ping"`
	TimeQueued     string `json:"time_queued"`
}

// notedTime is how the notes write a time: Python's str of it, which leaves out the
// fraction when that is zero.
const notedTime = "2006-01-02 15:04:05.999999-07:00"

// LastOf is what the server tells of the storage's last run.
func LastOf(storage labelstudio.Object) Last {
	return Last{
		Status:    storage.Text("status"),
		Traceback: storage.Text("traceback"),
		Notes:     ParseNotes(storage["meta"]),
		raw:       string(storage["status"]) + string(storage["last_sync_count"]) + string(storage["meta"]),
	}
}

// ParseNotes reads what is there: the server lets anybody write into meta.
func ParseNotes(meta json.RawMessage) Notes {
	var notes Notes
	if json.Unmarshal(meta, &notes) != nil {
		return Notes{}
	}
	return notes
}

// Running tells whether the run has not ended, as far as the server knows.
func (l Last) Running() bool { return l.Status == statusQueued || l.Status == statusInProgress }

// Completed tells whether the run has ended well.
func (l Last) Completed() bool { return l.Status == statusCompleted }

// givenUp tells that the server takes the run for dead. A run that fails notes
// the time itself; one that only was slow may still go on and succeed.
func (l Last) givenUp() bool { return l.Status == statusFailed && l.Notes.TimeFailure == "" }

// longSilence is how long after its last ping a run that the server has given up is
// dead, even if the clocks of the server and of this machine differ.
const longSilence = 10 * time.Minute

// mayBeSlow tells whether a run that the server has given up may still create tasks. One
// that has not begun has created none.
func (l Last) mayBeSlow(now time.Time) bool {
	ping, err := time.Parse(notedTime, l.Notes.TimeLastPing)
	return err == nil && l.givenUp() && now.Sub(ping) < longSilence
}

// passing are ends of tracebacks of runs that failed because of the server, not because
// of the files.
var passing = []string{
	// SQLite serves one write at a time.
	"database is locked",
	// A worker has found the job of one that died.
	"NoneType: None",
	// The death of such a job was noted while the next one waited.
	"must be QUEUED to move it IN_PROGRESS",
}

// failure is why the run that has ended did not succeed.
func (l Last) failure() error {
	if l.Status != statusFailed {
		return nil
	}
	cause := endOf(l.Traceback)
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
