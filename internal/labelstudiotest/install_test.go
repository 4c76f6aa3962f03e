package labelstudiotest

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func TestPinnedReleaseIsTheDefault(t *testing.T) {
	t.Parallel()
	version, requirements := release("")
	if version != "1.23.2" || requirements != pinned {
		t.Errorf("got %s", version)
	}
	if again, requirements := release(version); again != version || requirements != pinned {
		t.Errorf("asked by its number, got %s with other packages", again)
	}
	if version, requirements := release("1.20.0"); version != "1.20.0" || requirements != "label-studio[uwsgi]==1.20.0\npyjwt<2.14\n" {
		t.Errorf("asked for 1.20.0, got %s, %q", version, requirements)
	}
}

func TestLockHasHashesAndNoAddress(t *testing.T) {
	t.Parallel()
	if packages := expectHashes(t, pinned); packages < 100 {
		t.Errorf("the lock names %d packages", packages)
	}
}

func expectHashes(t *testing.T, requirements string) (packages int) {
	t.Helper()
	if address := regexp.MustCompile(`://|--(extra-)?index-url|--find-links| @ `).FindString(requirements); address != "" {
		t.Errorf("the lock contains %q", address)
	}
	lines := regexp.MustCompile(`(?m)^[a-z0-9.-]+==\S+.*$`).FindAllString(requirements, -1)
	for _, line := range lines {
		if !strings.HasSuffix(line, `\`) {
			t.Errorf("no hash: %s", line)
		}
	}
	return len(lines)
}

// emptyInstallation has no packages, so that it needs no network.
func emptyInstallation(t *testing.T) (i installation, install func(requirements string)) {
	t.Helper()
	i = installation{version: "0", folder: t.TempDir()}
	return i, func(requirements string) {
		t.Helper()
		held, err := lock(t.Context(), filepath.Join(i.folder, "lock"))
		if err != nil {
			t.Error(err)
			return
		}
		defer func() { _ = held.Close() }()
		if err := i.install(t.Context(), held, requirements); err != nil {
			t.Error(err)
		}
	}
}

// leave puts a file into the environment, and gone tells whether it was made anew since.
func leave(t *testing.T, i installation) (gone func() bool) {
	t.Helper()
	trace := filepath.Join(i.venv(), "trace")
	if err := os.WriteFile(trace, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	return func() bool {
		_, err := os.Stat(trace)
		return err != nil
	}
}

func TestInstallIsDoneOnce(t *testing.T) {
	t.Parallel()
	acceptance(t)
	i, install := emptyInstallation(t)
	install("# one")
	gone := leave(t, i)
	install("# one")
	if gone() {
		t.Error("installed a second time")
	}
}

func TestInstallIsDoneAgain(t *testing.T) {
	t.Parallel()
	acceptance(t)
	for name, change := range map[string]func(t *testing.T, i installation) (requirements string){
		"for other requirements": func(*testing.T, installation) string { return "# two" },
		"after an interruption": func(t *testing.T, i installation) string {
			t.Helper()
			if err := os.Remove(filepath.Join(i.folder, "installed")); err != nil {
				t.Fatal(err)
			}
			return "# one"
		},
		"when the system's Python has gone": func(t *testing.T, i installation) string {
			t.Helper()
			if err := os.Remove(i.python()); err != nil {
				t.Fatal(err)
			}
			return "# one"
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			i, install := emptyInstallation(t)
			install("# one")
			if err := os.Mkdir(i.allPrepared(), 0o750); err != nil {
				t.Fatal(err)
			}
			gone := leave(t, i)
			install(change(t, i))
			if !gone() {
				t.Error("left as it was")
			}
			if _, err := os.Stat(i.allPrepared()); err == nil {
				t.Error("kept the data folders, which the other release had made")
			}
		})
	}
}
