package provider_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/hashicorp/go-version"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/provider"
)

// server is the Label Studio that all acceptance tests share. They run one after
// another: SQLite makes orphans of projects that several processes create at once.
var server *labelstudiotest.Server

// clouds are what its storages read from and write to. A server of the user's
// could not reach them: there are none then.
var clouds *labelstudiotest.Clouds

func TestMain(m *testing.M) {
	if os.Getenv(resource.EnvTfAcc) == "" {
		os.Exit(m.Run())
	}
	var err error
	if err = open(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if err := traceLogs(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	if err := errors.Join(secretsInLogs(server.LegacyToken, server.PersonalAccessToken), stop()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = max(code, 1)
	}
	os.Exit(code)
}

// open sets server and clouds.
func open(ctx context.Context) (err error) {
	if os.Getenv("LABEL_STUDIO_URL") != "" {
		server, err = labelstudiotest.Open(ctx)
		return err
	}
	if clouds, err = labelstudiotest.StartClouds(ctx); err != nil {
		return err
	}
	server, err = labelstudiotest.Start(ctx, labelstudiotest.Options{Env: append(clouds.Env(), labelstudiotest.UnmaskS3Errors)})
	if err != nil {
		return errors.Join(err, clouds.Stop())
	}
	return nil
}

// stop ends what open has started.
func stop() error {
	if clouds == nil {
		return server.Stop()
	}
	return errors.Join(server.Stop(), clouds.Stop())
}

// cloud is the storage server of a kind. Without one the test is skipped.
func (s *stack) cloud(kind string) labelstudiotest.Cloud {
	s.t.Helper()
	if clouds == nil {
		s.t.Skip("the server under test can't reach the storage servers of this machine")
	}
	for _, cloud := range clouds.All() {
		if cloud.Kind() == kind {
			return cloud
		}
	}
	s.t.Fatalf("there is no storage server of the kind %q", kind)
	return nil
}

// stack is what one acceptance test works with: the server behind a proxy of the
// test's own, which counts requests and injects faults.
type stack struct {
	*labelstudiotest.Server

	proxy *labelstudiotest.Proxy
	t     *testing.T
}

// start skips the test unless TF_ACC is set.
func start(t *testing.T) *stack {
	t.Helper()
	return startOn(t, server)
}

// startOn is start for a test that has a server of its own.
func startOn(t *testing.T, on *labelstudiotest.Server) *stack {
	t.Helper()
	s := inFrontOf(t, on)
	// Not in the configurations: the test framework logs those.
	t.Setenv("LABEL_STUDIO_API_KEY", s.token())
	return s
}

// inFrontOf is startOn for a test that only uses terraform as a command. It may run
// beside others: see testing.T.Setenv.
func inFrontOf(t *testing.T, on *labelstudiotest.Server) *stack {
	t.Helper()
	skipUnlessAcceptance(t)
	proxy, err := labelstudiotest.NewProxy(on.URL)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(proxy.Close)
	return &stack{Server: on, proxy: proxy, t: t}
}

func skipUnlessAcceptance(t *testing.T) {
	t.Helper()
	if os.Getenv(resource.EnvTfAcc) == "" {
		t.Skip("acceptance tests run with TF_ACC=1: make testacc")
	}
}

// since skips the test on a Label Studio that is older than a release.
func (s *stack) since(release, reason string) {
	s.t.Helper()
	if s.olderThan(release) {
		s.t.Skipf("Label Studio %s is older than %s: %s", s.Version, release, reason)
	}
}

func (s *stack) olderThan(release string) bool {
	s.t.Helper()
	have, err := version.NewVersion(s.Version)
	if err != nil {
		s.t.Fatal(err)
	}
	return have.LessThan(version.Must(version.NewVersion(release)))
}

// tooYoung are the attributes of a resource that the server is too old to know.
func (s *stack) tooYoung(typeName string) []string {
	s.t.Helper()
	switch typeName {
	case "labelstudio_project":
		if s.olderThan("1.23.0") {
			return []string{"annotator_evaluation_enabled"}
		}
	case "labelstudio_local_storage", "labelstudio_gcs_storage", "labelstudio_azure_storage":
		if s.olderThan("1.21.0") {
			return []string{"recursive_scan"}
		}
	}
	return nil
}

func (s *stack) token() string {
	if s.LegacyToken != "" {
		return s.LegacyToken
	}
	return s.PersonalAccessToken
}

// config is a configuration whose provider asks nothing of the server in plans,
// so that requests can be counted.
func (s *stack) config(body string) string {
	return s.configWith("plan_checks = false", body)
}

// configWith is a configuration with other settings of the provider.
func (s *stack) configWith(settings, body string) string {
	return fmt.Sprintf(`
provider "labelstudio" {
  url = %q
  %s
}
%s`, s.proxy.URL, settings, body)
}

// project is a project that goes with the test, whatever it holds. Its address
// is labelstudio_project.test.
func project(settings ...string) string {
	return `
resource "labelstudio_project" "test" {
  title         = "acceptance test"
  force_destroy = true
  ` + strings.Join(settings, "\n  ") + `
}
`
}

// storage is a storage of the project. Its address is labelstudio_local_storage.test.
func storage(path string, settings ...string) string {
	return fmt.Sprintf(`
resource "labelstudio_local_storage" "test" {
  project = labelstudio_project.test.id
  path    = %q
  %s
}
`, path, strings.Join(settings, "\n  "))
}

// test runs the steps with the provider in this process.
func (s *stack) test(steps ...resource.TestStep) {
	s.t.Helper()
	resource.Test(s.t, resource.TestCase{
		ProtoV6ProviderFactories: map[string]func() (tfprotov6.ProviderServer, error){
			"labelstudio": providerserver.NewProtocol6WithError(provider.New("test")()),
		},
		Steps: steps,
	})
}

// call makes a request of the server past the provider.
func (s *stack) call(method, path string, body, out any) {
	s.t.Helper()
	if _, err := s.Do(context.Background(), method, path, body, out); err != nil {
		s.t.Fatal(err)
	}
}

// tasks counts the tasks of a project.
func (s *stack) tasks(project int64) int {
	s.t.Helper()
	var list struct {
		Total int `json:"total"`
	}
	s.call(http.MethodGet, fmt.Sprintf("/api/tasks/?project=%d", project), nil, &list)
	return list.Total
}
