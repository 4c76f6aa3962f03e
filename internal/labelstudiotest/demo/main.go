// Command demo applies examples/demo to a real Label Studio, with the provider in
// bin. It starts the server unless LABEL_STUDIO_URL names one, and leaves it up.
// "demo stop" stops it.
package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest"
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
	root, err := labelstudiotest.Root()
	if err != nil {
		return err
	}
	d := demo{
		example: filepath.Join(root, "examples", "demo"),
		bin:     filepath.Join(root, "bin"),
		cache:   filepath.Join(root, ".cache", "demo"),
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

// demo is where things are.
type demo struct {
	example string // the configuration, and the folder with the images
	bin     string // the provider
	cache   string // the server, and Terraform's states
}

func (d demo) server() string { return filepath.Join(d.cache, "server") }

func (d demo) apply(ctx context.Context) error {
	if url := os.Getenv("LABEL_STUDIO_URL"); url != "" {
		return d.applyTo(ctx, url)
	}
	server, err := labelstudiotest.StartDetached(ctx, d.server(), d.example)
	if err != nil {
		return err
	}
	images := filepath.Join(d.example, "images")
	err = d.terraform(ctx, "terraform",
		"LABEL_STUDIO_URL="+server.URL,
		"LABEL_STUDIO_API_KEY="+server.PersonalAccessToken,
		"TF_VAR_images_path="+images,
	)
	fmt.Printf(`
Label Studio   %s
Log in as      %s
Password       %s
Images         %s
               Add one and run "make demo" again: one more task.
Stop it with   make demo-stop
`, server.URL, server.Username, server.Password, images)
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
	err := d.terraform(ctx, "terraform-users-server")
	fmt.Printf("\nLabel Studio   %s\n", url)
	return err
}

// terraform applies the example in a folder below cache, so that the state goes with
// the server that it describes. Thanks to the override no "terraform init" is needed.
func (d demo) terraform(ctx context.Context, folder string, env ...string) error {
	if _, err := os.Stat(filepath.Join(d.bin, "terraform-provider-labelstudio")); err != nil {
		return fmt.Errorf("the provider is not built: run make build (%w)", err)
	}
	work := filepath.Join(d.cache, folder)
	if err := d.link(work); err != nil {
		return err
	}
	config := filepath.Join(d.cache, "terraformrc")
	overrides := fmt.Sprintf("provider_installation {\n  dev_overrides {\n    \"labelstudio-community/labelstudio\" = %q\n  }\n  direct {}\n}\n", d.bin)
	if err := os.WriteFile(config, []byte(overrides), 0o600); err != nil {
		return err
	}

	name := cmp.Or(os.Getenv("TERRAFORM"), "terraform")
	// Terraform gets the terminal's Ctrl-C itself and must be left to finish.
	cmd := exec.CommandContext(context.WithoutCancel(ctx), name, "apply", "-auto-approve") //nolint:gosec // the user's choice of terraform or tofu
	cmd.Dir = work
	cmd.Env = append(os.Environ(), "TF_CLI_CONFIG_FILE="+config, "CHECKPOINT_DISABLE=1")
	cmd.Env = append(cmd.Env, env...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s apply: %w", name, err)
	}
	return nil
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
