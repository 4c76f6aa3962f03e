package program

import (
	"context"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"
)

// StopTimeout is how long a program may take to end when it is asked to.
const StopTimeout = 10 * time.Second

// endWithParent runs its arguments as a program that ends together with the process
// that started it. That process holds the other end of standard input: whatever way
// it ends, kill -9 included, the system closes that end, and cat returns. Then kill
// ends the group of the program, with all that it has started (see Launch).
const endWithParent = `exec 3<&0; (cat <&3 >/dev/null; kill -9 0) & exec "$@" 3<&- </dev/null`

// Command is a command for Launch. It outlives ctx, and ends together with this
// process.
func Command(ctx context.Context, args ...string) *exec.Cmd {
	return exec.CommandContext(context.WithoutCancel(ctx), "sh", append([]string{"-c", endWithParent, "sh"}, args...)...)
}

// A Process is a program that was started.
type Process struct {
	Cmd *exec.Cmd
	// Log is the file with its output.
	Log string
	// Exited is closed when it has ended.
	Exited <-chan struct{}
}

// Launch starts cmd with its output in the file log and this process at the other
// end of its standard input.
func Launch(cmd *exec.Cmd, log string) (*Process, error) {
	output, err := os.Create(log)
	if err != nil {
		return nil, err
	}
	defer func() { _ = output.Close() }()
	cmd.Stdout, cmd.Stderr = output, output
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{}
	}
	// A group of its own, so that Kill reaches all of it. (A session is a group.)
	cmd.SysProcAttr.Setpgid = !cmd.SysProcAttr.Setsid
	if _, err := cmd.StdinPipe(); err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	exited := make(chan struct{})
	go func() {
		_ = cmd.Wait()
		close(exited)
	}()
	return &Process{Cmd: cmd, Log: log, Exited: exited}, nil
}

// Stop asks the process to end, and kills it when it takes longer than StopTimeout.
func (p *Process) Stop(ask syscall.Signal) {
	_ = p.Cmd.Process.Signal(ask)
	select {
	case <-p.Exited:
	case <-time.After(StopTimeout):
		p.Kill()
	}
}

// Kill ends the process at once, with those that it has started.
func (p *Process) Kill() {
	_ = syscall.Kill(-p.Cmd.Process.Pid, syscall.SIGKILL)
	<-p.Exited
}

// Says tells whether the text is in the log.
func (p *Process) Says(text string) bool {
	log, err := os.ReadFile(p.Log)
	return err == nil && strings.Contains(string(log), text)
}

// Tail is the end of the log, where a program that failed says why.
func (p *Process) Tail() string {
	log, err := os.ReadFile(p.Log)
	if err != nil {
		return err.Error()
	}
	lines := strings.Split(strings.TrimSpace(string(log)), "\n")
	return strings.Join(lines[max(0, len(lines)-40):], "\n")
}
