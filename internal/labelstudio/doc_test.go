package labelstudio

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// nothing imports no package: the uses of the package's own names are found without.
type nothing struct{}

func (nothing) Import(string) (*types.Package, error) { return nil, errors.New("not imported") }

func TestEachFileUsesOnlyFilesAboveItInTheListOfLayers(t *testing.T) {
	t.Parallel()
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	layers := []string{"doc.go"}
	for _, line := range regexp.MustCompile(`(?m)^//\t(\w+\.go) `).FindAllStringSubmatch(string(doc), -1) {
		layers = append(layers, line[1])
	}
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	set := token.NewFileSet()
	var files []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		if !slices.Contains(layers, name) {
			t.Errorf("%s is not in the list", name)
		}
		file, err := parser.ParseFile(set, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	if len(files) != len(layers) {
		t.Errorf("the list names %d files, there are %d", len(layers), len(files))
	}
	uses := map[*ast.Ident]types.Object{}
	config := types.Config{Importer: nothing{}, Error: func(error) {}} // of the imports
	own, _ := config.Check("labelstudio", set, files, &types.Info{Uses: uses})
	layer := func(at token.Pos) int { return slices.Index(layers, set.Position(at).Filename) }
	for name, used := range uses {
		if used.Pkg() == own && layer(name.Pos()) < layer(used.Pos()) {
			t.Errorf("%s: %s is defined below, in %s", set.Position(name.Pos()), name.Name, set.Position(used.Pos()).Filename)
		}
	}
}
