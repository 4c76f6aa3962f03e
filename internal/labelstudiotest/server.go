package labelstudiotest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/cloud"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/program"
)

// A Server is a running Label Studio and what is needed to talk to it.
type Server struct {
	// URL has no trailing slash.
	URL string
	// LegacyToken and PersonalAccessToken belong to the same user. On a server of
	// the user's one of them may be empty.
	LegacyToken, PersonalAccessToken string
	// Username is the e-mail address to log in with.
	Username, Password string
	// DocumentRoot is the folder that local file storages may read below.
	DocumentRoot string
	// Version is the release, such as 1.23.2.
	Version string
	// Stack is what it runs on; "" for a server of the user's.
	Stack Stack

	// Database is nil on SQLite.
	Database *Postgres
	// Queue and Workers are those of the stack Worker, which begins with one worker.
	Queue   *cloud.Redis
	Workers []*JobWorker

	installation installation
	home         string // the temporary folder that goes with Stop; "" for a server that is not this process's
	data         string
	gateway      *Gateway
	port         int // of the process; with a gateway, the URL has another one
	process      *program.Process
}

// Options are what a test may want different from the usual.
type Options struct {
	// Stack is the one that the test needs; that of LABEL_STUDIO_STACK, if empty. Restart
	// keeps it.
	Stack Stack
	// Env is added to the server's environment as "NAME=value" and wins over what
	// is set there, for instance "LABEL_STUDIO_LOCAL_FILES_SERVING_ENABLED=false".
	Env []string
	// Harakiri is the time that uWSGI gives a request, in whole seconds; 120 if zero.
	Harakiri time.Duration
}

// Start starts a server of its own data, files and port. It lives until Stop, or
// until this process ends in whatever way; ctx bounds the start only.
func Start(ctx context.Context, options Options) (*Server, error) {
	stack := options.Stack
	if stack == "" {
		var err error
		if stack, err = chosenStack(); err != nil {
			return nil, err
		}
	}
	i, err := installed(ctx, stack)
	if err != nil {
		return nil, err
	}
	home, err := os.MkdirTemp("", "label-studio-")
	if err != nil {
		return nil, err
	}
	data := filepath.Join(home, "data")
	if err := i.copyData(data); err != nil {
		return nil, errors.Join(err, os.RemoveAll(home))
	}
	s := i.server(data)
	s.home = home
	s.DocumentRoot = filepath.Join(home, "files")
	if err := s.begin(ctx, options); err != nil {
		return nil, errors.Join(err, s.Stop())
	}
	return s, nil
}

func (s *Server) begin(ctx context.Context, options Options) error {
	if err := os.Mkdir(s.DocumentRoot, 0o750); err != nil {
		return err
	}
	if s.Stack != SQLite {
		return s.beginProduction(ctx, options)
	}
	return s.start(ctx, func() *exec.Cmd { return s.attached(ctx, options.Env...) })
}

// start tries ports until the server gets one: between finding a free port and
// the server's bind another program may take it.
func (s *Server) start(ctx context.Context, command func() *exec.Cmd) error {
	for range 10 {
		port, err := program.FreePort(ctx)
		if err != nil {
			return err
		}
		if err := s.startOn(ctx, port, command); !errors.Is(err, errPortTaken) {
			return err
		}
	}
	return errPortTaken
}

func (s *Server) startOn(ctx context.Context, port int, command func() *exec.Cmd) error {
	s.listenOn(port)
	return s.run(ctx, command())
}

func (s *Server) listenOn(port int) {
	s.port = port
	s.URL = "http://" + s.address()
}

// address is where the process listens.
func (s *Server) address() string { return fmt.Sprintf("127.0.0.1:%d", s.port) }

// run starts the command and returns when the server answers.
func (s *Server) run(ctx context.Context, command *exec.Cmd) error {
	var err error
	s.process, err = program.Launch(command, filepath.Join(s.data, "server.log"))
	if err != nil {
		return err
	}
	if err := s.waitUntilReady(ctx); err != nil {
		s.process.Kill()
		return err
	}
	return nil
}

// Stop ends the server, with all that belongs to it, and removes its data and
// files. A server of the user's goes on.
func (s *Server) Stop() error {
	if s.home == "" {
		return nil
	}
	var failed []error
	for _, worker := range s.Workers {
		worker.Kill()
		failed = append(failed, worker.Stop())
	}
	if s.process != nil {
		// uWSGI would take 3 seconds, and nothing is kept.
		s.process.Kill()
	}
	if s.gateway != nil {
		failed = append(failed, s.gateway.Stop())
	}
	if s.Queue != nil {
		failed = append(failed, s.Queue.Stop())
	}
	if s.Database != nil {
		failed = append(failed, s.Database.Stop())
	}
	return errors.Join(append(failed, os.RemoveAll(s.home))...)
}

// errNotOurs protects a server of the user's.
var errNotOurs = errors.New("this server was not started by labelstudiotest: a test that kills or restarts its server takes one from Start")

// Kill ends the server at once, as a crash does, its workers too: requests under way
// get no answer, or a 502 from nginx; a sync under way stays in_progress. Database
// and queue go on. Restart brings it back.
func (s *Server) Kill() error {
	if s.home == "" {
		return errNotOurs
	}
	s.process.Kill()
	for _, worker := range s.Workers {
		worker.Kill()
	}
	return nil
}

// Restart stops the server if it runs, with its workers, and starts it again with
// the same data, files, URL and tokens.
func (s *Server) Restart(ctx context.Context, options Options) error {
	if s.home == "" {
		return errNotOurs
	}
	s.process.Stop(syscall.SIGTERM)
	if s.Stack != SQLite {
		return s.restartProduction(ctx, options)
	}
	return s.run(ctx, s.attached(ctx, options.Env...))
}

// Python is the interpreter that Label Studio runs in, which has label-studio-sdk.
func (s *Server) Python() string { return s.installation.python() }
