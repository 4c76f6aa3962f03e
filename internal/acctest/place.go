package acctest

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest"
)

// A Place is where a storage reads objects or writes them.
type Place struct {
	Objects interface {
		Put(tb testing.TB, key, content string)
		Keys(tb testing.TB) []string
		Get(tb testing.TB, key string) string
	}
	// Fields are what a storage needs to get there.
	Fields map[string]any
}

// PlaceFor is an empty place for storages of the kind.
func (s *Server) PlaceFor(kind string) Place {
	s.T.Helper()
	if kind == "local" {
		at := s.Folder(s.T, 0)
		return Place{directory(at), map[string]any{"path": at}}
	}
	bucket := s.Cloud(kind).NewBucket(s.T)
	return Place{bucket, bucket.Fields}
}

// directory is a place of local files.
type directory string

func (d directory) Put(tb testing.TB, key, content string) {
	tb.Helper()
	labelstudiotest.WriteFile(tb, filepath.Join(string(d), key), content)
}

func (d directory) Keys(tb testing.TB) []string {
	tb.Helper()
	files, err := os.ReadDir(string(d))
	if err != nil {
		tb.Fatal(err)
	}
	var keys []string
	for _, file := range files {
		keys = append(keys, file.Name())
	}
	return keys
}

func (d directory) Get(tb testing.TB, key string) string {
	tb.Helper()
	content, err := os.ReadFile(filepath.Join(string(d), key))
	if err != nil {
		tb.Fatal(err)
	}
	return string(content)
}

// With is the fields and more of them; null takes one away.
func (p Place) With(more map[string]any) Place {
	fields := maps.Clone(p.Fields)
	maps.Copy(fields, more)
	return Place{p.Objects, fields}
}

// Block is a storage at the place, with the name test.
func (p Place) Block(typeName string, project string, settings ...string) string {
	for _, name := range Sorted(p.Fields) {
		settings = append(settings, name+" = "+written(p.Fields[name]))
	}
	return fmt.Sprintf("resource %q \"test\" {\n  project = %s\n  %s\n}\n", typeName, project, strings.Join(settings, "\n  "))
}
