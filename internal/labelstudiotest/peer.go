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
	"time"
)

// A peer is the process of a storage server. It ends with this process.
type peer struct {
	process *process
	folder  string // temporary: its log and data
	port    int
}

// leash runs its arguments as a program that ends together with the process that
// started it, as launch.py does for Label Studio: that process holds the other end
// of standard input.
const leash = `exec 3<&0; (cat <&3 >/dev/null; kill -9 $$ 2>/dev/null) & exec "$@" 3<&- </dev/null`

// startPeer starts a program and returns when it is up. command gets the free port
// and the folder that the program may use. ctx bounds the start only.
func startPeer(ctx context.Context, name string, command func(p *peer) []string, up func(ctx context.Context, p *peer) error) (*peer, error) {
	folder, err := os.MkdirTemp("", "label-studio-peer-")
	if err != nil {
		return nil, err
	}
	p := &peer{folder: folder}
	if err := p.start(ctx, command, up); err != nil {
		return nil, errors.Join(fmt.Errorf("starting %s: %w", name, err), p.Stop())
	}
	return p, nil
}

func (p *peer) start(ctx context.Context, command func(p *peer) []string, up func(ctx context.Context, p *peer) error) error {
	var err error
	if p.port, err = freePort(ctx); err != nil {
		return err
	}
	// The peer outlives the start that ctx is for.
	cmd := exec.CommandContext(context.WithoutCancel(ctx), "sh", append([]string{"-c", leash, "sh"}, command(p)...)...)
	cmd.Dir = p.folder
	if p.process, err = launch(cmd, filepath.Join(p.folder, "log")); err != nil {
		return err
	}
	if err := p.waitUntil(ctx, up); err != nil {
		return fmt.Errorf("%w; the end of its log:\n%s", err, p.process.tail())
	}
	return nil
}

func (p *peer) waitUntil(ctx context.Context, up func(ctx context.Context, p *peer) error) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute) // on a busy machine; usual is a second
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		err := up(ctx, p)
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

// Stop ends the storage server and removes all that it holds.
func (p *peer) Stop() error {
	if p.process != nil {
		p.process.stop()
	}
	return os.RemoveAll(p.folder)
}

func (p *peer) address() string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(p.port)) }
func (p *peer) url() string     { return "http://" + p.address() }
