package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// standIn makes a demo with a Terraform that prints its own text and ends with a
// status.
func standIn(t *testing.T, prints, status string) demo {
	t.Helper()
	folder := t.TempDir()
	terraform := filepath.Join(folder, "terraform")
	script := "#!/bin/sh\nif [ $1 = output ]; then printf 7; exit; fi\ncat <<'END'\n" + prints + "\nEND\nexit " + status + "\n"
	if err := os.WriteFile(terraform, []byte(script), 0o700); err != nil { //nolint:gosec // a program
		t.Fatal(err)
	}
	return demo{root: folder, example: folder, cache: filepath.Join(folder, "cache"), terraform: terraform}
}

func TestApplyTellsTasksAndChanges(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ prints, want string }{
		{"Apply complete! Resources: 1 added, 2 changed, 3 destroyed.", "1 added, 2 changed, 3 destroyed;"},
		// OpenTofu and Terraform end so, too, when there was nothing to do.
		{"No changes. Your infrastructure matches the configuration.\n\nApply complete! Resources: 0 added, 0 changed, 0 destroyed.", "No changes;"},
	} {
		d := standIn(t, test.prints, "0")
		got, err := d.applyIn(t.Context(), "terraform")
		if err != nil || !strings.HasPrefix(got, "Tasks          7\nTerraform      "+test.want) {
			t.Errorf("got %q, %v, want 7 tasks and %s", got, err, test.want)
		}
	}
}

func TestFailedApplyShowsErrorAndLog(t *testing.T) {
	t.Parallel()
	d := standIn(t, "The plan.\n\nError: it is broken", "1")
	_, err := d.applyIn(t.Context(), "terraform")
	log := filepath.Join(d.cache, "terraform.log")
	if err == nil || !strings.HasSuffix(err.Error(), log+" and ends with\n\nError: it is broken\n") {
		t.Errorf("got %v, want the error and the path %s", err, log)
	}
	if content, err := os.ReadFile(log); err != nil || !strings.HasPrefix(string(content), "The plan.") {
		t.Errorf("the log is %q, %v, want all of the output", content, err)
	}
}
