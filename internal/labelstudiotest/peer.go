package labelstudiotest

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

// A peer is a program that Label Studio works with. It ends with this process.
type peer struct {
	name    string
	folder  string // temporary: its log and data
	port    int
	command func(p *peer) []string
	up      func(ctx context.Context, p *peer) error
	// attributes say who it runs as, ending how it is asked to end.
	attributes syscall.SysProcAttr
	ending     syscall.Signal

	process *process
}

// leash runs its arguments as a program that ends together with the process that
// started it, as launch.py does for Label Studio: that process holds the other end
// of standard input. With the program go all that it has started (see launch).
const leash = `exec 3<&0; (cat <&3 >/dev/null; kill -9 0) & exec "$@" 3<&- </dev/null`

// leashed is a command that outlives the start that ctx is for.
func leashed(ctx context.Context, command ...string) *exec.Cmd {
	return exec.CommandContext(context.WithoutCancel(ctx), "sh", append([]string{"-c", leash, "sh"}, command...)...)
}

// newPeer describes a program, with a free port and a folder that it may use.
// command is how to start it; up fails until it is ready.
func newPeer(ctx context.Context, name string, command func(p *peer) []string, up func(ctx context.Context, p *peer) error) (*peer, error) {
	port, err := freePort(ctx)
	if err != nil {
		return nil, err
	}
	folder, err := os.MkdirTemp("", "label-studio-peer-")
	if err != nil {
		return nil, err
	}
	return &peer{name: name, folder: folder, port: port, command: command, up: up, ending: syscall.SIGTERM}, nil
}

// startPeer starts a program and returns when it is up. ctx bounds the start only.
func startPeer(ctx context.Context, name string, command func(p *peer) []string, up func(ctx context.Context, p *peer) error) (*peer, error) {
	p, err := newPeer(ctx, name, command, up)
	if err != nil {
		return nil, err
	}
	return p.begin(ctx)
}

// begin is Resume for the first time: nothing is left of a program that does not
// start.
func (p *peer) begin(ctx context.Context) (*peer, error) {
	if err := p.Resume(ctx); err != nil {
		return nil, errors.Join(err, p.Stop())
	}
	return p, nil
}

// Halt ends the program. What it keeps on disk is there for Resume.
func (p *peer) Halt() {
	if p.process != nil {
		p.process.stop(p.ending)
	}
}

// Resume starts the program after Halt, at the same port, and returns when it is up.
func (p *peer) Resume(ctx context.Context) error {
	cmd := leashed(ctx, p.command(p)...)
	cmd.Dir = p.folder
	attributes := p.attributes
	cmd.SysProcAttr = &attributes
	var err error
	if p.process, err = launch(cmd, filepath.Join(p.folder, "log")); err != nil {
		return fmt.Errorf("starting %s: %w", p.name, err)
	}
	if err := p.waitUntilUp(ctx); err != nil {
		return fmt.Errorf("starting %s: %w; the end of its log:\n%s", p.name, err, p.process.tail())
	}
	return nil
}

func (p *peer) waitUntilUp(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute) // on a busy machine; usual is a second
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		err := p.up(ctx, p)
		select {
		case <-p.process.exited:
			// Whoever answers at the port, it is another program.
			return errors.New("it ended before it was ready")
		default:
		}
		if err == nil {
			return nil
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return fmt.Errorf("it is not ready: %w", err)
		}
	}
}

// Stop ends the program and removes all that it holds.
func (p *peer) Stop() error {
	p.Halt()
	return os.RemoveAll(p.folder)
}

func (p *peer) address() string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(p.port)) }
func (p *peer) url() string     { return "http://" + p.address() }
