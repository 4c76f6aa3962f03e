// Command demo applies examples/demo to a real Label Studio. It starts the server
// unless LABEL_STUDIO_URL names one, and leaves it up. "demo stop" stops it.
package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/program"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/progress"
)

func main() {
	ctx, done := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer done()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	root, err := program.Root()
	if err != nil {
		return err
	}
	d := demo{
		root:      root,
		example:   filepath.Join(root, "examples", "demo"),
		cache:     filepath.Join(root, ".cache", "demo"),
		terraform: cmp.Or(os.Getenv("TERRAFORM"), "terraform"),
	}
	switch {
	case len(args) == 0:
		return d.apply(ctx)
	case len(args) == 1 && args[0] == "stop":
		return d.stop(ctx)
	default:
		return errors.New("usage: demo [stop]")
	}
}

// demo says where things are.
type demo struct {
	root      string // the repository
	example   string // the configuration, and the folder with the images
	cache     string // the server, and Terraform's states and output
	terraform string // Terraform or OpenTofu
}

func (d demo) bin() string    { return filepath.Join(d.root, "bin") }
func (d demo) server() string { return filepath.Join(d.cache, "server") }

func (d demo) apply(ctx context.Context) error {
	if _, err := exec.LookPath(d.terraform); err != nil {
		return fmt.Errorf("%w: install Terraform, or set TERRAFORM to the path of Terraform or OpenTofu", err)
	}
	if url := os.Getenv("LABEL_STUDIO_URL"); url != "" {
		return d.applyTo(ctx, url)
	}
	if err := d.build(ctx); err != nil {
		return err
	}
	server, err := labelstudiotest.StartDetached(ctx, d.server(), d.example)
	if err != nil {
		return err
	}
	images := filepath.Join(d.example, "images")
	result, err := d.applyIn(ctx, "terraform",
		"LABEL_STUDIO_URL="+server.URL,
		"LABEL_STUDIO_API_KEY="+server.PersonalAccessToken,
		"TF_VAR_images_path="+images,
	)
	fmt.Printf(`
Label Studio   %s
Log in as      %s
Password       %s
%sImages         %s
               Add one and run "make demo" again: one more task.
Stop it with   make demo-stop
`, server.URL, server.Username, server.Password, result, images)
	return err
}

// applyTo applies the example to a server of the user's.
func (d demo) applyTo(ctx context.Context, url string) error {
	if os.Getenv("LABEL_STUDIO_API_KEY") == "" {
		return errors.New("LABEL_STUDIO_API_KEY is not set: set it to a token of the server at LABEL_STUDIO_URL, or unset LABEL_STUDIO_URL to have a server started")
	}
	if os.Getenv("TF_VAR_images_path") == "" {
		return errors.New("TF_VAR_images_path is not set: set it to a folder with images as the server at LABEL_STUDIO_URL sees it, below its LOCAL_FILES_DOCUMENT_ROOT")
	}
	if err := d.build(ctx); err != nil {
		return err
	}
	result, err := d.applyIn(ctx, "terraform-users-server")
	fmt.Printf("\nLabel Studio   %s\n%s", url, result)
	return err
}

func (d demo) build(ctx context.Context) error {
	cmd := exec.CommandContext(ctx, "go", "build", "-o", d.bin()+string(filepath.Separator), ".")
	cmd.Dir = d.root
	var output strings.Builder
	cmd.Stdout, cmd.Stderr = &output, &output
	if err := progress.Step("Building the provider", cmd.Run); err != nil {
		return fmt.Errorf("go build: %w\n%s", err, &output)
	}
	return nil
}

// applyIn applies the example in a folder below cache, so that the state is removed
// together with the server that it describes. It returns what to tell of the apply.
// Thanks to the override no "terraform init" is needed.
func (d demo) applyIn(ctx context.Context, folder string, env ...string) (string, error) {
	work := filepath.Join(d.cache, folder)
	if err := d.link(work); err != nil {
		return "", err
	}
	config := filepath.Join(d.cache, "terraformrc")
	if err := os.WriteFile(config, []byte(program.DevOverrides("labelstudio-community/labelstudio", d.bin())), 0o600); err != nil {
		return "", err
	}
	command := func(args ...string) *exec.Cmd {
		// Terraform gets the terminal's Ctrl-C itself and must be left to finish.
		cmd := exec.CommandContext(context.WithoutCancel(ctx), d.terraform, args...) //nolint:gosec // the user's choice of terraform or tofu
		cmd.Dir = work
		cmd.Env = append(os.Environ(), "TF_CLI_CONFIG_FILE="+config, "CHECKPOINT_DISABLE=1")
		cmd.Env = append(cmd.Env, env...)
		return cmd
	}

	log, err := os.Create(filepath.Join(d.cache, "terraform.log"))
	if err != nil {
		return "", err
	}
	defer func() { _ = log.Close() }()
	var output strings.Builder
	apply := command("apply", "-auto-approve", "-input=false", "-no-color")
	apply.Stdout = io.MultiWriter(log, &output)
	apply.Stderr = apply.Stdout
	if err := progress.Step("Applying examples/demo with "+filepath.Base(d.terraform), apply.Run); err != nil {
		return "", fmt.Errorf("%s apply: %w; its output is in %s and ends with\n\n%s", d.terraform, err, log.Name(), errorsIn(output.String()))
	}
	tasks, err := command("output", "-raw", "tasks").Output()
	if err != nil {
		return "", fmt.Errorf("%s output: %w", d.terraform, err)
	}
	return fmt.Sprintf("Tasks          %s\nTerraform      %s; its output is in %s\n", tasks, changesIn(output.String()), log.Name()), nil
}

// errorsIn returns the errors that Terraform shows at the end of its output.
func errorsIn(output string) string {
	return output[max(0, strings.Index(output, "Error: ")):]
}

// changesIn returns what Terraform says of the changes that it has made.
func changesIn(output string) string {
	if strings.Contains(output, "No changes.") {
		return "No changes"
	}
	return regexp.MustCompile(`\d+ added, .*\d+ destroyed`).FindString(output)
}

// link shows the configuration in the folder that Terraform works in.
func (d demo) link(work string) error {
	if err := os.MkdirAll(work, 0o750); err != nil {
		return err
	}
	stale, err := filepath.Glob(filepath.Join(work, "*.tf"))
	if err != nil {
		return err
	}
	for _, file := range stale {
		if err := os.Remove(file); err != nil {
			return err
		}
	}
	files, err := filepath.Glob(filepath.Join(d.example, "*.tf"))
	if err != nil {
		return err
	}
	for _, file := range files {
		if err := os.Symlink(file, filepath.Join(work, filepath.Base(file))); err != nil {
			return err
		}
	}
	return nil
}

func (d demo) stop(ctx context.Context) error {
	stopped, err := labelstudiotest.StopDetached(ctx, d.server())
	switch {
	case err != nil:
		return err
	case stopped:
		fmt.Printf("Stopped. \"make demo\" brings it back with its data; to begin anew remove %s.\n", d.cache)
	default:
		fmt.Println("No server of the demo is running.")
	}
	return nil
}
