package storagesync

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
)

// said is a response of the server.
func said(t *testing.T, text string) Last {
	t.Helper()
	var response labelstudio.Object
	if err := json.Unmarshal([]byte(text), &response); err != nil {
		t.Fatal(err)
	}
	return LastOf(response)
}

func TestTheStateOfARunIsReadFromItsStatus(t *testing.T) {
	t.Parallel()
	const noted = `"meta":{"attempts":1,"time_failure":"2026-01-02 03:04:05+00:00"}`
	for name, test := range map[string]struct {
		response         string
		running, givenUp bool
		failure          string
	}{
		"never synced":              {`{"status":"initialized","meta":{}}`, false, false, ""},
		"queued":                    {`{"status":"queued"}`, true, false, ""},
		"in progress":               {`{"status":"in_progress"}`, true, false, ""},
		"completed":                 {`{"status":"completed","traceback":null}`, false, false, ""},
		"an old traceback":          {`{"status":"completed","traceback":"ValueError: x"}`, false, false, ""},
		"some tasks left out":       {`{"status":"completed_with_errors","traceback":"x"}`, false, false, ""},
		"failed":                    {`{"status":"failed","traceback":"ValueError: x",` + noted + `}`, false, false, "ValueError: x"},
		"failed without a reason":   {`{"status":"failed","traceback":null,` + noted + `}`, false, false, "the sync failed, and the server gives no reason"},
		"given up by the server":    {`{"status":"failed","traceback":"It appears …","meta":{"attempts":1}}`, false, true, "It appears …"},
		"notes that somebody wrote": {`{"status":"completed","meta":"mine"}`, false, false, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			state := said(t, test.response)
			failure := ""
			if err := state.failure(); err != nil {
				failure = err.Error()
			}
			if state.Running() != test.running || state.givenUp() != test.givenUp || failure != test.failure {
				t.Errorf("running %v, given up %v, failure %q; want %v, %v, %q", state.Running(), state.givenUp(), failure, test.running, test.givenUp, test.failure)
			}
		})
	}
}

func TestARunThatIsGivenUpMayBeSlowForTenMinutes(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 1, 2, 3, 30, 0, 0, time.UTC)
	for name, test := range map[string]struct {
		response string
		want     bool
	}{
		"pinged a minute ago":            {`{"status":"failed","meta":{"time_last_ping":"2026-01-02 03:29:00+00:00"}}`, true},
		"pinged an hour ago":             {`{"status":"failed","meta":{"time_last_ping":"2026-01-02 02:30:00.5+00:00"}}`, false},
		"never begun":                    {`{"status":"failed","meta":{"time_queued":"2026-01-02 03:29:00+00:00"}}`, false},
		"ended a minute ago":             {`{"status":"failed","meta":{"time_last_ping":"2026-01-02 03:29:00+00:00","time_failure":"2026-01-02 03:29:01+00:00"}}`, false},
		"notes that somebody else wrote": {`{"status":"failed","meta":["anything"]}`, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := said(t, test.response).mayBeSlow(now); got != test.want {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

func TestASyncThatTheServerHasFailedIsRepeatable(t *testing.T) {
	t.Parallel()
	for traceback, want := range map[string]bool{
		"django.db.utils.OperationalError: database is locked": true,
		"NoneType: None": true,
		"ValueError: Storage status (failed) must be QUEUED to move it IN_PROGRESS": true,
		"ValueError: Can't import the file \"database is locked.md\"":               false,
	} {
		failure := Last{Status: statusFailed, Traceback: traceback}.failure()
		if got := isRepeatable(failure); got != want || failure.Error() != traceback {
			t.Errorf("%v: repeatable %v, want %v", failure, got, want)
		}
	}
}

func TestARunThatLivesChangesWhatIsComparedAndOthersDoNot(t *testing.T) {
	t.Parallel()
	before := said(t, `{"title":"a","status":"in_progress","last_sync_count":null,"meta":{"time_last_ping":"1"}}`)
	for response, want := range map[string]bool{
		`{"title":"b","status":"in_progress","last_sync_count":null,"meta":{"time_last_ping":"1"}}`: false,
		`{"title":"a","status":"in_progress","last_sync_count":7,"meta":{"time_last_ping":"1"}}`:    true,
		`{"title":"a","status":"in_progress","last_sync_count":null,"meta":{"time_last_ping":"2"}}`: true,
		`{"title":"a","status":"completed","last_sync_count":null,"meta":{"time_last_ping":"1"}}`:   true,
	} {
		if got := said(t, response).raw != before.raw; got != want {
			t.Errorf("%s: changed %v, want %v", response, got, want)
		}
	}
}
