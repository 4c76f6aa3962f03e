package provider_test

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
)

// The guide "Bring an existing Label Studio under Terraform", followed to the
// letter: its blocks are the configuration, its commands are what runs.

// a guideBlock is a block of code in a guide.
type guideBlock struct{ language, code string }

// file is the name in the comment that a configuration begins with, or "".
func (b guideBlock) file() string {
	return strings.TrimPrefix(regexp.MustCompile(`^# [\w.]+`).FindString(b.code), "# ")
}

// guideSection are the blocks of a guide between two of its headings.
func guideSection(t *testing.T, from, to string) []guideBlock {
	t.Helper()
	content, err := os.ReadFile("../../templates/guides/existing-server.md")
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
func (tf *cli) followGuide(blocks []guideBlock) []string {
	tf.t.Helper()
	var outputs []string
	for _, block := range blocks {
		switch {
		case block.language == "terraform":
			tf.write(block.file(), block.code)
		case !strings.Contains(block.code, "terraform "):
			tf.shell(block.code)
		default:
			for line := range strings.Lines(block.code) {
				outputs = append(outputs, tf.guideCommand(line)...)
			}
		}
	}
	return outputs
}

// guideCommand runs a line of the guide.
func (tf *cli) guideCommand(line string) []string {
	tf.t.Helper()
	line, _, _ = strings.Cut(strings.TrimSpace(line), " #")
	words := strings.Fields(line)
	switch {
	case words[0] != "terraform":
		tf.shell(line)
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
	got := tf.run(append(words[1:], "-no-color")...)
	if got.failed {
		tf.t.Fatalf("%s: %s", line, got.output)
	}
	if target != "" {
		tf.write(target, got.output)
	}
	return []string{got.output}
}

func (tf *cli) shell(script string) {
	tf.t.Helper()
	command := exec.CommandContext(tf.t.Context(), "sh", "-euc", script) //nolint:gosec // the script is the guide's
	command.Dir = tf.folder
	if output, err := command.CombinedOutput(); err != nil {
		tf.t.Fatalf("%s: %v: %s", script, err, output)
	}
}

// filled is a server of its own that somebody has filled by hand: three projects,
// and a storage of each kind.
func filled(t *testing.T, kinds ...string) *stack {
	t.Helper()
	start(t).cloud("s3") // skips where there are no clouds
	s := ownServer(t, clouds.Env()...)
	var projects []int64
	for n := range 3 {
		var made struct{ ID int64 }
		s.call(http.MethodPost, "/api/projects/", map[string]any{
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
		s.call(http.MethodPost, collections["labelstudio_"+kind].list, s.placeFor(service).with(fields).fields, nil)
	}
	return s
}

// expectTakenOver expects that the plan before the last apply imported so many
// objects, that the last plan is empty, and that the server was only read.
func (s *stack) expectTakenOver(objects int, outputs []string) {
	s.t.Helper()
	want := fmt.Sprintf("Plan: %d to import, 0 to add, 0 to change, 0 to destroy.", objects)
	if planned := outputs[len(outputs)-3]; !strings.Contains(planned, want) {
		s.t.Errorf("the plan does not say %q: %s", want, planned)
	}
	if last := outputs[len(outputs)-1]; !strings.Contains(last, "No changes.") {
		s.t.Errorf("the last plan is not empty: %s", last)
	}
	for _, request := range s.proxy.Requests() {
		if request.Method != http.MethodGet {
			s.t.Errorf("the server was asked for %s", request)
		}
	}
}

// guided is a terraform in an empty folder, with the configuration that the guide
// begins with.
func (s *stack) guided() *cli {
	s.t.Helper()
	tf := s.cli("LABEL_STUDIO_URL=" + s.proxy.URL)
	if err := os.Remove(filepath.Join(tf.folder, "versions.tf")); err != nil {
		s.t.Fatal(err)
	}
	tf.followGuide(guideSection(s.t, "Begin in an empty directory", "## Terraform 1.14 and later"))
	return tf
}

func TestAccGuideTakesOverAServerByQuery(t *testing.T) {
	start(t).needs(tfversion.SkipBelow(tfversion.Version1_14_0))
	kinds := []string{
		"local_storage", "s3_storage", "gcs_storage", "azure_storage", "redis_storage",
		"local_export_storage", "s3_export_storage", "gcs_export_storage", "azure_export_storage", "redis_export_storage",
	}
	s := filled(t, kinds...)
	outputs := s.guided().followGuide(guideSection(t, "## Terraform 1.14 and later", "## Older Terraform"))
	s.expectTakenOver(3+len(kinds), outputs)
}

func TestAccGuideTakesOverAServerByDataSources(t *testing.T) {
	s := filled(t, "local_storage", "s3_export_storage", "local_storage", "s3_export_storage")
	outputs := s.guided().followGuide(guideSection(t, "## Older Terraform", "### Many storages of one pattern"))
	s.expectTakenOver(3+4, outputs)
}
