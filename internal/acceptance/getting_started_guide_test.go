package acceptance_test

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/tfversion"
	"gopkg.in/yaml.v3"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest"
)

// The guide "Getting started", followed to the letter, but for the container: docker
// compose does nothing, and compose.yaml says how the test starts its server.
func TestAccGuideGettingStartedWorksAsWritten(t *testing.T) {
	t.Parallel()
	acctest.NeedsTerraform(t, tfversion.Version1_5_0)
	const page, address = "getting-started.md", "http://localhost:8080"
	r := newReader(t)
	r.follow(guideSection(t, page, "## Start Label Studio", "Start the server."), strings.NewReplacer())

	var compose composeFile
	if err := yaml.Unmarshal([]byte(r.read("compose.yaml")), &compose); err != nil {
		t.Fatal(err)
	}
	files := filepath.Join(r.Folder, "files")
	s := acctest.StartWith(t, labelstudiotest.Options{
		Stack: labelstudiotest.SQLite,
		Env:   compose.environment(t, address, r.variables(".env"), files),
	})
	here := strings.NewReplacer(address, s.URL, "/label-studio/files", files)
	r.Write(".env", here.Replace(r.read(".env")))
	r.follow(guideSection(t, page, "Start the server.", "## Where to go from here"), here)

	var projects struct{ Count int }
	s.Call(http.MethodGet, "/api/projects/", nil, &projects)
	if projects.Count != 0 {
		t.Errorf("%d projects are left", projects.Count)
	}
}

// A composeFile is what the test needs to know of compose.yaml.
type composeFile struct {
	Services map[string]struct {
		Environment    map[string]string
		Ports, Volumes []string
	}
	Volumes map[string]any
}

// environment is that of the server, whose container is the machine of the test: the
// directory of the files is the one that is mounted there.
func (c composeFile) environment(t *testing.T, address string, variables map[string]string, files string) (env []string) {
	t.Helper()
	service := c.Services["label-studio"]
	at, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	// The official image listens on 8080, and has its database in /label-studio/data.
	if want := "127.0.0.1:" + at.Port() + ":8080"; len(service.Ports) != 1 || service.Ports[0] != want {
		t.Errorf("the service has the ports %q, want %q", service.Ports, want)
	}
	if _, declared := c.Volumes["data"]; !declared || service.Volumes[0] != "data:/label-studio/data" {
		t.Errorf("no volume keeps the database: %q of %q", service.Volumes, c.Volumes)
	}
	host, container, _ := strings.Cut(service.Volumes[1], ":")
	if host != "./"+filepath.Base(files) {
		t.Errorf("%q is mounted, want the directory with the files", host)
	}
	for name, value := range service.Environment {
		value = os.Expand(value, func(variable string) string { return variables[variable] })
		env = append(env, name+"="+strings.Replace(value, container, files, 1))
	}
	return env
}
