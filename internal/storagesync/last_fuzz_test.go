package storagesync

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

// What is shown of a traceback is its end, and never nothing.
func FuzzEndOf(f *testing.F) {
	for _, seed := range []string{
		"", " \n", "ValueError: x",
		"Traceback (most recent call last):\n  File \"a.py\", line 1, in f\n    g()\n    ^^^\nValueError: x\n",
		"Traceback (most recent call last):\n  File \"a.py\", line 1, in f\n    g()\n\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\n  File \"b.py\", line 2, in g\n    h()\nKeyError: 'a'\nand more\n",
		"  File", "  File \"a\"\n    code", "a\nb\nc\nd\ne\nf\ng", "a\r\n  File\r\nb", "\xff\n  File\n\x00",
	} {
		f.Add(seed, "ValueError: a file is wrong")
	}
	f.Fuzz(func(t *testing.T, traceback, message string) {
		end, whole := endOf(traceback), strings.TrimSpace(traceback)
		if !strings.HasSuffix(whole, end) || (end == "") != (whole == "") {
			t.Errorf("%q is not the end of %q", end, traceback)
		}
		if strings.Count(end, "\n") >= mostLines {
			t.Errorf("%q is long", end)
		}

		// Python writes a message of one line after the code that has raised it.
		if strings.ContainsAny(message, "\r\n") || strings.TrimSpace(message) != message || message == "" {
			return
		}
		raised := "Traceback (most recent call last):\n  File \"a.py\", line 1, in f\n    g()\n" + message + "\n"
		if got := endOf(traceback + "\n" + raised); got != message {
			t.Errorf("%q is shown as %q", raised, got)
		}
	})
}

// Whoever writes whatever into the notes stops nothing.
func FuzzParseNotes(f *testing.F) {
	for _, seed := range []string{
		`{"attempts":1,"time_queued":"2026-11-24 03:03:24.607426+00:00","tasks_existed":3,"duration":0.1}`,
		``, `null`, `"mine"`, `[]`, `{"attempts":"1"}`, `{"attempts":1e40}`, `{"attempts":-1,"tasks_existed":-1}`, `{"ATTEMPTS":1}`, `{`, "\xff",
	} {
		f.Add([]byte(seed), "failed", "ValueError: database is locked")
	}
	f.Fuzz(func(t *testing.T, meta []byte, status, traceback string) {
		notes := ParseNotes(meta)
		again, err := json.Marshal(notes)
		if err != nil || !reflect.DeepEqual(ParseNotes(again), notes) {
			t.Errorf("%+v, %v", notes, err)
		}
		if !json.Valid(meta) && notes != (Notes{}) {
			t.Errorf("%q are the notes %+v", meta, notes)
		}
		state := Last{Status: status, Traceback: traceback, Notes: notes}
		failure := state.failure()
		if (failure != nil) != (status == statusFailed) || failure != nil && strings.TrimSpace(failure.Error()) == "" {
			t.Errorf("%+v has the failure %v", state, failure)
		}
		if state.Running() && (state.givenUp() || failure != nil) {
			t.Errorf("%+v runs, and has ended", state)
		}
	})
}
