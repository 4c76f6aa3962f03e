package provider_test

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

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/provider"
)

// cli is the terraform command in a folder of its own, with the provider as a
// program of its own: for what resource.Test doesn't show, which is warnings,
// the attribute that a message lands on, the text of plans, and logs.
type cli struct {
	t      *testing.T
	folder string
	// env is added to the environment as "NAME=value".
	env []string
	// applied is the last configuration that was applied.
	applied string
}

// outcome is how a command ended and all that it wrote.
type outcome struct {
	t      *testing.T
	failed bool
	output string
}

// diagnostic is an error or a warning as Terraform shows it to the user.
type diagnostic struct {
	Severity string
	Summary  string
	Detail   string
	Address  string
	Snippet  struct{ Code string }
}

// attribute is the attribute of the configuration that the message is about.
func (d diagnostic) attribute() string {
	name, _, _ := strings.Cut(d.Snippet.Code, "=")
	return strings.TrimSpace(name)
}

// builtProvider is the folder of the provider's program.
var builtProvider = sync.OnceValues(func() (string, error) {
	root, err := labelstudiotest.Root()
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

// cli gives the test a terraform. What it has applied is destroyed after the test.
func (s *stack) cli(env ...string) *cli {
	s.t.Helper()
	binaries, err := builtProvider()
	if err != nil {
		s.t.Fatal(err)
	}
	tf := &cli{t: s.t, folder: s.t.TempDir(), env: append([]string{"LABEL_STUDIO_API_KEY=" + s.token()}, env...)}
	tf.write("terraform.rc", fmt.Sprintf("provider_installation {\n  dev_overrides {\n    %q = %q\n  }\n  direct {}\n}\n", source(), binaries))
	tf.write("versions.tf", fmt.Sprintf("terraform {\n  required_providers {\n    labelstudio = {\n      source = %q\n    }\n  }\n}\n", source()))
	s.t.Cleanup(func() {
		if tf.applied == "" {
			return
		}
		tf.write("main.tf", tf.applied)
		if destroyed := tf.run("destroy", "-auto-approve", "-json", "-input=false"); destroyed.failed {
			s.t.Errorf("destroy after the test: %s", destroyed.messages())
		}
	})
	return tf
}

// source is the provider's address as configurations name it.
func source() string {
	_, short, _ := strings.Cut(provider.Address, "/")
	return short
}

func (tf *cli) write(name, content string) {
	tf.t.Helper()
	if err := os.WriteFile(filepath.Join(tf.folder, name), []byte(content), 0o600); err != nil {
		tf.t.Fatal(err)
	}
}

// plan plans the configuration.
func (tf *cli) plan(config string) outcome {
	tf.t.Helper()
	tf.write("main.tf", config)
	return tf.run("plan", "-json", "-input=false")
}

// apply applies the configuration.
func (tf *cli) apply(config string) outcome {
	tf.t.Helper()
	tf.applied = config
	tf.write("main.tf", config)
	return tf.run("apply", "-auto-approve", "-json", "-input=false")
}

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

// command is the terraform command, not started yet.
func (tf *cli) command(args ...string) *exec.Cmd {
	// The cleanup needs it after the test's own context has ended.
	command := exec.Command(terraformProgram(), args...) //nolint:noctx,gosec // see above; the program is the tester's
	command.Dir = tf.folder
	ours := func(variable string) bool {
		return strings.HasPrefix(variable, "TF_") || strings.HasPrefix(variable, "LABEL_STUDIO_")
	}
	command.Env = slices.Concat(slices.DeleteFunc(os.Environ(), ours),
		[]string{"TF_CLI_CONFIG_FILE=" + filepath.Join(tf.folder, "terraform.rc"), "CHECKPOINT_DISABLE=1", "TF_LOG=TRACE", "TF_LOG_PATH=" + tf.log()}, tf.env)
	return command
}

func (tf *cli) run(args ...string) outcome {
	tf.t.Helper()
	command := tf.command(args...)
	var output bytes.Buffer
	command.Stdout, command.Stderr = &output, &output
	err := command.Run()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		tf.t.Fatal(err)
	}
	return outcome{t: tf.t, failed: err != nil, output: output.String()}
}

// messages are the output without what says nothing in a failed test.
func (o outcome) messages() string {
	var text strings.Builder
	for _, severity := range []string{"error", "warning"} {
		for _, d := range o.diagnostics(severity) {
			fmt.Fprintf(&text, "\n%s on %q of %s: %s: %s", severity, d.attribute(), d.Address, d.Summary, d.Detail)
		}
	}
	if text.Len() == 0 {
		return o.output
	}
	return text.String()
}

// diagnostics are the errors and warnings of a command with -json.
func (o outcome) diagnostics(severity string) []diagnostic {
	var found []diagnostic
	for line := range strings.Lines(o.output) {
		var message struct {
			Type       string
			Diagnostic diagnostic
		}
		if json.Unmarshal([]byte(line), &message) == nil && message.Type == "diagnostic" && message.Diagnostic.Severity == severity &&
			message.Diagnostic.Summary != "Provider development overrides are in effect" {
			found = append(found, message.Diagnostic)
		}
	}
	return found
}

// succeeds expects that the command has ended well and warned of nothing.
func (o outcome) succeeds() outcome {
	o.t.Helper()
	if warnings := o.diagnostics("warning"); o.failed || len(warnings) > 0 {
		o.t.Fatalf("the command should succeed without a warning:\n%s", o.messages())
	}
	return o
}

// warns expects success with one warning, on the attribute, that says the texts.
func (o outcome) warns(attribute, summary string, texts ...string) {
	o.t.Helper()
	if o.failed {
		o.t.Fatalf("the command should succeed with a warning:\n%s", o.messages())
	}
	o.expect("warning", attribute, summary, texts)
}

// fails expects one error, on the attribute, that says the texts.
func (o outcome) fails(attribute, summary string, texts ...string) outcome {
	o.t.Helper()
	if !o.failed {
		o.t.Fatalf("the command should fail:\n%s", o.messages())
	}
	o.expect("error", attribute, summary, texts)
	return o
}

func (o outcome) expect(severity, attribute, summary string, texts []string) {
	o.t.Helper()
	found := o.diagnostics(severity)
	if len(found) != 1 {
		o.t.Fatalf("got %d of severity %s, want one:\n%s", len(found), severity, o.messages())
	}
	if found[0].attribute() != attribute || found[0].Summary != summary {
		o.t.Errorf("got %q on %q, want %q on %q", found[0].Summary, found[0].attribute(), summary, attribute)
	}
	for _, text := range texts {
		if !strings.Contains(found[0].Detail, text) {
			o.t.Errorf("the detail lacks %q:\n%s", text, found[0].Detail)
		}
	}
}
