package labelstudio

import (
	"encoding/xml"
	"fmt"
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

func FuzzSameText(f *testing.F) { fuzzSame(f, SameText, pythonsStrip, texts) }

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
