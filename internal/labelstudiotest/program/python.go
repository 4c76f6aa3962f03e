package program

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// CreateVenv makes a virtual environment anew, with the packages that the file
// requirements names. options are those of pip install.
func CreateVenv(ctx context.Context, held *os.File, venv, requirements string, options ...string) error {
	if err := os.RemoveAll(venv); err != nil {
		return err
	}
	base, err := findPython(ctx)
	if err != nil {
		return err
	}
	if err := Run(ctx, held, base, "-m", "venv", venv); err != nil {
		return err
	}
	pip := []string{"-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check", "--requirement", requirements}
	return Run(ctx, held, filepath.Join(venv, "bin", "python"), append(pip, options...)...)
}

// SitePackage returns a path among the packages of a virtual environment. The version
// of its Python is part of that path.
func SitePackage(venv string, path ...string) (string, error) {
	pattern := filepath.Join(append([]string{venv, "lib", "python3.*", "site-packages"}, path...)...)
	found, err := filepath.Glob(pattern)
	if err == nil && len(found) != 1 {
		err = fmt.Errorf("%d files match %s, want one: remove %s to have it made again", len(found), pattern, venv)
	}
	if err != nil {
		return "", err
	}
	return found[0], nil
}

// findPython returns a Python that the pinned packages have wheels for.
func findPython(ctx context.Context) (string, error) {
	const supported = "import sys; sys.exit(not (3, 10) <= sys.version_info < (3, 14))"
	for _, name := range []string{"python3", "python3.13", "python3.12", "python3.11", "python3.10"} {
		if exec.CommandContext(ctx, name, "-c", supported).Run() == nil {
			return name, nil
		}
	}
	return "", errors.New("no Python 3.10 to 3.13 found: install one and make sure that it is in PATH as python3 or python3.X")
}
