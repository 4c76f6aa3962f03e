package labelstudio

import (
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"
)

// pythonsNormpath is os.path.normpath as Python has it for POSIX systems, line by line.
func pythonsNormpath(path string) string {
	if path == "" {
		return "."
	}
	slashes := ""
	if strings.HasPrefix(path, "/") {
		slashes = "/"
		if strings.HasPrefix(path, "//") && !strings.HasPrefix(path, "///") {
			slashes = "//"
		}
	}
	var kept []string
	for component := range strings.SplitSeq(path, "/") {
		switch {
		case component == "" || component == ".":
		case component != "..", slashes == "" && len(kept) == 0, len(kept) > 0 && kept[len(kept)-1] == "..":
			kept = append(kept, component)
		case len(kept) > 0:
			kept = kept[:len(kept)-1]
		}
	}
	if normal := slashes + strings.Join(kept, "/"); normal != "" {
		return normal
	}
	return "."
}

// serversPath is normalize_storage_path.
func serversPath(path string) string {
	trimmed := pythonsStrip(path)
	if trimmed == "" {
		return ""
	}
	return pythonsNormpath(strings.ReplaceAll(trimmed, `\`, "/"))
}

func FuzzSamePath(f *testing.F) {
	var seeds []pair
	for _, path := range paths {
		seeds = append(seeds, pair{path.raw, path.normal, true})
	}
	fuzzSame(f, SamePath, serversPath, seeds)
}

// The normal form is the server's own. It normalises a path several times on the
// way into its database.
func FuzzNormalPath(f *testing.F) {
	for _, path := range paths {
		f.Add(path.raw)
	}
	f.Fuzz(func(t *testing.T, path string) {
		if !utf8.ValidString(path) {
			return
		}
		want := path
		for before := "\x00"; want != before; {
			before, want = want, serversPath(want)
		}
		if got := NormalPath(path); got != want {
			t.Errorf("NormalPath(%q) = %q, the server makes %q of it", path, got, want)
		}
	})
}

func FuzzPathWithin(f *testing.F) {
	for i, path := range paths {
		f.Add(path.raw, path.normal, paths[(i+1)%len(paths)].raw)
	}
	f.Fuzz(func(t *testing.T, a, b, c string) {
		if !PathWithin(a, a) || !PathWithin(a, "") {
			t.Errorf("%q is not within itself, or not within everything", a)
		}
		if PathWithin(a, b) && PathWithin(b, a) != SamePath(a, b) {
			t.Errorf("%q and %q are within each other and differ, or are the same and are not", a, b)
		}
		if PathWithin(a, b) && PathWithin(b, c) && !PathWithin(a, c) {
			t.Errorf("%q is within %q, and that within %q, but not the first within the last", a, b, c)
		}
		if below := strings.TrimSuffix(NormalPath(a), "/") + "/x"; utf8.ValidString(a) && strings.HasPrefix(NormalPath(a), "/") && (!PathWithin(below, a) || PathWithin(a, below)) {
			t.Errorf("%q is not within %q, or the other way round", below, a)
		}
	})
}

func FuzzLocalFileURL(f *testing.F) {
	for _, path := range paths {
		f.Add(path.raw, path.raw+"/1 &?=%+#.jpg")
		f.Add("/root", path.raw)
	}
	f.Fuzz(func(t *testing.T, root, file string) {
		address, ok := LocalFileURL(root, file)
		if below := PathWithin(file, root) && !SamePath(file, root); ok != below {
			t.Fatalf("LocalFileURL(%q, %q) is %v", root, file, ok)
		}
		if !ok {
			return
		}
		parsed, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		// As the server takes it apart: safe_join(root, unquote(d)).
		query, err := url.ParseQuery(strings.ReplaceAll(parsed.RawQuery, "+", "%2B"))
		if err != nil || parsed.Path != "/data/local-files/" || len(query) != 1 || parsed.Fragment != "" {
			t.Fatalf("%q, %v", address, err)
		}
		served := strings.TrimLeft(NormalPath(root)+"/"+query.Get("d"), "/")
		if want := strings.TrimLeft(NormalPath(file), "/"); served != want {
			t.Errorf("%q in %q has the URL %q, which is that of %q", want, root, address, served)
		}
	})
}
