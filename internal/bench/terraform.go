package main

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/program"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/provider"
)

// build is a provider that is built from a package, and what Terraform needs to use it.
type build struct {
	env []string
	exe string
}

// newBuild builds the provider of a package into a mirror of a registry.
func newBuild(ctx context.Context, folder, pkg string, env ...string) (*build, error) {
	mirror := filepath.Join(folder, "mirror")
	exe := filepath.Join(mirror, provider.Address, "0.0.1", runtime.GOOS+"_"+runtime.GOARCH, "terraform-provider-labelstudio_v0.0.1")
	if output, err := exec.CommandContext(ctx, "go", "build", "-o", exe, pkg).CombinedOutput(); err != nil { //nolint:gosec // a package of this module
		return nil, fmt.Errorf("%w: %s", err, output)
	}
	rc := filepath.Join(folder, "terraformrc")
	if err := os.WriteFile(rc, []byte(program.FilesystemMirror(mirror)), 0o600); err != nil {
		return nil, err
	}
	env = slices.Concat(os.Environ(), env, []string{"TF_CLI_CONFIG_FILE=" + rc, "CHECKPOINT_DISABLE=1", "TF_IN_AUTOMATION=1"})
	return &build{env, exe}, nil
}

// workspace is a folder with a configuration, which a provider applies to a state.
type workspace struct {
	*build
	folder string
	states *states
	state  string
}

// workspace makes a workspace for a state. Workspaces may share a state.
func (b *bench) workspace(ctx context.Context, of *build, state string) (*workspace, error) {
	folder, err := os.MkdirTemp(b.work, state+"-")
	if err != nil {
		return nil, err
	}
	w := &workspace{of, folder, b.states, state}
	if err := w.write("provider \"labelstudio\" {}\n"); err != nil {
		return nil, err
	}
	_, err = w.with(ctx, nil, "init", "-input=false")
	return w, err
}

// forgotten is a run after which Terraform no longer knows what the run has made.
func (w *workspace) forgotten(work run) run {
	return func(ctx context.Context) (usage, error) {
		before := w.states.get(w.state)
		defer func() { w.states.put(w.state, before) }()
		return work(ctx)
	}
}

// write replaces the configuration.
func (w *workspace) write(config string) error {
	head := fmt.Sprintf("terraform {\n  required_providers {\n    labelstudio = { source = %q }\n  }\n  backend \"http\" {\n    address = %q\n  }\n}\n", provider.Address, w.states.url+w.state)
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
func (w *workspace) apply(ctx context.Context, config string, env ...string) (usage, error) {
	if err := w.write(config); err != nil {
		return usage{}, err
	}
	return w.with(ctx, env, "apply", "-auto-approve", "-input=false")
}

// plan is a run that plans, and fails if there is anything to do.
func (w *workspace) plan(env ...string) run {
	return func(ctx context.Context) (usage, error) {
		return w.with(ctx, env, "plan", "-detailed-exitcode", "-input=false")
	}
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
