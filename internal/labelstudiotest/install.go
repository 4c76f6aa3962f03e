package labelstudiotest

import (
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

// pinned is the Label Studio that tests run against with all its packages, for
// Python 3.10 to 3.13. The first lines say how it was made.
//
//go:embed requirements.txt
var pinned string

// An installation is one release of Label Studio, ready to run: a virtual
// environment, and a data folder that has gone through the migrations.
type installation struct {
	version string
	folder  string
	stack   Stack
	// application is the folder of the label_studio package.
	application string
}

func (i installation) venv() string   { return filepath.Join(i.folder, "venv") }
func (i installation) python() string { return filepath.Join(i.venv(), "bin", "python") }

// installed returns the release that tests run against, prepared for the stack. The
// first call on a machine installs it (a minute), all others find it in .cache.
func installed(ctx context.Context, stack Stack) (installation, error) {
	root, err := Root()
	if err != nil {
		return installation{}, err
	}
	version, requirements := release(os.Getenv("LABEL_STUDIO_VERSION"))
	i := installation{version: version, folder: filepath.Join(root, ".cache", "label-studio", version), stack: stack}

	if err := os.MkdirAll(i.folder, 0o750); err != nil {
		return installation{}, err
	}
	// "go test ./..." runs packages in parallel: one process installs, the others wait.
	held, err := lock(ctx, filepath.Join(i.folder, "lock"))
	if err != nil {
		return installation{}, err
	}
	defer func() { _ = held.Close() }()

	if err := i.install(ctx, held, requirements); err != nil {
		return installation{}, fmt.Errorf("installing Label Studio %s into %s: %w", version, i.venv(), err)
	}
	if i.application, err = sitePackage(i.venv(), "label_studio"); err != nil {
		return installation{}, err
	}
	if err := i.prepare(ctx); err != nil {
		return installation{}, fmt.Errorf("preparing the data folder of Label Studio %s: %w", version, err)
	}
	return i, nil
}

// release returns the requirements of the asked release, or of the pinned one.
// Only that one has all its packages pinned. The extra is for the stacks with uWSGI.
func release(asked string) (version, requirements string) {
	version = regexp.MustCompile(`(?m)^label-studio==(\S+)`).FindStringSubmatch(pinned)[1]
	if asked == "" || asked == version {
		return version, pinned
	}
	// From PyJWT 2.14 on a server can't revoke a personal access token, whose signature
	// Label Studio leaves out.
	return asked, "label-studio[uwsgi]==" + asked + "\npyjwt<2.14\n"
}

// install fills the virtual environment, unless an earlier run has.
func (i installation) install(ctx context.Context, held *os.File, requirements string) error {
	// The interpreter is a link into the system's Python, which may be gone after an upgrade.
	return once(i.folder, requirements, i.python(), func() error {
		fmt.Fprintf(os.Stderr, "Installing Label Studio %s into %s (a minute, only once) ...\n", i.version, i.venv())
		if err := os.RemoveAll(i.allPrepared()); err != nil {
			return err
		}
		file := filepath.Join(i.folder, "requirements.txt")
		if err := os.WriteFile(file, []byte(requirements), 0o600); err != nil {
			return err
		}
		var options []string
		if strings.Contains(requirements, "--hash=") {
			options = append(options, "--require-hashes")
		}
		return fillVenv(ctx, held, i.venv(), file, options...)
	})
}

// once calls install, unless an earlier run has completed just this: the same lock,
// with program as its result. A marker in folder, written last, says so: an
// interrupted installation and one of another lock have none, or another one, and
// are done again.
func once(folder, lock, program string, install func() error) error {
	digest := sha256.Sum256([]byte(lock))
	want := hex.EncodeToString(digest[:])
	marker := filepath.Join(folder, "installed")
	have, err := os.ReadFile(marker)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if _, err := os.Stat(program); err == nil && string(have) == want {
		return nil
	}
	if err := os.RemoveAll(marker); err != nil {
		return err
	}
	if err := install(); err != nil {
		return err
	}
	return os.WriteFile(marker, []byte(want), 0o600)
}

// fillVenv makes a virtual environment anew, with the packages that the file names.
func fillVenv(ctx context.Context, held *os.File, venv, requirements string, options ...string) error {
	if err := os.RemoveAll(venv); err != nil {
		return err
	}
	base, err := findPython(ctx)
	if err != nil {
		return err
	}
	if err := run(ctx, held, base, "-m", "venv", venv); err != nil {
		return err
	}
	pip := []string{"-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check", "--requirement", requirements}
	return run(ctx, held, filepath.Join(venv, "bin", "python"), append(pip, options...)...)
}

// sitePackage returns what a package has brought into a virtual environment, the
// version of whose Python is part of the path.
func sitePackage(venv string, path ...string) (string, error) {
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

// findPython returns a Python that the locked packages have wheels for.
func findPython(ctx context.Context) (string, error) {
	const supported = "import sys; sys.exit(not (3, 10) <= sys.version_info < (3, 14))"
	for _, name := range []string{"python3", "python3.13", "python3.12", "python3.11", "python3.10"} {
		if exec.CommandContext(ctx, name, "-c", supported).Run() == nil {
			return name, nil
		}
	}
	return "", errors.New("no Python 3.10 to 3.13 found: install one and make sure that it is in PATH as python3 or python3.X")
}

// run runs a command; its output is part of the error. The command has a share in
// the lock: should this process be killed, the next one waits for the command's end
// before it begins anew in the same folder.
func run(ctx context.Context, held *os.File, name string, args ...string) error {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.ExtraFiles = []*os.File{held}
	if output, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s %s: %w\n%s", name, strings.Join(args, " "), err, output)
	}
	return nil
}

// Root returns the top folder of the repository that the working directory is in.
func Root() (string, error) {
	start, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for folder := start; ; folder = filepath.Dir(folder) {
		if _, err := os.Stat(filepath.Join(folder, "go.mod")); err == nil {
			return folder, nil
		}
		if folder == filepath.Dir(folder) {
			return "", fmt.Errorf("no go.mod in %s or above it: run this inside the repository", start)
		}
	}
}
