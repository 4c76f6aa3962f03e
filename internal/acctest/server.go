package acctest

import (
	"os"
	"testing"

	"github.com/hashicorp/go-version"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/cloud"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/proxy"
)

// A Server is the Label Studio that one test works with, behind a proxy of the test's
// own, which counts requests and injects faults.
type Server struct {
	*labelstudiotest.Server

	Proxy *proxy.Proxy
	T     *testing.T

	// DeferralAllowed makes the tests' Terraform one that can defer.
	DeferralAllowed bool
}

// Start lends the test a Label Studio that no other test uses at the same time. It
// skips the test unless TF_ACC is set.
func Start(t *testing.T) *Server {
	t.Helper()
	skipUnlessAcceptance(t)
	server, err := servers.take(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { servers.giveBack(server) })
	return StartOn(t, server)
}

// StartOwn starts a Label Studio that the test may stop and misconfigure. env is
// added to its environment.
func StartOwn(t *testing.T, env ...string) *Server {
	t.Helper()
	return StartWith(t, labelstudiotest.Options{Env: env})
}

// StartWith starts a Label Studio that goes with the test.
func StartWith(t *testing.T, options labelstudiotest.Options) *Server {
	t.Helper()
	skipUnlessAcceptance(t)
	takeOwn(t)
	own, err := labelstudiotest.Start(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := own.Stop(); err != nil {
			t.Error(err)
		}
	})
	return StartOn(t, own)
}

// StartOn puts a proxy in front of a server that runs already.
func StartOn(t *testing.T, server *labelstudiotest.Server) *Server {
	t.Helper()
	front, err := proxy.New(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(front.Close)
	return &Server{Server: server, Proxy: front, T: t}
}

// In is the server for a subtest, behind the same proxy.
func (s *Server) In(t *testing.T) *Server {
	t.Helper()
	inner := *s
	inner.T = t
	return &inner
}

func skipUnlessAcceptance(t *testing.T) {
	t.Helper()
	if os.Getenv(resource.EnvTfAcc) == "" {
		t.Skip("acceptance tests run with TF_ACC=1: make testacc")
	}
}

// NeedsClouds skips the test where there are no storage servers: one of the user's Label
// Studios could not reach those of this machine.
func NeedsClouds(t *testing.T) {
	t.Helper()
	skipUnlessAcceptance(t)
	if Clouds == nil {
		t.Skip("the server under test can't reach the storage servers of this machine")
	}
}

// Cloud is the storage server of a kind. Without one the test is skipped.
func (s *Server) Cloud(kind string) cloud.Cloud {
	s.T.Helper()
	NeedsClouds(s.T)
	for _, one := range Clouds.All() {
		if one.Kind() == kind {
			return one
		}
	}
	s.T.Fatalf("there is no storage server of the kind %q", kind)
	return nil
}

// Since skips the test on a Label Studio that is older than a release.
func (s *Server) Since(release, reason string) {
	s.T.Helper()
	if s.OlderThan(release) {
		s.T.Skipf("Label Studio %s is older than %s: %s", s.Version, release, reason)
	}
}

// OlderThan tells whether the server is older than a release.
func (s *Server) OlderThan(release string) bool {
	s.T.Helper()
	have, err := version.NewVersion(s.Version)
	if err != nil {
		s.T.Fatal(err)
	}
	return have.LessThan(version.Must(version.NewVersion(release)))
}

// Token is the one that providers use unless a test gives them another one.
func (s *Server) Token() string { return tokenOf(s.Server) }

func tokenOf(server *labelstudiotest.Server) string {
	if server.LegacyToken != "" {
		return server.LegacyToken
	}
	return server.PersonalAccessToken
}
