package acceptance_test

import (
	"cmp"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/program"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/provider"
)

// The tests of guides take configurations, commands and outputs out of the pages.

// A guideBlock is a block of code in a guide.
type guideBlock struct{ language, code string }

// file is the name in the comment that a file begins with.
func (b guideBlock) file() string {
	return strings.TrimPrefix(regexp.MustCompile(`^# [\w.]+`).FindString(b.code), "# ")
}

// guideSection are the blocks of a guide between two texts, such as headings.
func guideSection(t *testing.T, guide, from, to string) []guideBlock {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("../../templates/guides", guide))
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

// A reader follows a guide in an empty folder.
type reader struct {
	*acctest.Terraform
	// remembered is what the shell of the reader keeps from one block to the next.
	remembered string
	// outputs are those of the commands of terraform.
	outputs []string
}

// newReader is the reader of a guide, whose shell has env. The built provider lies in a
// mirror, so that terraform init installs it.
func newReader(t *testing.T, env ...string) *reader {
	t.Helper()
	r := &reader{Terraform: &acctest.Terraform{T: t, Folder: t.TempDir(), Env: env}}
	mirror := t.TempDir()
	r.install(mirror)
	r.Write("terraform.rc", program.FilesystemMirror(mirror))
	return r
}

// install puts the built provider into a mirror, as release 1.0.0.
func (r *reader) install(mirror string) {
	r.T.Helper()
	binaries, err := acctest.BuiltProvider()
	if err != nil {
		r.T.Fatal(err)
	}
	host, _, _ := strings.Cut(provider.Address, "/")
	host = cmp.Or(os.Getenv("TF_ACC_PROVIDER_HOST"), host) // OpenTofu has another one
	folder := filepath.Join(mirror, host, acctest.Source(), "1.0.0", runtime.GOOS+"_"+runtime.GOARCH)
	if err := os.MkdirAll(folder, 0o750); err != nil {
		r.T.Fatal(err)
	}
	const executable = "terraform-provider-labelstudio"
	if err := os.Symlink(filepath.Join(binaries, executable), filepath.Join(folder, executable+"_v1.0.0")); err != nil {
		r.T.Fatal(err)
	}
}

// read reads a file of the folder.
func (r *reader) read(name string) string {
	r.T.Helper()
	content, err := os.ReadFile(filepath.Join(r.Folder, name))
	if err != nil {
		r.T.Fatal(err)
	}
	return string(content)
}

// variables are those that a file sets in lines such as NAME=value.
func (r *reader) variables(file string) map[string]string {
	r.T.Helper()
	set := map[string]string{}
	for line := range strings.Lines(r.read(file)) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		set[name] = value
	}
	return set
}

// follow writes the files of the blocks, runs their commands, and compares the output with
// that of the guide. mend adapts a block to the machine of the test.
func (r *reader) follow(blocks []guideBlock, mend *strings.Replacer) {
	r.T.Helper()
	for _, block := range blocks {
		code := mend.Replace(block.code)
		switch block.language {
		case "sh":
			r.run(code)
		case "text":
			r.expect(r.outputs[len(r.outputs)-1], code)
		default:
			r.Write(block.file(), code)
		}
	}
}

// run runs a block of commands. A block with commands of terraform has one in each line.
func (r *reader) run(code string) {
	r.T.Helper()
	if !strings.Contains(code, "terraform ") {
		r.shell(code)
		return
	}
	for line := range strings.Lines(code) {
		output := r.shell(line)
		if strings.HasPrefix(line, "terraform ") {
			r.outputs = append(r.outputs, output)
		}
	}
}

// shell runs a script as the shell of the reader does who answers yes to all questions.
func (r *reader) shell(script string) string {
	r.T.Helper()
	terraform := r.Command()
	functions := fmt.Sprintf("docker() { :; }\nterraform() { echo yes | %q \"$@\"; }\n", terraform.Path)
	command := exec.CommandContext(r.T.Context(), "sh", "-euc", functions+r.remembered+script) //nolint:gosec // the script is the guide's
	command.Dir, command.Env = terraform.Dir, append(terraform.Env, "TF_CLI_ARGS=-no-color")
	output, err := command.CombinedOutput()
	if err != nil {
		r.T.Fatalf("%s: %v: %s", script, err, output)
	}
	for line := range strings.Lines(script) {
		if strings.HasPrefix(line, "set -a") {
			r.remembered += line
		}
	}
	return string(output)
}

// varies is what differs between two runs: how long something took, and ids.
var varies = regexp.MustCompile(`\d+s\b|projects/\d+`)

// expect compares what terraform wrote with a block of the guide, in which … stands for
// what is left out.
func (r *reader) expect(output, block string) {
	r.T.Helper()
	rest := varies.ReplaceAllString(output, "~")
	for part := range strings.SplitSeq(varies.ReplaceAllString(block, "~"), "…\n") {
		_, after, found := strings.Cut(rest, part)
		if !found {
			r.T.Fatalf("terraform does not write\n%s\nbut\n%s", part, rest)
		}
		rest = after
	}
}
