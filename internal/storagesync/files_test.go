package storagesync

import (
	"slices"
	"testing"
)

// run is a last run.
func lastRun(status, traceback string, attempts int64) Last {
	return Last{Status: status, Traceback: traceback, Notes: Notes{Attempts: attempts}}
}

func TestARunMayHaveBrokenUnlessItWasJudgedOrEndedWell(t *testing.T) {
	t.Parallel()
	fresh := Mark{}
	for name, test := range map[string]struct {
		last   Last
		judged Mark
		want   bool
	}{
		"never synced":                      {lastRun("initialized", "", 0), fresh, false},
		"queued":                            {lastRun("queued", "", 1), fresh, false},
		"running":                           {lastRun("in_progress", "old", 3), fresh, false},
		"completed":                         {lastRun("completed", "", 5), fresh, false},
		"failed":                            {lastRun("failed", "x", 1), fresh, true},
		"failed, and judged":                {lastRun("failed", "x", 1), lastRun("failed", "x", 1).Mark(), false},
		"failed again, as before":           {lastRun("failed", "x", 2), lastRun("failed", "x", 1).Mark(), true},
		"left tasks out":                    {lastRun("completed_with_errors", "x", 1), fresh, true},
		"a failure before the last run":     {lastRun("completed", "x", 2), fresh, true},
		"a judged failure before it":        {lastRun("completed", "x", 2), lastRun("failed", "x", 1).Mark(), false},
		"another failure before it":         {lastRun("completed", "y", 3), lastRun("failed", "x", 1).Mark(), true},
		"given up before its own end":       {lastRun("completed", "x", 1), fresh, false},
		"given up before its own end later": {lastRun("completed", "y", 4), lastRun("completed", "x", 3).Mark(), false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := test.last.Broken(test.judged); got != test.want {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

func TestOfAStorageOfSomebodyElseOnlyTheLastRunIsJudged(t *testing.T) {
	t.Parallel()
	for status, want := range map[string]bool{"failed": true, "completed_with_errors": true, "completed": false, "in_progress": false} {
		last := lastRun(status, "x", 7)
		if got := last.Broken(last.Baseline()); got != want {
			t.Errorf("%s: got %v, want %v", status, got, want)
		}
	}
}

func TestTheServersMessagesTellInWhichFileARunBroke(t *testing.T) {
	t.Parallel()
	const frames = "Traceback (most recent call last):\n  File \"a.py\", line 1, in f\n    g()\n"
	for name, test := range map[string]struct {
		traceback string
		in        []string
		before    bool
	}{
		"a broken list":     {frames + "ValueError: Can't import JSON-formatted tasks from /d/a b.json. If you're trying to import binary objects, perhaps you forgot to enable \"Tasks\" import method?", []string{"/d/a b.json"}, false},
		"a picture":         {frames + "io_storages.exceptions.UnsupportedFileFormatError: File \"/d/a.jpg\" is not a JSON/JSONL/Parquet file. Only .json, .jsonl, and .parquet files can be processed.\nIf you're trying to import non-JSON data", nil, true},
		"not UTF-8":         {frames + "ValueError: Error loading JSON from file \"/d/a.json\".\nIf you're trying to import non-JSON data (images, audio, text, etc.), edit storage settings and enable \"Tasks\" import method", nil, true},
		"an item":           {frames + "AttributeError: 'str' object has no attribute 'get'", nil, false},
		"no reason":         {"It appears the job was failed because the last ping time is too old, and no traceback information is available.", nil, false},
		"tasks left out":    {"Validation error for task from /d/b.json: {'0': [ErrorDetail(string='x', code='invalid')]}\nValidation error for task from /d/a: b.json: [ErrorDetail(string='y', code='invalid')]\nValidation error for task from /d/b.json: {}", []string{"/d/a: b.json", "/d/b.json"}, false},
		"a message in code": {frames + "    raise ValueError(\"Can't import JSON-formatted tasks from x. If you\")\nKeyError: 'x'", nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in, before := namedBy(test.traceback)
			if !slices.Equal(in, test.in) || before != test.before {
				t.Errorf("got %q and %v, want %q and %v", in, before, test.in, test.before)
			}
		})
	}
}

func TestAFileThatIsFoundAgainIsOneFile(t *testing.T) {
	t.Parallel()
	review := Review{}.with(File{Name: "a", Newest: 1}).with(File{Name: "b", Newest: 2}).with(File{Name: "a", Newest: 3})
	if !slices.Equal(review.Names(), []string{"b", "a"}) || review.Incomplete[1].Newest != 3 {
		t.Errorf("got %+v", review)
	}
	if got := review.Without([]string{"a", "c"}).Names(); !slices.Equal(got, []string{"b"}) {
		t.Errorf("without a: %q", got)
	}
}
