package labelstudiotest

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"time"
)

//go:embed launch.py
var launcher string

const (
	logFile      = "server.log"
	startTimeout = 5 * time.Minute // migrations on a busy machine; a usual start takes 3 seconds
	stopTimeout  = 10 * time.Second
)

// attached makes the label-studio command that ends with this process.
func (s *Server) attached(ctx context.Context, env ...string) *exec.Cmd {
	cmd := s.command(ctx, "-c", launcher)
	cmd.Env = append(cmd.Env, env...)
	return cmd
}

// command is the label-studio command on the server's data and port. entry are the
// arguments that make Python run it.
func (s *Server) command(ctx context.Context, entry ...string) *exec.Cmd {
	args := slices.Concat(entry, []string{
		"start", "--no-browser",
		"--data-dir", s.data,
		"--port", strconv.Itoa(s.port),
		"--internal-host", "127.0.0.1",
		"--host", s.URL,
	})
	// The server outlives the start that ctx is for.
	cmd := exec.CommandContext(context.WithoutCancel(ctx), s.installation.python(), args...)
	cmd.Dir = s.data
	cmd.Env = s.environment()
	return cmd
}

// environment is all that Label Studio gets of one: it takes settings from names as
// common as HOST, USERNAME and DEBUG, and from a folder in HOME.
func (s *Server) environment() []string {
	return []string{
		"PATH=" + os.Getenv("PATH"),
		"HOME=" + s.data,
		"PYTHONUNBUFFERED=1",
		"LABEL_STUDIO_LOCAL_FILES_SERVING_ENABLED=true",
		"LABEL_STUDIO_LOCAL_FILES_DOCUMENT_ROOT=" + s.DocumentRoot,
		"LABEL_STUDIO_USERNAME=" + username,
		"LABEL_STUDIO_PASSWORD=" + password,
		"LABEL_STUDIO_USER_TOKEN=" + legacyToken,
		// Counts only on the very first start, when the organization is made.
		"LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN=true",
		// Tests point storages and ML backends at this machine.
		"LABEL_STUDIO_SSRF_PROTECTION_ENABLED=false",
		"LABEL_STUDIO_ML_BLOCK_LOCAL_IP=false",
		"LABEL_STUDIO_COLLECT_ANALYTICS=false",
		"LABEL_STUDIO_SENTRY_DSN=",
		"LABEL_STUDIO_FRONTEND_SENTRY_DSN=",
		"LABEL_STUDIO_LATEST_VERSION_CHECK=false",
	}
}

// A process is a program that was started.
type process struct {
	cmd    *exec.Cmd
	log    string
	exited chan struct{}
}

// launch starts cmd with its output in a file and this process at the other end
// of its standard input (see launch.py).
func launch(cmd *exec.Cmd, log string) (*process, error) {
	output, err := os.Create(log)
	if err != nil {
		return nil, err
	}
	defer func() { _ = output.Close() }()
	cmd.Stdout, cmd.Stderr = output, output
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{}
	}
	// A group of its own, so that kill reaches all of it. (A session is a group.)
	cmd.SysProcAttr.Setpgid = !cmd.SysProcAttr.Setsid
	if _, err := cmd.StdinPipe(); err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p := &process{cmd: cmd, log: log, exited: make(chan struct{})}
	go func() {
		_ = cmd.Wait()
		close(p.exited)
	}()
	return p, nil
}

// stop asks the process to end, and kills it when it takes too long.
func (p *process) stop(ask syscall.Signal) {
	_ = p.cmd.Process.Signal(ask)
	select {
	case <-p.exited:
	case <-time.After(stopTimeout):
		p.kill()
	}
}

// kill ends the process at once, with those that it has started.
func (p *process) kill() {
	_ = syscall.Kill(-p.cmd.Process.Pid, syscall.SIGKILL)
	<-p.exited
}

// says tells whether the text is in the log.
func (p *process) says(text string) bool {
	log, err := os.ReadFile(p.log)
	return err == nil && strings.Contains(string(log), text)
}

// tail is the end of the log, where the reason stands.
func (p *process) tail() string {
	log, err := os.ReadFile(p.log)
	if err != nil {
		return err.Error()
	}
	lines := strings.Split(strings.TrimSpace(string(log)), "\n")
	return strings.Join(lines[max(0, len(lines)-40):], "\n")
}

var errPortTaken = errors.New("another program has taken the server's port")

// waitUntilReady returns when the server answers a request with the token.
func (s *Server) waitUntilReady(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for !s.isUp(ctx) {
		select {
		case <-tick.C:
		case <-s.process.exited:
			if s.hasLostItsPort() {
				return errPortTaken
			}
			return fmt.Errorf("the server ended before it was ready; the end of its log:\n%s", s.process.tail())
		case <-ctx.Done():
			return fmt.Errorf("the server does not answer at %s: %w; the end of its log:\n%s", s.URL, ctx.Err(), s.process.tail())
		}
		if s.hasLostItsPort() {
			return errPortTaken
		}
	}
	if _, err := s.Do(ctx, http.MethodGet, "/api/current-user/whoami", nil, nil); err != nil {
		return fmt.Errorf("%w; the end of the server's log:\n%s", err, s.process.tail())
	}
	return nil
}

// isUp asks for the log first: at the same URL the server of another test process
// may answer, with the same tokens, while ours has yet to find the port taken.
func (s *Server) isUp(ctx context.Context) bool {
	if !s.process.says("Starting development server at http://"+s.address()+"/") && !s.process.says("uWSGI http bound on "+s.address()) {
		return false
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.URL+"/health", nil)
	if err != nil {
		return false
	}
	response, err := httpClient.Do(request)
	if err != nil {
		return false
	}
	defer func() { _ = response.Body.Close() }()
	_, _ = io.Copy(io.Discard, response.Body)
	return response.StatusCode == http.StatusOK
}

// portInUse is what label-studio prints before it silently takes the next port, and
// Django and uWSGI before they end.
var portInUse = regexp.MustCompile(`(?i)(port|address).* in use`)

func (s *Server) hasLostItsPort() bool {
	return portInUse.MatchString(s.process.tail())
}

var portsTried atomic.Int32

// freePort returns a port that nothing listens on, a different one each time. It
// is below the range that systems take for outgoing connections, so that it is
// still there for a Restart; processes that run side by side begin far apart.
func freePort(ctx context.Context) (int, error) {
	for range 100 {
		port := 20000 + (os.Getpid()*50+int(portsTried.Add(1)))%10000
		var config net.ListenConfig
		listener, err := config.Listen(ctx, "tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if err == nil {
			return port, listener.Close()
		}
	}
	return 0, errors.New("found no free port between 20000 and 29999")
}
