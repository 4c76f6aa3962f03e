package storagesync

import "testing"

func TestTheEndOfATracebackIsWhatIsAfterItsFrames(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ traceback, want string }{
		"one line": {"Traceback (most recent call last):\n  File \"a.py\", line 1, in f\n    f()\nOperationalError: database is locked\n", "OperationalError: database is locked"},
		"several lines": {
			"Traceback (most recent call last):\n  File \"a.py\", line 1, in f\n    f()\n    ^^^\nUnsupportedFileFormatError: File \"a.jpg\" is not a JSON/JSONL/Parquet file.\nIf you're trying to import non-JSON data …",
			"UnsupportedFileFormatError: File \"a.jpg\" is not a JSON/JSONL/Parquet file.\nIf you're trying to import non-JSON data …",
		},
		"a cause of a cause": {"Traceback:\n  File\nKeyError: 'a'\n\nDuring handling of it:\n\nTraceback:\n  File\nValueError: b", "ValueError: b"},
		"no frames":          {"1\n2\n3\n4\n5\n6\n7", "3\n4\n5\n6\n7"},
		"none":               {"", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := endOf(test.traceback); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
