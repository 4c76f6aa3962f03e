// Package program starts the programs that tests need: installed from pinned
// packages, each on a port of its own, and ended together with this process.
package program

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

// A Program is a server that Label Studio works with. It ends with this process.
type Program struct {
	// Folder is temporary and holds its log and data.
	Folder string
	// Port is the one that it should listen on, at 127.0.0.1.
	Port int
	// Attributes say which user it runs as.
	Attributes syscall.SysProcAttr
	// StopSignal asks it to end.
	StopSignal syscall.Signal
	// Process is nil before the first start.
	Process *Process

	name    string
	command func(p *Program) []string
	ready   func(ctx context.Context, p *Program) error
}

// New describes a program, with a free port and a folder that it may use. command is
// how to start it; ready fails until it can be used.
func New(ctx context.Context, name string, command func(p *Program) []string, ready func(ctx context.Context, p *Program) error) (*Program, error) {
	port, err := FreePort(ctx)
	if err != nil {
		return nil, err
	}
	folder, err := os.MkdirTemp("", "label-studio-"+name+"-")
	if err != nil {
		return nil, err
	}
	return &Program{Folder: folder, Port: port, StopSignal: syscall.SIGTERM, name: name, command: command, ready: ready}, nil
}

// Start starts a program and returns when it is ready. ctx bounds the start only.
func Start(ctx context.Context, name string, command func(p *Program) []string, ready func(ctx context.Context, p *Program) error) (*Program, error) {
	p, err := New(ctx, name, command, ready)
	if err != nil {
		return nil, err
	}
	if err := p.Start(ctx); err != nil {
		return nil, err
	}
	return p, nil
}

// Start starts the program for the first time. A program that does not start leaves
// nothing behind.
func (p *Program) Start(ctx context.Context) error {
	if err := p.Resume(ctx); err != nil {
		return errors.Join(err, p.Stop())
	}
	return nil
}

// Halt ends the program. What it keeps on disk is there for Resume.
func (p *Program) Halt() {
	if p.Process != nil {
		p.Process.Stop(p.StopSignal)
	}
}

// Resume starts the program after Halt, at the same port, and returns when it is
// ready.
func (p *Program) Resume(ctx context.Context) error {
	cmd := Command(ctx, p.command(p)...)
	cmd.Dir = p.Folder
	attributes := p.Attributes
	cmd.SysProcAttr = &attributes
	var err error
	if p.Process, err = Launch(cmd, filepath.Join(p.Folder, "log")); err != nil {
		return fmt.Errorf("starting %s: %w", p.name, err)
	}
	if err := p.waitUntilReady(ctx); err != nil {
		return fmt.Errorf("starting %s: %w; the end of its log:\n%s", p.name, err, p.Process.Tail())
	}
	return nil
}

func (p *Program) waitUntilReady(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Minute) // rqworker loads Django, which takes long on a busy machine
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		err := p.ready(ctx, p)
		select {
		case <-p.Process.Exited:
			// If something answers at the port, it is another program.
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

// Stop ends the program and removes its folder.
func (p *Program) Stop() error {
	p.Halt()
	return os.RemoveAll(p.Folder)
}

// Address is host and port of the program.
func (p *Program) Address() string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(p.Port)) }

// URL is where a program that speaks HTTP answers. It has no trailing slash.
func (p *Program) URL() string { return "http://" + p.Address() }
