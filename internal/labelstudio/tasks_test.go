package labelstudio

import (
	"regexp"
	"testing"
)

// The server compares with Python's re.search or PostgreSQL's ~, to which these
// patterns mean what they mean here.
func TestAFileIsFoundByItsWholeNameAndNoOther(t *testing.T) {
	t.Parallel()
	const name = "in/Ma\u0308rz (1) [a+b]^$|{2}.json"
	pattern := regexp.MustCompile(OfFile(name).Value.(string)) //nolint:forcetypeassert // it is one, or the test fails
	for stored, want := range map[string]bool{
		name + ";;;;": true, ";;;" + name + ";": true, ";;;;" + name: true,
		"x" + name + ";;;;": false, name + "l;;;;": false, "": false, ";;;;": false,
		"in/Ma\u0308rz (1) [a+b]^$|{2}xjson;;;;": false,
	} {
		if got := pattern.MatchString(stored); got != want {
			t.Errorf("%q: got %v, want %v", stored, got, want)
		}
	}
}

func TestFilesAreFoundByWhatTheirNamesBeginWith(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		prefixes []string
		stored   string
		want     bool
	}{
		{[]string{"/d/a/"}, ";;;/d/a/x.json;", true},
		{[]string{"/d/a/"}, ";;;/d/ab/x.json;", false},
		{[]string{"/d/a/"}, ";;;/c/d/a/x.json;", false},
		{[]string{"/d/a/", "/d/b/"}, ";;;/d/b/x.json;", true},
		{[]string{"/d/M\u00e4rz/"}, ";;;/d/Ma\u0308rz/x.json;", true},
		{[]string{"C:/d/"}, `;;;C:\d\x.json;`, true},
		{[]string{""}, "x.json;;;;", true},
		{[]string{""}, ";;;;", false},
	} {
		pattern := regexp.MustCompile(OfFilesIn(test.prefixes...).Value.(string)) //nolint:forcetypeassert // it is one, or the test fails
		if got := pattern.MatchString(test.stored); got != test.want {
			t.Errorf("%q of %q: got %v, want %v", test.stored, test.prefixes, got, test.want)
		}
	}
}
