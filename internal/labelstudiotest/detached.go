package labelstudiotest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/program"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/progress"
)

// A home is the folder of a server that outlives the process that started it: its
// data, and what the next process needs to find it.
//
// The server itself holds the lock there while it lives. The recorded pid alone
// would not do: the system may have given it to another program.
type home string

func (h home) data() string   { return filepath.Join(string(h), "data") }
func (h home) record() string { return filepath.Join(string(h), "server.json") }
func (h home) lock() string   { return filepath.Join(string(h), "lock") }

type record struct {
	PID  int `json:"pid"`
	Port int `json:"port"`
}

func (h home) load() (record, error) {
	var r record
	content, err := os.ReadFile(h.record())
	if err != nil {
		return r, err
	}
	return r, json.Unmarshal(content, &r)
}

func (h home) save(r record) error {
	content, err := json.Marshal(r)
	if err != nil {
		return err
	}
	return os.WriteFile(h.record(), content, 0o600)
}

// StartDetached returns the server that lives in folder, and starts it if it does
// not run. It goes on when this process ends, until StopDetached, and has the same
// data and port when it is started again.
func StartDetached(ctx context.Context, folder, documentRoot string) (*Server, error) {
	i, err := installed(ctx, SQLite)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(folder, 0o750); err != nil {
		return nil, err
	}
	h := home(folder)
	held, err := program.TryLock(h.lock())
	if err != nil {
		return nil, err
	}
	running := held == nil
	known, err := h.load()
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("reading what is known of the server in %s: %w", folder, err)
	}

	if _, err := os.Stat(h.data()); errors.Is(err, fs.ErrNotExist) {
		if err := i.copyData(h.data()); err != nil {
			return nil, err
		}
	}
	s := i.server(h.data())
	s.DocumentRoot = documentRoot
	if running {
		s.listenOn(known.Port)
		if _, err := s.Do(ctx, http.MethodGet, "/api/current-user/whoami", nil, nil); err != nil {
			return nil, fmt.Errorf("the server in %s runs but does not answer (it may be starting: try again; or stop it): %w", folder, err)
		}
		return s, nil
	}

	defer func() { _ = held.Close() }()
	command := func() *exec.Cmd {
		cmd := s.command(ctx, "-m", "label_studio.server")
		cmd.ExtraFiles = []*os.File{held}
		// Out of reach of the terminal's Ctrl-C and hang-up.
		cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
		return cmd
	}
	err = progress.Step("Starting Label Studio", func() error {
		// Tasks hold the server's URL, so it should not change.
		if known.Port != 0 {
			return s.startOn(ctx, known.Port, command)
		}
		return s.start(ctx, command)
	})
	if err != nil {
		return nil, fmt.Errorf("starting the server in %s (remove the folder to begin anew): %w", folder, err)
	}
	return s, h.save(record{PID: s.process.Cmd.Process.Pid, Port: s.port})
}

// StopDetached stops the server that lives in folder. It reports whether there was
// one.
func StopDetached(ctx context.Context, folder string) (bool, error) {
	h := home(folder)
	known, err := h.load()
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	held, err := program.TryLock(h.lock())
	if err != nil {
		return false, err
	}
	if held != nil {
		return false, held.Close()
	}
	for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGKILL} {
		if err := syscall.Kill(known.PID, signal); err != nil {
			return false, fmt.Errorf("stopping the server in %s, process %d: %w", folder, known.PID, err)
		}
		patience, cancel := context.WithTimeout(ctx, program.StopTimeout)
		held, err := program.Lock(patience, h.lock())
		cancel()
		if held != nil {
			return true, held.Close()
		}
		if !errors.Is(err, context.DeadlineExceeded) {
			return false, err
		}
	}
	return false, fmt.Errorf("the server in %s, process %d, does not end", folder, known.PID)
}
