package labelstudio

import (
	"encoding/xml"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// fuzzSame checks that same tells which values belong together: each is the same
// as itself, in any order, and what two have in common with a third they have in
// common. What the server makes of a value is the same value.
func fuzzSame(f *testing.F, same func(a, b string) bool, server func(string) string, seeds []pair) {
	f.Helper()
	for i, seed := range seeds {
		f.Add(seed.a, seed.b, seeds[(i+1)%len(seeds)].a)
	}
	f.Fuzz(func(t *testing.T, a, b, c string) {
		for _, value := range []string{a, b, c} {
			if !same(value, value) {
				t.Errorf("%q is not the same as itself", value)
			}
			// An API that speaks JSON keeps no other text.
			if kept := server(value); utf8.ValidString(value) && !same(value, kept) {
				t.Errorf("the server makes %q of %q, which is not the same", kept, value)
			}
		}
		if same(a, b) != same(b, a) {
			t.Errorf("%q and %q are the same one way only", a, b)
		}
		if same(a, b) && same(b, c) && !same(a, c) {
			t.Errorf("%q is the same as %q, and that as %q, but not the first as the last", a, b, c)
		}
	})
}

// pythonsBlanks is what str.strip takes off.
const pythonsBlanks = "\t\n\v\f\r\x1c\x1d\x1e\x1f \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"

func pythonsStrip(text string) string { return strings.Trim(text, pythonsBlanks) }

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

func FuzzSameText(f *testing.F) { fuzzSame(f, SameText, pythonsStrip, texts) }

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

func FuzzSameHTML(f *testing.F) { fuzzSame(f, SameHTML, normalHTML, htmls) }

// The server keeps microseconds, and tells them in UTC.
func FuzzSameTime(f *testing.F) {
	fuzzSame(f, SameTime, func(text string) string {
		parsed, err := time.Parse(time.RFC3339, text)
		if err != nil {
			return text
		}
		return parsed.Truncate(time.Microsecond).UTC().Format(time.RFC3339Nano)
	}, times)
}

func FuzzSameXML(f *testing.F) { fuzzSame(f, SameXML, pythonsStrip, configs) }

// A document is the same in another hand, and is not the same with another
// attribute, text or element.
func FuzzSameXMLRewritten(f *testing.F) {
	for _, seed := range configs {
		f.Add(seed.a, uint(len(seed.b)))
	}
	f.Fuzz(func(t *testing.T, text string, at uint) {
		nodes, err := readXML(text)
		if err != nil {
			return
		}
		rewritten := writeXML(nodes)
		if !SameXML(text, rewritten) {
			t.Errorf("%q is not the same as %q", text, rewritten)
		}
		changed := slices.Clone(nodes)
		switch some := &changed[at%uint(len(nodes))]; some.kind {
		case '<', '>':
			// Both ends have to change.
			changed = append(append([]node{{kind: '<', name: "X"}}, changed...), node{kind: '>'})
		case '=', 't':
			some.value += "x"
		default:
			return
		}
		if other := writeXML(changed); SameXML(text, other) {
			t.Errorf("%q is the same as %q", text, other)
		}
	})
}

// writeXML writes a document with another order of attributes, other quotes, other
// blanks, and comments.
func writeXML(nodes []node) string {
	var text strings.Builder
	escape := func(value string) string {
		var escaped strings.Builder
		if err := xml.EscapeText(&escaped, []byte(value)); err != nil {
			panic(err)
		}
		return escaped.String()
	}
	var open []string
	for i := 0; i < len(nodes); i++ {
		switch n := nodes[i]; n.kind {
		case '<':
			open = append(open, n.name)
			text.WriteString("<" + n.name)
			first := i + 1
			for i+1 < len(nodes) && nodes[i+1].kind == '=' {
				i++
			}
			for _, attribute := range slices.Backward(nodes[first : i+1]) {
				fmt.Fprintf(&text, "\n  %s = '%s'", attribute.name, escape(attribute.value))
			}
			text.WriteString(" >")
		case '>':
			text.WriteString("</" + open[len(open)-1] + ">")
			open = open[:len(open)-1]
		case 't':
			text.WriteString(escape(n.value))
		case '?':
			text.WriteString("<?" + n.name + " " + n.value + "?>")
		case '!':
			text.WriteString("<!" + n.value + ">")
		}
		if text.Len() > 0 && len(open) > 0 {
			text.WriteString("<!-- a comment -->")
		}
	}
	return text.String()
}
