package labelstudiotest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
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

	installation installation
	home         string // the temporary folder that goes with Stop
	data         string
	port         int
	process      *process
}

// Options are what a test may want different from the usual.
type Options struct {
	// Env is added to the server's environment as "NAME=value" and wins over what
	// is set there, for instance "LABEL_STUDIO_LOCAL_FILES_SERVING_ENABLED=false".
	Env []string
}

// Start starts a server of its own data, files and port. It lives until Stop, or
// until this process ends in whatever way; ctx bounds the start only.
func Start(ctx context.Context, options Options) (*Server, error) {
	i, err := installed(ctx)
	if err != nil {
		return nil, err
	}
	home, err := os.MkdirTemp("", "label-studio-")
	if err != nil {
		return nil, err
	}
	s, err := i.startIn(ctx, home, options)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(home))
	}
	return s, nil
}

func (i installation) startIn(ctx context.Context, home string, options Options) (*Server, error) {
	data := filepath.Join(home, "data")
	if err := i.copyData(data); err != nil {
		return nil, err
	}
	s := i.server(data)
	s.home = home
	s.DocumentRoot = filepath.Join(home, "files")
	if err := os.Mkdir(s.DocumentRoot, 0o750); err != nil {
		return nil, err
	}
	return s, s.start(ctx, func() *exec.Cmd { return s.attached(ctx, options.Env) })
}

// start tries ports until the server gets one: between finding a free port and
// the server's bind another program may take it.
func (s *Server) start(ctx context.Context, command func() *exec.Cmd) error {
	for range 10 {
		port, err := freePort(ctx)
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
	var err error
	s.process, err = launch(command(), filepath.Join(s.data, logFile))
	if err != nil {
		return err
	}
	if err := s.waitUntilReady(ctx); err != nil {
		s.process.kill()
		return err
	}
	return nil
}

func (s *Server) listenOn(port int) {
	s.port = port
	s.URL = fmt.Sprintf("http://127.0.0.1:%d", port)
}

// Stop ends the server and removes its data and files. A server of the user's
// goes on.
func (s *Server) Stop() error {
	if s.process == nil {
		return nil
	}
	s.process.stop()
	return os.RemoveAll(s.home)
}

// errNotOurs protects a server of the user's.
var errNotOurs = errors.New("this server was not started by labelstudiotest: a test that kills or restarts its server takes one from Start")

// Kill ends the server at once, as a crash does: requests under way get no
// answer, a sync under way stays in_progress. Restart brings it back.
func (s *Server) Kill() error {
	if s.process == nil {
		return errNotOurs
	}
	s.process.kill()
	return nil
}

// Restart stops the server if it runs and starts it again with the same data,
// files, URL and tokens.
func (s *Server) Restart(ctx context.Context, options Options) error {
	if s.process == nil {
		return errNotOurs
	}
	s.process.stop()
	return s.startOn(ctx, s.port, func() *exec.Cmd { return s.attached(ctx, options.Env) })
}
