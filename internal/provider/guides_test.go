package provider

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
)

// messageTable finds the tables of messages in a guide, by the head of their first column.
var messageTable = regexp.MustCompile(`(?m)^\| Message \|.*\n\| ---.*\n((?:\|.*\n)+)`)

// quotedMessages are the messages in these tables. In them, … stands for what differs.
func quotedMessages(guide string) (quoted []string) {
	for _, table := range messageTable.FindAllStringSubmatch(guide, -1) {
		for row := range strings.Lines(table[1]) {
			for _, span := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(strings.Split(row, " | ")[0], -1) {
				quoted = append(quoted, span[1])
			}
		}
	}
	return quoted
}

// sourceTexts are the texts in the source of the provider, with … for what is known only
// when it runs.
func sourceTexts(t *testing.T) (texts []string) {
	t.Helper()
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && slices.Contains([]string{"acceptance", "acctest", "labelstudiotest", "tools"}, entry.Name()):
			return fs.SkipDir
		case filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(node ast.Node) bool {
			if expression, ok := node.(ast.Expr); ok {
				texts = append(texts, textOf(expression))
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return texts
}

var verb = regexp.MustCompile(`%[#+]?[a-z]`)

// textOf is the text that an expression stands for.
func textOf(expression ast.Expr) string {
	switch e := expression.(type) {
	case *ast.BasicLit:
		if text, err := strconv.Unquote(e.Value); err == nil && e.Kind == token.STRING {
			return verb.ReplaceAllString(text, "…")
		}
	case *ast.BinaryExpr:
		return textOf(e.X) + textOf(e.Y)
	case *ast.CallExpr:
		if len(e.Args) > 0 { // of Sprintf or Errorf
			return textOf(e.Args[0])
		}
	}
	return "…"
}

// says tells whether the provider may say what is quoted: a text of its source holds it, or
// becomes it with other values.
func says(text, quoted string) bool {
	if holds(text, quoted) {
		return true
	}
	const dots = "…"
	first, last := strings.Index(text, dots), strings.LastIndex(text, dots)
	// A text of values alone would become anything.
	return first >= 0 && len(strings.ReplaceAll(text, dots, "")) >= 10 &&
		strings.HasPrefix(quoted, text[:first]) && strings.HasSuffix(quoted, text[last+len(dots):]) && holds(quoted, text)
}

// holds tells whether a text holds another one, in which … stands for anything.
func holds(text, other string) bool {
	for part := range strings.SplitSeq(other, "…") {
		_, after, found := strings.Cut(text, part)
		if !found {
			return false
		}
		text = after
	}
	return true
}

// A message that a guide quotes is one of the provider, or one of the server on which the
// provider has advice.
func TestGuidesQuoteOnlyMessagesThatThereAre(t *testing.T) {
	t.Parallel()
	texts := sourceTexts(t)
	known := func(quoted string) bool {
		return slices.ContainsFunc(texts, func(text string) bool { return says(text, quoted) }) ||
			slices.ContainsFunc(definitions(), func(d crud.Definition) bool {
				detail, _ := d.Explain(quoted)
				return strings.Contains(detail, "\n\n")
			})
	}
	if known("Nothing says that the project … has this") {
		t.Error("the test finds a message that nothing says")
	}
	guides, err := filepath.Glob("../../templates/guides/*.md")
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for _, guide := range guides {
		content, err := os.ReadFile(guide) //nolint:gosec // one of the repository
		if err != nil {
			t.Fatal(err)
		}
		for _, quoted := range quotedMessages(string(content)) {
			count++
			if !known(quoted) {
				t.Errorf("%s quotes %q, which neither the provider nor its advice has", filepath.Base(guide), quoted)
			}
		}
	}
	if count == 0 {
		t.Error("no guide quotes a message")
	}
}
