package labelstudiotest

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/cloud"
)

var (
	// shared is the server of all tests that need no other options, and neither kill
	// nor restart it. They run one after another: SQLite makes orphans of projects that
	// are created at the same time.
	shared *Server
	// clouds are what it reads from and writes to.
	clouds *cloud.Clouds
)

// childVariable makes the test binary start the servers and wait to be killed.
const childVariable = "LABELSTUDIOTEST_CHILD"

func TestMain(m *testing.M) {
	if os.Getenv("TF_ACC") == "" {
		os.Exit(m.Run())
	}
	if err := startShared(context.Background()); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	if os.Getenv(childVariable) != "" {
		fmt.Println(strings.Join(append(addresses(shared), clouds.S3.Address(), clouds.GCS.Address(), clouds.Azure.Address(), clouds.Redis.Address()), " "))
		select {}
	}
	code := m.Run()
	if err := errors.Join(shared.Stop(), clouds.Stop()); err != nil {
		fmt.Println(err)
		code = max(code, 1)
	}
	os.Exit(code)
}

func startShared(ctx context.Context) (err error) {
	if clouds, err = cloud.StartAll(ctx); err != nil {
		return err
	}
	shared, err = Start(ctx, Options{Env: append(clouds.Env(), cloud.UnmaskS3Errors)})
	return err
}

// acceptance skips a test that needs servers, unless TF_ACC asks for such tests.
func acceptance(t *testing.T) {
	t.Helper()
	if os.Getenv("TF_ACC") == "" {
		t.Skip("needs a real Label Studio: set TF_ACC=1")
	}
}

// start starts a server that ends with the test.
func start(t *testing.T, options Options) *Server {
	t.Helper()
	server, err := Start(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Stop(); err != nil {
			t.Error(err)
		}
	})
	return server
}

func do(t *testing.T, server *Server, method, path string, body, out any) {
	t.Helper()
	if _, err := server.Do(t.Context(), method, path, body, out); err != nil {
		t.Fatal(err)
	}
}

// newProject returns the id of a new project.
func newProject(t *testing.T, server *Server) int {
	t.Helper()
	var project struct{ ID int }
	do(t, server, http.MethodPost, "/api/projects/", map[string]string{"title": "Test"}, &project)
	return project.ID
}

// projects is how many projects a server has.
func projects(t *testing.T, server *Server) int {
	t.Helper()
	var list struct{ Count int }
	do(t, server, http.MethodGet, "/api/projects/", nil, &list)
	return list.Count
}

// addresses are where the programs of a server listen.
func addresses(s *Server) []string {
	all := []string{s.address()}
	if s.gateway != nil {
		all = append(all, s.gateway.Address())
	}
	if s.Database != nil {
		all = append(all, s.Database.Address())
	}
	if s.Queue != nil {
		all = append(all, s.Queue.Address())
	}
	return all
}
