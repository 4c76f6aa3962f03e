package labelstudiotest

import (
	"context"
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/program"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/progress"
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
	root, err := program.Root()
	if err != nil {
		return installation{}, err
	}
	version, requirements := release(os.Getenv("LABEL_STUDIO_VERSION"))
	i := installation{version: version, folder: filepath.Join(root, ".cache", "label-studio", version), stack: stack}

	if err := os.MkdirAll(i.folder, 0o750); err != nil {
		return installation{}, err
	}
	// "go test ./..." runs packages in parallel: one process installs, the others wait.
	held, err := program.Lock(ctx, filepath.Join(i.folder, "lock"))
	if err != nil {
		return installation{}, err
	}
	defer func() { _ = held.Close() }()

	if err := i.install(ctx, held, requirements); err != nil {
		return installation{}, fmt.Errorf("installing Label Studio %s into %s: %w", version, i.venv(), err)
	}
	if i.application, err = program.SitePackage(i.venv(), "label_studio"); err != nil {
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
	return program.Once(i.folder, requirements, i.python(), func() error {
		return progress.Step("Installing Label Studio "+i.version+" (a minute, only once)", func() error {
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
			return program.CreateVenv(ctx, held, i.venv(), file, options...)
		})
	})
}
