package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/program"
)

// workspace is a folder with a configuration, its state, and the provider that works on it.
type workspace struct {
	folder string
	env    []string
	exe    string // of the provider
}

// newWorkspace makes a folder for the provider that is built from a package.
func newWorkspace(ctx context.Context, root, name, pkg string, env ...string) (*workspace, error) {
	w := &workspace{folder: filepath.Join(root, name)}
	bin := filepath.Join(w.folder, "bin")
	if err := os.MkdirAll(bin, 0o750); err != nil {
		return nil, err
	}
	w.exe = filepath.Join(bin, "terraform-provider-labelstudio")
	if output, err := exec.CommandContext(ctx, "go", "build", "-o", w.exe, pkg).CombinedOutput(); err != nil { //nolint:gosec // a package of this module
		return nil, fmt.Errorf("%w: %s", err, output)
	}
	rc := filepath.Join(w.folder, "terraformrc")
	if err := os.WriteFile(rc, []byte(program.DevOverrides("labelstudio-community/labelstudio", bin)), 0o600); err != nil {
		return nil, err
	}
	w.env = append(append(os.Environ(), "TF_CLI_CONFIG_FILE="+rc, "CHECKPOINT_DISABLE=1", "TF_IN_AUTOMATION=1"), env...)
	return w, nil
}

// beside is another folder of the same provider.
func (w *workspace) beside(root, name string) (*workspace, error) {
	other := *w
	other.folder = filepath.Join(root, name)
	return &other, os.MkdirAll(other.folder, 0o750)
}

// forgotten is a run after which Terraform no longer knows what the run has made.
func (w *workspace) forgotten(work run) run {
	return func(ctx context.Context) (usage, error) {
		state := filepath.Join(w.folder, "terraform.tfstate")
		before, err := os.ReadFile(state)
		if err != nil {
			return usage{}, err
		}
		took, err := work(ctx)
		return took, errors.Join(err, os.WriteFile(state, before, 0o600))
	}
}

// write replaces the configuration.
func (w *workspace) write(config string) error {
	const head = "terraform {\n  required_providers {\n    labelstudio = { source = \"labelstudio-community/labelstudio\" }\n  }\n}\n"
	return os.WriteFile(filepath.Join(w.folder, "main.tf"), []byte(head+config), 0o600)
}

// with runs terraform with more variables in its environment, and says what it took.
func (w *workspace) with(ctx context.Context, env []string, args ...string) (usage, error) {
	cmd := exec.CommandContext(ctx, cmp.Or(os.Getenv("TERRAFORM"), "terraform"), args...) //nolint:gosec // the user's choice of terraform or tofu
	cmd.Dir, cmd.Env = w.folder, slices.Concat(w.env, env)
	var output bytes.Buffer
	cmd.Stdout, cmd.Stderr = &output, &output
	return measure(func() error {
		if err := cmd.Run(); err != nil {
			return fmt.Errorf("terraform %s: %w\n%s", strings.Join(args, " "), err, tail(output.String()))
		}
		return nil
	})
}

func tail(text string) string { return text[max(0, len(text)-2000):] }

// apply makes the objects of a configuration, or destroys those that it lacks.
func (w *workspace) apply(ctx context.Context, config string, env ...string) error {
	if err := w.write(config); err != nil {
		return err
	}
	_, err := w.with(ctx, env, "apply", "-auto-approve", "-input=false")
	return err
}

// plan is a run that plans, and fails if there is anything to do.
func (w *workspace) plan(env ...string) run {
	return func(ctx context.Context) (usage, error) {
		return w.with(ctx, env, "plan", "-detailed-exitcode", "-input=false")
	}
}

// planOf is a run that plans the configuration and the state of another workspace.
func (w *workspace) planOf(other *workspace) run {
	there := *w
	there.folder = other.folder
	return there.plan()
}

// peakMemory runs something, and says what it took, and how much memory the provider
// took, in bytes.
func (w *workspace) peakMemory(ctx context.Context, work run) (took usage, most int64, err error) {
	done, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for {
			select {
			case <-done:
				return
			case <-time.After(20 * time.Millisecond):
				most = max(most, memoryOf(w.exe))
			}
		}
	}()
	took, err = work(ctx)
	close(done)
	<-stopped
	return took, most, err
}

// memoryOf is the peak of the memory of the process of a program.
func memoryOf(exe string) int64 {
	processes, err := filepath.Glob("/proc/[0-9]*/exe")
	if err != nil {
		return 0
	}
	for _, process := range processes {
		if target, err := os.Readlink(process); err != nil || target != exe {
			continue
		}
		status, err := os.ReadFile(filepath.Join(filepath.Dir(process), "status"))
		if err != nil {
			continue
		}
		_, after, _ := strings.Cut(string(status), "VmHWM:")
		kilobytes, err := strconv.ParseInt(strings.Fields(after + " 0")[0], 10, 64)
		if err == nil {
			return kilobytes << 10
		}
	}
	return 0
}
