package labelstudiotest

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/program"
)

func TestDetachedServerLivesFromProcessToProcess(t *testing.T) {
	t.Parallel()
	acceptance(t)
	folder, root := t.TempDir(), t.TempDir()
	stop := func() bool {
		t.Helper()
		stopped, err := StopDetached(context.WithoutCancel(t.Context()), folder)
		if err != nil {
			t.Fatal(err)
		}
		return stopped
	}
	t.Cleanup(func() { stop() })

	if stop() {
		t.Error("stopped a server where none ran")
	}
	first, err := StartDetached(t.Context(), folder, root)
	if err != nil {
		t.Fatal(err)
	}
	// It is always on SQLite, so these tests need no server of their own.
	t.Run("SkipsTheMigrations", func(t *testing.T) { expectNoMigrations(t, first) })
	t.Run("SyncsInTheRequest", func(t *testing.T) { expectSync(t, first, "completed") })

	second, err := StartDetached(t.Context(), folder, root)
	if err != nil {
		t.Fatal(err)
	}
	if second.URL != first.URL || second.process != nil {
		t.Errorf("the second start made a server at %s, want that at %s", second.URL, first.URL)
	}
	if !stop() || program.Listens(t.Context(), first.address()) {
		t.Error("the server was not stopped")
	}
	third, err := StartDetached(t.Context(), folder, root)
	if err != nil {
		t.Fatal(err)
	}
	if got := projects(t, third); third.URL != first.URL || got != 1 {
		t.Errorf("started again at %s with %d projects, want %s with that of the sync", third.URL, got, first.URL)
	}
}

// A usual start takes 3 seconds. With the migrations it takes 20, on a busy machine
// far more. Only the first start on a machine goes through them.
func expectNoMigrations(t *testing.T, server *Server) {
	t.Helper()
	log, err := os.ReadFile(server.process.Log)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(log), "Initializing database") {
		t.Errorf("the start went through the migrations:\n%s", log)
	}
}
