package labelstudiotest

import (
	"context"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/program"
)

// harakiri is how long a request may take in the official image.
const harakiri = 120 * time.Second

// uwsgi is the web server of the official image, with its settings but one: the image
// begins with two processes and adds up to two when they are busy. Each loads Django anew,
// which takes several seconds of CPU time and so makes the others busy on a small machine.
func (s *Server) uwsgi(ctx context.Context, options Options) *exec.Cmd {
	limit := options.Harakiri
	if limit == 0 {
		limit = harakiri
	}
	cmd := program.Command(ctx,
		filepath.Join(s.installation.venv(), "bin", "uwsgi"),
		"--http", s.address(), "--http-timeout", "300", "--buffer-size", "65535", "--post-buffering", "4096",
		"--chdir", s.installation.application, "--module", "core.wsgi:application", "--need-app", "--single-interpreter", "--lazy-apps", "--enable-threads",
		"--master", "--processes", "2", "--die-on-term", "--thunder-lock", "--harakiri", strconv.Itoa(int(limit.Seconds())),
		"--ignore-sigpipe", "--ignore-write-errors", "--disable-write-exception",
		"--disable-logging", "--log-5xx",
	)
	cmd.Dir = s.data
	cmd.Env = slices.Concat(s.environment(), s.productionEnvironment(), []string{"APP_WEBSERVER=uwsgi"}, options.Env)
	return cmd
}

// productionEnvironment is what the label-studio command sets for itself, and where
// the database and the queue are.
func (s *Server) productionEnvironment() []string {
	env := append(s.Database.env(),
		"LABEL_STUDIO_BASE_DATA_DIR="+s.data,
		"LABEL_STUDIO_HOST="+s.URL,
		"DJANGO_SETTINGS_MODULE=core.settings.label_studio",
	)
	if s.Queue != nil {
		env = append(env, s.queueEnvironment()...)
	}
	return env
}
