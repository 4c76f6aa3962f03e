package labelstudiotest

import (
	"context"
	_ "embed"
	"os"
	"os/exec"
	"slices"
	"strconv"
)

//go:embed launch.py
var launcher string

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
