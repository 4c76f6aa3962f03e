package labelstudiotest

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// packages are what one storage server is made of, from one package registry. All
// are pinned with their hashes by the lock files in the folder peers/<name>.
type packages struct {
	name string
	// program is the proof that they are installed: a path below .cache/<name>.
	program string
	// install fills the folder "into" from the lock files in the folder "locks".
	install func(ctx context.Context, held *os.File, locks, into string) error
}

// installed returns the folder below .cache that the packages are in. The first
// call on a machine installs them.
func (p packages) installed(ctx context.Context) (string, error) {
	root, err := Root()
	if err != nil {
		return "", err
	}
	locks := filepath.Join(root, "internal", "labelstudiotest", "peers", p.name)
	pins, err := readAll(locks)
	if err != nil {
		return "", err
	}
	folder := filepath.Join(root, ".cache", p.name)
	if err := os.MkdirAll(folder, 0o750); err != nil {
		return "", err
	}
	held, err := lock(ctx, filepath.Join(folder, "lock"))
	if err != nil {
		return "", err
	}
	defer func() { _ = held.Close() }()

	err = once(folder, pins, filepath.Join(folder, p.program), func() error {
		fmt.Fprintf(os.Stderr, "Installing %s into %s (only once) ...\n", p.name, folder)
		return p.install(ctx, held, locks, folder)
	})
	if err != nil {
		return "", fmt.Errorf("installing %s into %s: %w", p.name, folder, err)
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

// fromPip makes the virtual environment "venv" from requirements.txt.
func fromPip(ctx context.Context, held *os.File, locks, into string) error {
	return fillVenv(ctx, held, filepath.Join(into, "venv"), filepath.Join(locks, "requirements.txt"), "--no-deps", "--require-hashes")
}

// fromNpm makes "node_modules" from package-lock.json, which
//
//	npm install --package-lock-only --omit-lockfile-registry-resolved
//
// wrote: with hashes, without the address of the registry that it asked.
func fromNpm(ctx context.Context, held *os.File, locks, into string) error {
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
	return run(ctx, held, "npm", "ci", "--prefix", into, "--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund", "--loglevel=error")
}

// fromGo builds the tool of a Go module of its own, so that what the tool needs
// stays out of the provider's go.mod.
func fromGo(ctx context.Context, held *os.File, locks, into string) error {
	return run(ctx, held, "go", "build", "-C", locks, "-o", into+string(filepath.Separator), "tool")
}
