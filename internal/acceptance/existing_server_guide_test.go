package acceptance_test

import (
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
)

// The guide "Bring an existing Label Studio under Terraform", followed to the
// letter: its blocks are the configuration, its commands are what runs.

const existingServer = "existing-server.md"

// a guideBlock is a block of code in a guide.
type guideBlock struct{ language, code string }

// file is the name in the comment that a configuration begins with, or "".
func (b guideBlock) file() string {
	return strings.TrimPrefix(regexp.MustCompile(`^# [\w.]+`).FindString(b.code), "# ")
}

// guideSection are the blocks of a guide between two of its headings.
func guideSection(t *testing.T, guide, from, to string) []guideBlock {
	t.Helper()
	content, err := os.ReadFile("../../templates/guides/" + guide)
	if err != nil {
		t.Fatal(err)
	}
	_, section, found := strings.Cut(string(content), from)
	section, _, ended := strings.Cut(section, to)
	if !found || !ended {
		t.Fatalf("the guide has no section from %q to %q", from, to)
	}
	var blocks []guideBlock
	for _, match := range regexp.MustCompile("(?s)```(\\w+)\n(.*?)```").FindAllStringSubmatch(section, -1) {
		blocks = append(blocks, guideBlock{language: match[1], code: match[2]})
	}
	return blocks
}

// followGuide writes the configurations and runs the commands of a section. It
// returns what the commands wrote, in their order.
func followGuide(tf *acctest.Terraform, blocks []guideBlock) []string {
	tf.T.Helper()
	var outputs []string
	for _, block := range blocks {
		switch {
		case block.language == "terraform":
			tf.Write(block.file(), block.code)
		case !strings.Contains(block.code, "terraform "):
			shell(tf, block.code)
		default:
			for line := range strings.Lines(block.code) {
				outputs = append(outputs, guideCommand(tf, line)...)
			}
		}
	}
	return outputs
}

// guideCommand runs a line of the guide.
func guideCommand(tf *acctest.Terraform, line string) []string {
	tf.T.Helper()
	line, _, _ = strings.Cut(strings.TrimSpace(line), " #")
	words := strings.Fields(line)
	switch {
	case words[0] != "terraform":
		shell(tf, line)
		return nil
	case words[1] == "init": // there is nothing to install: the provider is the one that was built
		return nil
	case words[1] == "apply":
		words = append(words, "-auto-approve")
	}
	var target string
	if length := len(words); words[length-2] == ">" {
		target, words = words[length-1], words[:length-2]
	}
	got := tf.Run(append(words[1:], "-no-color")...)
	if got.Failed {
		tf.T.Fatalf("%s: %s", line, got.Output)
	}
	if target != "" {
		tf.Write(target, got.Output)
	}
	return []string{got.Output}
}

func shell(tf *acctest.Terraform, script string) {
	tf.T.Helper()
	command := exec.CommandContext(tf.T.Context(), "sh", "-euc", script) //nolint:gosec // the script is the guide's
	command.Dir = tf.Folder
	if output, err := command.CombinedOutput(); err != nil {
		tf.T.Fatalf("%s: %v: %s", script, err, output)
	}
}

// filled is a server of its own that somebody has filled by hand: three projects,
// and a storage of each kind.
func filled(t *testing.T, kinds ...string) *acctest.Server {
	t.Helper()
	acctest.NeedsClouds(t)
	s := acctest.StartOwn(t, acctest.Clouds.Env()...)
	var projects []int64
	for n := range 3 {
		var made struct{ ID int64 }
		s.Call(http.MethodPost, "/api/projects/", map[string]any{
			"title": fmt.Sprintf("Animals %d", n), "description": "said \"by\" hand,\nin ${lines}",
			"label_config":       `<View><Image name="image" value="$image"/><Choices name="animal" toName="image"><Choice value="Cat"/></Choices></View>`,
			"expert_instruction": "<b>Look</b> twice", "color": "#123456", "maximum_annotations": n + 1, "sampling": "Uniform sampling",
		}, &made)
		projects = append(projects, made.ID)
	}
	for n, kind := range kinds {
		service, _, _ := strings.Cut(kind, "_")
		fields := map[string]any{"project": projects[n%len(projects)], "title": "by hand: " + kind}
		if !strings.HasSuffix(kind, "_export_storage") {
			fields["regex_filter"] = `.*\.(jpe?g|"png")`
		}
		s.Call(http.MethodPost, acctest.ObjectOf(t, "labelstudio_"+kind).List, s.PlaceFor(service).With(fields).Fields, nil)
	}
	return s
}

// expectTakenOver expects that the plan before the last apply imported so many
// objects, that the last plan is empty, and that the server was only read.
func expectTakenOver(s *acctest.Server, objects int, outputs []string) {
	s.T.Helper()
	want := fmt.Sprintf("Plan: %d to import, 0 to add, 0 to change, 0 to destroy.", objects)
	if planned := outputs[len(outputs)-3]; !strings.Contains(planned, want) {
		s.T.Errorf("the plan does not say %q: %s", want, planned)
	}
	if last := outputs[len(outputs)-1]; !strings.Contains(last, "No changes.") {
		s.T.Errorf("the last plan is not empty: %s", last)
	}
	for _, request := range s.Proxy.Requests() {
		if request.Method != http.MethodGet {
			s.T.Errorf("the server was asked for %s", request)
		}
	}
}

// guided is a terraform in an empty folder, with the configuration that the guide
// begins with.
func guided(s *acctest.Server) *acctest.Terraform {
	s.T.Helper()
	tf := s.Terraform("LABEL_STUDIO_URL=" + s.Proxy.URL)
	if err := os.Remove(filepath.Join(tf.Folder, "versions.tf")); err != nil {
		s.T.Fatal(err)
	}
	followGuide(tf, guideSection(s.T, existingServer, "Begin in an empty directory", "## Terraform 1.14 and later"))
	return tf
}

func TestAccGuideTakesOverAServerByQuery(t *testing.T) {
	t.Parallel()
	acctest.NeedsTerraform(t, tfversion.Version1_14_0)
	kinds := []string{
		"local_storage", "s3_storage", "gcs_storage", "azure_storage", "redis_storage",
		"local_export_storage", "s3_export_storage", "gcs_export_storage", "azure_export_storage", "redis_export_storage",
	}
	s := filled(t, kinds...)
	outputs := followGuide(guided(s), guideSection(t, existingServer, "## Terraform 1.14 and later", "## Older Terraform"))
	expectTakenOver(s, 3+len(kinds), outputs)
}

func TestAccGuideTakesOverAServerByDataSources(t *testing.T) {
	t.Parallel()
	s := filled(t, "local_storage", "s3_export_storage", "local_storage", "s3_export_storage")
	outputs := followGuide(guided(s), guideSection(t, existingServer, "## Older Terraform", "### Many storages of one pattern"))
	expectTakenOver(s, 3+4, outputs)
}
