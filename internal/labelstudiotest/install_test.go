package labelstudiotest

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/program"
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

func TestLocksOfPythonHaveHashesAndNoAddress(t *testing.T) {
	t.Parallel()
	locks, err := filepath.Glob("peers/*/requirements.txt")
	if err != nil || len(locks) < 4 {
		t.Fatalf("found the locks %q, %v", locks, err)
	}
	for _, lock := range append(locks, "requirements.txt") {
		content, err := os.ReadFile(lock)
		if err != nil {
			t.Fatal(err)
		}
		if address := regexp.MustCompile(`://|--(extra-)?index-url|--find-links| @ `).Find(content); address != nil {
			t.Errorf("%s contains %q", lock, address)
		}
		for _, line := range regexp.MustCompile(`(?m)^[a-z0-9.-]+==\S+.*$`).FindAllString(string(content), -1) {
			if !strings.HasSuffix(line, `\`) {
				t.Errorf("%s: no hash: %s", lock, line)
			}
		}
	}
	if packages := strings.Count(pinned, "=="); packages < 100 {
		t.Errorf("the lock of Label Studio names %d packages", packages)
	}
}

func TestLocksOfNpmHaveHashesAndNoAddress(t *testing.T) {
	t.Parallel()
	locks, err := filepath.Glob("peers/*/package-lock.json")
	if err != nil || len(locks) < 2 {
		t.Fatalf("found the locks %q, %v", locks, err)
	}
	for _, path := range locks {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var lock struct {
			Packages map[string]struct{ Integrity, Resolved string }
		}
		if err := json.Unmarshal(content, &lock); err != nil {
			t.Fatal(err)
		}
		delete(lock.Packages, "") // what depends on them
		if len(lock.Packages) == 0 {
			t.Errorf("%s names no packages", path)
		}
		for name, locked := range lock.Packages {
			if locked.Integrity == "" || locked.Resolved != "" {
				t.Errorf("%s: %s: the hash is %q, the address %q", path, name, locked.Integrity, locked.Resolved)
			}
		}
	}
}

// A standInPython makes an environment of two files, without packages.
const standInPython = `#!/bin/sh
if [ "$2" = venv ]; then
	mkdir -p "$3/bin" && cp "$0" "$3/bin/python"
fi
`

// testInstallation installs with the stand-in.
func testInstallation(t *testing.T) (i installation, install func(requirements string)) {
	t.Helper()
	path := t.TempDir()
	if err := os.WriteFile(filepath.Join(path, "python3"), []byte(standInPython), 0o700); err != nil { //nolint:gosec // a program
		t.Fatal(err)
	}
	t.Setenv("PATH", path+":"+os.Getenv("PATH"))
	i = installation{version: "0", folder: t.TempDir()}
	return i, func(requirements string) {
		t.Helper()
		held, err := program.Lock(t.Context(), filepath.Join(i.folder, "lock"))
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = held.Close() }()
		if err := i.install(t.Context(), held, requirements); err != nil {
			t.Fatal(err)
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
	i, install := testInstallation(t)
	install("# one")
	gone := leave(t, i)
	install("# one")
	if gone() {
		t.Error("installed a second time")
	}
}

func TestInstallIsDoneAgain(t *testing.T) {
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
			i, install := testInstallation(t)
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
