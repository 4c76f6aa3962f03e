package storage

import (
	"slices"
	"strings"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
)

func TestAFilterTakesWhatItTakesInPython(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		kind   kind
		filter string
		names  string
		want   string // "?" if that can't be told
	}{
		"none":                         {local, "", "/d/a.jpg /d/b", "/d/a.jpg /d/b"},
		"the name of a file":           {local, `a\.jpg`, "/d/a.jpg /d/b", "/d/a.jpg"},
		"of a Windows server":          {local, `a\.jpg`, `C:\d\a.jpg`, `C:\d\a.jpg`},
		"not its directories":          {local, `/d/.*`, "/d/a.jpg", ""},
		"a whole key":                  {s3, `d/.*`, "d/a.jpg", "d/a.jpg"},
		"from the start":               {s3, `a`, "d/a.jpg", ""},
		"not to the end":               {local, `a`, "/d/a.jpg", "/d/a.jpg"},
		"one of several":               {local, `a|b`, "/d/a /d/b /d/cab", "/d/a /d/b"},
		"flags":                        {local, `(?i)A`, "/d/a", "/d/a"},
		"look-ahead":                   {local, `(?!b).*`, "/d/a", "?"},
		"a bound without the lower":    {local, `a{,2}`, "/d/a", "?"},
		"a class of POSIX":             {local, `[[:alpha:]]`, "/d/a", "?"},
		"letters in ASCII":             {local, `\w`, "/d/a", "/d/a"},
		"letters of another script":    {local, `\w`, "/d/a /d/\u00e4", "?"},
		"no letters of another script": {local, `.`, "/d/\u00e4", "/d/\u00e4"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			taken, known := test.kind.take(test.filter, strings.Fields(test.names))
			if known != (test.want != "?") || known && !slices.Equal(taken, strings.Fields(test.want)) {
				t.Errorf("got %q, %v, want %q", taken, known, test.want)
			}
		})
	}
}

func TestAFileIsHiddenIfItsNameOrADirectoryBelowThePlaceBeginsWithADot(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		file, place string
		want        bool
	}{
		"a file":                       {"/d/.a", "/d/", true},
		"a file of the whole bucket":   {".a", "", true},
		"a file in a directory":        {"/d/e/.a", "/d/", true},
		"a directory":                  {"/d/.git/a", "/d/", true},
		"a directory of Windows":       {`C:\d\.git\a`, "C:/d/", true},
		"a dot elsewhere":              {"/d/e.f/a.jpg", "/d/", false},
		"a place in a hidden one":      {"/.d/e/a", "/.d/e/", false},
		"a file of a hidden directory": {"/.d/.a", "/.d/", true},
	} {
		if got := isHidden(test.file, test.place); got != test.want {
			t.Errorf("%s: got %v", name, got)
		}
	}
}

func TestAListOfFilesTellsWhetherThereAreMore(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		files    string
		names    string
		more, ok bool
	}{
		"all":            {`[{"key":"a","size":0},{"key":"b","size":5}]`, "a b", false, true},
		"none":           {`[]`, "", false, true},
		"the limit":      {`[{"key":"a","size":1},{"key":null,"size":null}]`, "a", true, true},
		"the time limit": {`[{"key":"a","size":1},{"key":"... storage scan timeout reached ...","size":null}]`, "a", true, true},
		"no list":        {`null`, "", false, false},
		"something else": {`"a"`, "", false, false},
		"nothing":        {``, "", false, false},
	} {
		names, more, ok := filesIn(labelstudio.Object{"files": []byte(test.files)})
		if !slices.Equal(names, strings.Fields(test.names)) || more != test.more || ok != test.ok {
			t.Errorf("%s: got %q, %v, %v", name, names, more, ok)
		}
	}
}

func TestAMessageIsAboutTheFilterIfItCanBe(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		message, filter string
		want            bool
	}{
		"an invalid filter":           {"Failed to list storage files", "[", true},
		"a valid filter":              {"Failed to list storage files", ".*", false},
		"no filter":                   {"Failed to list storage files", "", false},
		"an older release":            {"unterminated character set at position 0", "[", true},
		"a message of something else": {"does not exist", "[", false},
	} {
		if got := judgesRegex(test.message, test.filter); got != test.want {
			t.Errorf("%s: got %v", name, got)
		}
	}
}
