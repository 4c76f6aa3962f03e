package labelstudiotest

import (
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// Folder makes a new folder below the document root that holds as many small
// files, 0001.txt and so on. It goes with the test.
func (s *Server) Folder(tb testing.TB, files int) string {
	tb.Helper()
	folder := filepath.Join(s.DocumentRoot, "files-"+rand.Text())
	// A server of the user's may run as another user.
	if err := os.Mkdir(folder, 0o755); err != nil { //nolint:gosec // see above
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = os.RemoveAll(folder) })
	for n := range files {
		WriteFile(tb, filepath.Join(folder, fmt.Sprintf("%04d.txt", n+1)), "a task\n")
	}
	return folder
}

// WriteFile writes a file that the server can read.
func WriteFile(tb testing.TB, path, content string) {
	tb.Helper()
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil { //nolint:gosec // as in Folder
		tb.Fatal(err)
	}
}
