package acceptance_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/program"
)

// A pipeline is an example of a pipeline, with the scripts of its jobs.
type pipeline struct {
	*acctest.Terraform

	scripts map[string][]string
}

func newPipeline(t *testing.T, s *acctest.Server, file string) pipeline {
	t.Helper()
	p := pipeline{s.Terraform("LABEL_STUDIO_URL=" + s.Proxy.URL), map[string][]string{}}
	p.useMirror()
	if err := os.Remove(filepath.Join(p.Folder, "versions.tf")); err != nil { // the example has its own
		t.Fatal(err)
	}
	p.Write("pipeline.yml", readFile(t, file))
	console := p.Command("console")
	console.Stdin = strings.NewReader(`jsonencode(yamldecode(file("pipeline.yml")))`)
	output, err := console.Output()
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	var text string
	if err := json.Unmarshal(output, &text); err != nil {
		t.Fatal(err)
	}
	type job struct {
		Steps  []struct{ Run string } // GitHub
		Script []string               // GitLab
	}
	var github struct{ Jobs map[string]job }
	if err := json.Unmarshal([]byte(text), &github); err != nil {
		t.Fatal(err)
	}
	jobs := github.Jobs
	if jobs == nil { // GitLab has them beside its settings, some of which have another form
		var entries map[string]json.RawMessage
		if err := json.Unmarshal([]byte(text), &entries); err != nil {
			t.Fatal(err)
		}
		jobs = map[string]job{}
		for name, entry := range entries {
			var one job
			if json.Unmarshal(entry, &one) == nil && one.Script != nil {
				jobs[name] = one
			}
		}
	}
	for name, job := range jobs {
		p.scripts[name] = job.Script
		for _, step := range job.Steps {
			if step.Run != "" {
				p.scripts[name] = append(p.scripts[name], step.Run)
			}
		}
	}
	return p
}

// useMirror lets terraform init find the built provider.
func (p pipeline) useMirror() {
	p.T.Helper()
	binaries, err := acctest.BuiltProvider()
	if err != nil {
		p.T.Fatal(err)
	}
	mirror := p.T.TempDir()
	for _, host := range []string{"registry.terraform.io", "registry.opentofu.org"} {
		folder := filepath.Join(mirror, host, acctest.Source(), "1.0.0", runtime.GOOS+"_"+runtime.GOARCH)
		if err := os.MkdirAll(folder, 0o750); err != nil {
			p.T.Fatal(err)
		}
		if err := os.Symlink(filepath.Join(binaries, "terraform-provider-labelstudio"), filepath.Join(folder, "terraform-provider-labelstudio")); err != nil {
			p.T.Fatal(err)
		}
	}
	p.Write("terraform.rc", program.FilesystemMirror(mirror))
}

// run runs the terraform commands of a job and returns the exit status of the first that
// fails.
func (p pipeline) run(job string) (status int) {
	p.T.Helper()
	if len(p.scripts[job]) == 0 {
		p.T.Fatalf("there is no job %q", job)
	}
	for _, script := range p.scripts[job] {
		// The others post the plan.
		if !strings.HasPrefix(script, "terraform ") {
			continue
		}
		command := p.shell("-c", script)
		output, err := command.CombinedOutput()
		if exit, failed := errors.AsType[*exec.ExitError](err); failed {
			p.T.Logf("%s: %s: %s", job, script, output)
			return exit.ExitCode()
		}
		if err != nil {
			p.T.Fatal(err)
		}
	}
	return 0
}

// shell is the shell of the pipelines, in which terraform is the one to test with.
func (p pipeline) shell(args ...string) *exec.Cmd {
	p.T.Helper()
	command := p.Command(append([]string{"--noprofile", "--norc", "-eo", "pipefail"}, args...)...)
	programs := p.T.TempDir()
	if err := os.Symlink(command.Path, filepath.Join(programs, "terraform")); err != nil {
		p.T.Fatal(err)
	}
	bash, err := exec.LookPath("bash")
	if err != nil {
		p.T.Fatal(err)
	}
	command.Path = bash
	command.Env = append(command.Env, "PATH="+programs+string(filepath.ListSeparator)+os.Getenv("PATH"))
	return command
}

func TestAccExamplesOfPipelinesPlanApplySyncAndFindDrift(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	for name, file := range map[string]string{"GitHub": "github/label-studio.yml", "GitLab": "gitlab/.gitlab-ci.yml"} {
		t.Run(name, func(t *testing.T) {
			on := acctest.StartOn(t, s.Server)
			p := newPipeline(t, on, filepath.Join(examples, "pipelines", file))
			photos := on.Folder(t, 0)
			acctest.AddFile(t, photos, "1.jpg", "a picture\n")
			config := strings.NewReplacer("/label-studio/files/photos", photos,
				// So that the tasks can be deleted after the test.
				`resource "labelstudio_project" "animals" {`, `resource "labelstudio_project" "animals" {`+"\n  force_destroy = true").
				Replace(readFile(t, filepath.Join(examples, "pipelines", "terraform", "main.tf")))
			config = strings.Replace(config, "  title        =", "\n  title        =", 1) // as terraform fmt wants it
			p.Write("main.tf", config)
			p.Applied = config
			expect := func(job string, want int) {
				t.Helper()
				if got := p.run(job); got != want {
					t.Errorf("%s exits with %d, want %d", job, got, want)
				}
			}

			expect("plan", 0)
			if plan := readFile(t, filepath.Join(p.Folder, "plan.txt")); !strings.Contains(plan, "Plan: 3 to add, 0 to change, 0 to destroy.") {
				t.Errorf("the plan to post is %s", plan)
			}
			expect("apply", 0)
			project := on.NewestProject()
			on.ExpectTasksInTheEnd(project, 1)
			expect("drift", 0)

			acctest.AddFile(t, photos, "2.jpg", "another picture\n")
			expect("sync", 0)
			on.ExpectTasksInTheEnd(project, 2)
			expect("drift", 0)

			on.Call(http.MethodPatch, fmt.Sprintf("/api/projects/%d/", project), map[string]string{"title": "By hand"}, nil)
			expect("drift", 2)

			for job, scripts := range p.scripts {
				for _, script := range scripts {
					if output, err := p.shell("-n", "-c", script).CombinedOutput(); err != nil {
						t.Errorf("%s: %v: %s", job, err, output)
					}
				}
			}
		})
	}
}
