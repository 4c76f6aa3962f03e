package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"
)

// The server gets the first half of the processors, and what makes the requests gets the
// rest, as if each had a machine of its own. On the same processors, the client would take
// time from the server, and the comparison with bare requests would show how busy the
// machine is.
func halves() (server, client string, err error) {
	count := runtime.NumCPU()
	if count < 2 {
		return "", "", errors.New("the server and the client need a processor each, and this machine has only one")
	}
	return fmt.Sprintf("0-%d", count/2-1), fmt.Sprintf("%d-%d", count/2, count-1), nil
}

// moveTo moves this process to some processors. What it starts after that stays there.
func moveTo(ctx context.Context, processors string) error {
	cmd := exec.CommandContext(ctx, "taskset", "--all-tasks", "--cpu-list", "--pid", processors, strconv.Itoa(os.Getpid())) //nolint:gosec // numbers
	if output, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("taskset: %w: %s", err, output)
	}
	return nil
}
