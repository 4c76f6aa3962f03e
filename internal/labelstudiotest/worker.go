package labelstudiotest

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/cloud"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/program"
)

// workerSettings are the settings of Label Studio where jobs go into a queue.
//
//go:embed worker_settings.py
var workerSettings string

// startQueue starts the Redis that jobs wait in. Label Studio asks for it when it
// starts, and never again if it does not find it.
func (s *Server) startQueue(ctx context.Context) (err error) {
	if s.Queue, err = cloud.StartRedis(ctx); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(s.data, "worker_settings.py"), []byte(workerSettings), 0o600)
}

func (s *Server) queueEnvironment() []string {
	return []string{
		"PYTHONPATH=" + s.data,
		"DJANGO_SETTINGS_MODULE=worker_settings",
		"LABELSTUDIOTEST_REDIS_PORT=" + strconv.Itoa(s.Queue.Port),
		"LABELSTUDIOTEST_REDIS_PASSWORD=" + s.Queue.Password,
	}
}

// A JobWorker is an rqworker process. For each job it starts another process, its
// work horse.
type JobWorker struct {
	*program.Program

	env []string
}

// StartWorker starts one more worker.
func (s *Server) StartWorker(ctx context.Context, env ...string) (*JobWorker, error) {
	if s.Queue == nil {
		return nil, fmt.Errorf("the stack %s has no workers: ask for %s", s.Stack, Worker)
	}
	w := &JobWorker{env: env}
	p, err := program.Start(ctx, "rqworker", func(*program.Program) []string {
		return slices.Concat([]string{"env"}, s.environment(), s.productionEnvironment(), w.env, []string{
			s.installation.python(), filepath.Join(s.installation.application, "manage.py"),
			// Most urgent first: all queues that Label Studio puts jobs into.
			"rqworker", "critical", "high", "default", "low",
		})
	}, func(_ context.Context, p *program.Program) error {
		if !p.Process.Says("Listening on") {
			return errors.New("it does not listen yet")
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	w.Program = p
	s.Workers = append(s.Workers, w)
	return w, nil
}

// Terminate asks the worker to end: at once if it has nothing to do or was asked
// before, otherwise after its job. It does not wait.
func (w *JobWorker) Terminate() { _ = w.Process.Cmd.Process.Signal(syscall.SIGTERM) }

// Halt lets the worker end after its job, and kills both when that takes too long.
func (w *JobWorker) Halt() { w.endWithHorse(w.Program.Halt) }

// Kill ends the worker at once, with its work horse.
func (w *JobWorker) Kill() { w.endWithHorse(w.Process.Kill) }

func (w *JobWorker) endWithHorse(end func()) {
	horse, _ := w.horse()
	end()
	if horse != 0 {
		_ = syscall.Kill(horse, syscall.SIGKILL)
	}
}

// KillHorse ends the work horse at once. The worker goes on.
func (w *JobWorker) KillHorse() error {
	horse, err := w.horse()
	if err != nil {
		return err
	}
	return syscall.Kill(horse, syscall.SIGKILL)
}

// horse is the process of the work horse: the child that leads a group of its own.
// (Another child ends the worker together with this process.)
func (w *JobWorker) horse() (pid int, err error) {
	output, err := exec.Command("ps", "-A", "-o", "ppid=,pgid=,pid=").Output() //nolint:noctx // it ends by itself
	if err != nil {
		return 0, err
	}
	worker := strconv.Itoa(w.Process.Cmd.Process.Pid)
	for line := range strings.Lines(string(output)) {
		if fields := strings.Fields(line); len(fields) == 3 && fields[0] == worker && fields[1] == fields[2] {
			return strconv.Atoi(fields[2])
		}
	}
	return 0, errors.New("the worker has no job")
}
