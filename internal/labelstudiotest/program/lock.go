package program

import (
	"context"
	"errors"
	"fmt"
	"os"
	"syscall"
	"time"
)

// TryLock takes the lock of a file, which it creates if there is none. It returns nil
// if the lock is taken. The lock lasts until the file is closed, both here and in
// each child that was given it: the end of a process closes it, too.
func TryLock(path string) (*os.File, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	err = syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if err == nil {
		return file, nil
	}
	_ = file.Close()
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return nil, nil
	}
	return nil, fmt.Errorf("locking %s: %w", path, err)
}

// Lock waits until it can take the lock of a file, as TryLock does.
func Lock(ctx context.Context, path string) (*os.File, error) {
	for {
		file, err := TryLock(path)
		if file != nil || err != nil {
			return file, err
		}
		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("waiting for the lock %s, which another process holds: %w", path, ctx.Err())
		case <-time.After(50 * time.Millisecond):
		}
	}
}
