package acctest

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/go-version"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/program"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/provider"
)

// Terraform is the terraform command in a folder of its own, with the built provider. Use
// it for texts on a terminal, plan files, states on disk, interrupts, and many objects at
// once; otherwise use an Instance.
type Terraform struct {
	T      *testing.T
	Folder string
	// Env is added to the environment as "NAME=value".
	Env []string
	// Applied is the last configuration that was applied.
	Applied string
}

// BuiltProvider is the folder of the provider's program.
var BuiltProvider = sync.OnceValues(func() (string, error) {
	root, err := program.Root()
	if err != nil {
		return "", err
	}
	folder := filepath.Join(root, ".cache", "acceptance")
	build := exec.Command("go", "build", "-o", folder+string(filepath.Separator), root) //nolint:noctx // it ends by itself
	output, err := build.CombinedOutput()
	if err != nil {
		err = fmt.Errorf("%w: %s", err, output)
	}
	return folder, err
})

// Terraform gives the test a terraform command. What it has applied is destroyed after the test.
func (s *Server) Terraform(env ...string) *Terraform {
	s.T.Helper()
	binaries, err := BuiltProvider()
	if err != nil {
		s.T.Fatal(err)
	}
	tf := &Terraform{T: s.T, Folder: s.T.TempDir(), Env: append([]string{"LABEL_STUDIO_API_KEY=" + s.Token()}, env...)}
	tf.Write("terraform.rc", program.DevOverrides(Source(), binaries))
	tf.Write("versions.tf", fmt.Sprintf("terraform {\n  required_providers {\n    labelstudio = {\n      source = %q\n    }\n  }\n}\n", Source()))
	s.T.Cleanup(func() {
		if tf.Applied == "" {
			return
		}
		tf.Write("main.tf", tf.Applied)
		if destroyed := tf.Run("destroy", "-auto-approve", "-json", "-input=false"); destroyed.Failed {
			s.T.Errorf("destroy after the test: %s", destroyed.Texts())
		}
	})
	return tf
}

// Source is the provider's address as configurations name it.
func Source() string {
	_, short, _ := strings.Cut(provider.Address, "/")
	return short
}

// Write writes a file into the folder.
func (tf *Terraform) Write(name, content string) {
	tf.T.Helper()
	if err := os.WriteFile(filepath.Join(tf.Folder, name), []byte(content), 0o600); err != nil {
		tf.T.Fatal(err)
	}
}

// Plan plans the configuration.
func (tf *Terraform) Plan(config string) Result {
	tf.T.Helper()
	tf.Write("main.tf", config)
	return tf.Run("plan", "-json", "-input=false")
}

// Apply applies the configuration.
func (tf *Terraform) Apply(config string) Result {
	tf.T.Helper()
	tf.Applied = config
	tf.Write("main.tf", config)
	return tf.Run("apply", "-auto-approve", "-json", "-input=false")
}

// ExpectEmptyPlan expects that nothing is left to do after an apply.
func (tf *Terraform) ExpectEmptyPlan() {
	tf.T.Helper()
	// With this flag, a plan that changes something exits with 2.
	if planned := tf.Run("plan", "-json", "-input=false", "-detailed-exitcode"); planned.Failed {
		tf.T.Errorf("the plan is not empty:%s", planned.Texts())
	}
}

// terraformProgram is the terraform or tofu to test with.
func terraformProgram() string { return cmp.Or(os.Getenv("TF_ACC_TERRAFORM_PATH"), "terraform") }

// terraformVersion is that of the program.
var terraformVersion = sync.OnceValues(func() (*version.Version, error) {
	output, err := exec.Command(terraformProgram(), "version", "-json").Output() //nolint:noctx,gosec // it ends by itself; the program is the tester's
	if err != nil {
		return nil, err
	}
	var said struct {
		Version string `json:"terraform_version"`
	}
	if err := json.Unmarshal(output, &said); err != nil {
		return nil, err
	}
	return version.NewVersion(said.Version)
})

// Command is the terraform command, not started yet.
func (tf *Terraform) Command(args ...string) *exec.Cmd {
	// The cleanup needs it after the test's own context has ended.
	command := exec.Command(terraformProgram(), args...) //nolint:noctx,gosec // see above; the program is the tester's
	command.Dir = tf.Folder
	ours := func(variable string) bool {
		return strings.HasPrefix(variable, "TF_") || strings.HasPrefix(variable, "LABEL_STUDIO_")
	}
	command.Env = slices.Concat(slices.DeleteFunc(os.Environ(), ours),
		[]string{"TF_CLI_CONFIG_FILE=" + filepath.Join(tf.Folder, "terraform.rc"), "CHECKPOINT_DISABLE=1", "TF_LOG=TRACE", "TF_LOG_PATH=" + tf.Log()}, tf.Env)
	return command
}

// Run runs a command to its end.
func (tf *Terraform) Run(args ...string) Result {
	tf.T.Helper()
	command := tf.Command(args...)
	var output bytes.Buffer
	command.Stdout, command.Stderr = &output, &output
	err := command.Run()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		tf.T.Fatal(err)
	}
	return Result{T: tf.T, Failed: err != nil, Messages: messagesIn(output.String()), Output: output.String()}
}

// Log is where terraform writes its log.
func (tf *Terraform) Log() string {
	tf.T.Helper()
	return logFile(tf.T, "terraform")
}
