package labelstudio

import (
	"cmp"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// The server rewrites the values that it is sent. These functions tell whether two
// values are equal after that.

// SameText compares texts. The server strips all of them.
func SameText(a, b string) bool {
	return Strip(a) == Strip(b)
}

// Strip is Python's str.strip, which also removes the four ASCII separators.
func Strip(text string) string {
	return strings.TrimFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || r >= '\x1c' && r <= '\x1f'
	})
}

// SameHTML compares texts that the server sanitises: it closes elements, escapes
// special characters, quotes attributes and drops comments. Elements and attributes
// that it removes as unsafe are a difference.
func SameHTML(a, b string) bool {
	return SameText(a, b) || normalHTML(a) == normalHTML(b)
}

func normalHTML(text string) string {
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(strings.NewReader(Strip(text)), body)
	if err != nil {
		return Strip(text)
	}
	root := &html.Node{Type: html.DocumentNode}
	for _, node := range nodes {
		root.AppendChild(node)
	}
	var comments []*html.Node
	for node := range root.Descendants() {
		slices.SortFunc(node.Attr, func(a, b html.Attribute) int { return cmp.Compare(a.Key, b.Key) })
		if node.Type == html.CommentNode {
			comments = append(comments, node)
		}
	}
	for _, comment := range comments {
		comment.Parent.RemoveChild(comment)
	}
	var normal strings.Builder
	if html.Render(&normal, root) != nil {
		return Strip(text)
	}
	return Strip(normal.String()) // there may have been a comment outside outer blanks
}

// SameTime compares points in time in RFC 3339. The server keeps microseconds.
func SameTime(a, b string) bool {
	first, firstErr := time.Parse(time.RFC3339, a)
	second, secondErr := time.Parse(time.RFC3339, b)
	if firstErr != nil || secondErr != nil {
		return a == b
	}
	return first.Truncate(time.Microsecond).Equal(second.Truncate(time.Microsecond))
}

// SameXML compares label configs, which the server keeps as text. The XML declaration,
// comments, the order of attributes, blank text, CDATA sections and blanks around the text
// of an element are no difference. Configs that are not well-formed are compared as text,
// and the server says what is wrong with them.
func SameXML(a, b string) bool {
	a, b = WithoutXMLDeclaration(a), WithoutXMLDeclaration(b)
	if SameText(a, b) {
		return true
	}
	first, firstErr := readXML(a)
	second, secondErr := readXML(b)
	return firstErr == nil && secondErr == nil && slices.Equal(first, second)
}

// WithoutXMLDeclaration is a label config without the XML declaration and the byte order
// mark that files begin with. A server responds to a declared encoding with status 500,
// because a JSON text has no encoding of its own.
func WithoutXMLDeclaration(text string) string {
	return xmlDeclaration.ReplaceAllString(text, "")
}

var xmlDeclaration = regexp.MustCompile(`^\s*\x{FEFF}?\s*<\?xml(\s[^>]*)?\?>\s*`)

// node is a piece of XML that makes a difference. Its kind distinguishes names, values
// and texts: '<' opens an element, '>' closes it, '=' is an attribute, 't' a text,
// '?' an instruction, '!' a directive.
type node struct {
	kind        rune
	name, value string
}

var errNotWellFormed = errors.New("not well-formed")

// readXML lists the nodes of a document. Prefixes of names stay as written.
func readXML(text string) ([]node, error) {
	var nodes []node
	var open []string // the elements around
	var chars strings.Builder
	endText := func(next xml.Token) error {
		defer chars.Reset()
		text, trimmed := chars.String(), strings.Trim(chars.String(), " \t\r\n")
		switch {
		case trimmed == "":
			return nil
		case len(open) == 0:
			return errNotWellFormed
		}
		_, ends := next.(xml.EndElement)
		if begins := strings.ContainsRune("<=", nodes[len(nodes)-1].kind); begins && ends && !slices.Contains(open[:len(open)-1], "HyperText") {
			// The editor trims the text of an element that has nothing else. What is in a
			// HyperText is HTML.
			text = trimmed
		}
		nodes = append(nodes, node{kind: 't', value: text})
		return nil
	}
	roots := 0
	// Raw tokens keep prefixes, but the decoder does not check how they nest.
	decoder := xml.NewDecoder(strings.NewReader(Strip(text)))
	for {
		token, err := decoder.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		switch token := token.(type) {
		case xml.CharData:
			chars.Write(token)
			continue
		case xml.Comment:
			continue // does not end the text around it
		}
		if err := endText(token); err != nil {
			return nil, err
		}
		switch token := token.(type) {
		case xml.StartElement:
			if len(open) == 0 {
				roots++
			}
			open = append(open, written(token.Name))
			nodes = append(nodes, node{kind: '<', name: written(token.Name)})
			attributes, err := readAttributes(token.Attr)
			if err != nil {
				return nil, err
			}
			nodes = append(nodes, attributes...)
		case xml.EndElement:
			if len(open) == 0 || open[len(open)-1] != written(token.Name) {
				return nil, errNotWellFormed
			}
			open = open[:len(open)-1]
			nodes = append(nodes, node{kind: '>'})
		case xml.ProcInst:
			nodes = append(nodes, node{kind: '?', name: token.Target, value: string(token.Inst)})
		case xml.Directive:
			nodes = append(nodes, node{kind: '!', value: string(token)})
		}
	}
	if err := endText(nil); err != nil || len(open) > 0 || roots != 1 {
		return nil, errNotWellFormed
	}
	return nodes, nil
}

// readAttributes sorts attributes by name. A name that occurs twice is an error.
func readAttributes(attributes []xml.Attr) ([]node, error) {
	nodes := make([]node, len(attributes))
	for i, attribute := range attributes {
		nodes[i] = node{kind: '=', name: written(attribute.Name), value: attribute.Value}
	}
	slices.SortFunc(nodes, func(a, b node) int { return cmp.Compare(a.name, b.name) })
	for i := 1; i < len(nodes); i++ {
		if nodes[i].name == nodes[i-1].name {
			return nil, errNotWellFormed
		}
	}
	return nodes, nil
}

// written is a name as it is in the text.
func written(name xml.Name) string {
	if name.Space == "" {
		return name.Local
	}
	return name.Space + ":" + name.Local
}
