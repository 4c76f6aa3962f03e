package labelstudiotest

import (
	"bufio"
	"context"
	"errors"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/cloud"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/program"
)

func TestServerTakesBothTokens(t *testing.T) {
	acceptance(t)
	for name, user := range map[string]*Server{
		"legacy token":          {URL: shared.URL, LegacyToken: shared.LegacyToken},
		"personal access token": {URL: shared.URL, PersonalAccessToken: shared.PersonalAccessToken},
	} {
		var whoami struct{ Email string }
		do(t, user, http.MethodGet, "/api/current-user/whoami", nil, &whoami)
		if whoami.Email != shared.Username {
			t.Errorf("%s: logged in as %q, want %q", name, whoami.Email, shared.Username)
		}
	}
	var version struct{ Release string }
	do(t, shared, http.MethodGet, "/api/version", nil, &version)
	if version.Release != shared.Version {
		t.Errorf("runs %s, says %s", version.Release, shared.Version)
	}
}

func TestDoReportsTheServersAnswer(t *testing.T) {
	acceptance(t)
	status, err := shared.Do(t.Context(), http.MethodGet, "/api/projects/4711/", nil, nil)
	if status != http.StatusNotFound || err == nil || !strings.Contains(err.Error(), "No Project matches") {
		t.Errorf("got %d, %v, want 404 and the reason", status, err)
	}
}

func TestStartNoticesThatItsPortIsTaken(t *testing.T) {
	acceptance(t)
	i, err := installed(t.Context(), SQLite)
	if err != nil {
		t.Fatal(err)
	}
	server := i.server(filepath.Join(t.TempDir(), "data"))
	if err := i.copyData(server.data); err != nil {
		t.Fatal(err)
	}
	err = server.startOn(t.Context(), shared.port, func() *exec.Cmd { return server.attached(t.Context()) })
	if !errors.Is(err, errPortTaken) {
		t.Errorf("got %v, want %v", err, errPortTaken)
	}
	if server.process.Cmd.ProcessState == nil {
		t.Error("the server that lost its port still runs")
	}
}

// The parts follow one upon another: each finds the server as the one before has left
// it.
func TestServerBelongsToItsTest(t *testing.T) {
	t.Parallel()
	acceptance(t)
	server := start(t, Options{Env: []string{cloud.UnmaskS3Errors}})

	t.Run("SharesNothingWithAServerBesideIt", func(t *testing.T) {
		others := projects(t, shared)
		newProject(t, server)
		if got := projects(t, server); got != 1 {
			t.Errorf("the server has %d projects, want 1", got)
		}
		if got := projects(t, shared); got != others {
			t.Errorf("the other server has %d projects, want %d", got, others)
		}
		if server.DocumentRoot == shared.DocumentRoot {
			t.Errorf("both serve files from %s", server.DocumentRoot)
		}
	})

	wrongKey := with(clouds.S3.NewBucket(t), map[string]any{"project": newProject(t, server), "aws_secret_access_key": "wrong"})
	t.Run("StartsWithTheOptionsOfStart", func(t *testing.T) {
		_, err := server.Do(t.Context(), http.MethodPost, "/api/storages/s3", wrongKey, nil)
		if err == nil || !strings.Contains(err.Error(), "Cannot connect to S3") {
			t.Errorf("got %v, want the error of S3", err)
		}
	})

	// What was in progress stays so.
	t.Run("FindsTheDataOfBeforeACrash", func(t *testing.T) {
		url := server.URL
		storage := localStorage(t, server, 3000)
		cut := make(chan error, 1)
		go func() {
			_, err := server.Do(context.WithoutCancel(t.Context()), http.MethodPost, storage.path+"/sync", nil, nil)
			cut <- err
		}()
		storage.waitFor("in_progress")
		if err := server.Kill(); err != nil {
			t.Fatal(err)
		}
		if err := <-cut; err == nil && server.Stack != Worker {
			t.Error("the sync ended before the crash")
		}
		if err := server.Restart(t.Context(), Options{Env: []string{"LABEL_STUDIO_LOCAL_FILES_SERVING_ENABLED=false"}}); err != nil {
			t.Fatal(err)
		}
		if server.URL != url {
			t.Errorf("the server came back at %s, want %s", server.URL, url)
		}
		if got := storage.status(); got != "in_progress" {
			t.Errorf("after the crash the storage is %q, want in_progress", got)
		}
	})

	t.Run("StartsAgainWithTheOptionsOfRestart", func(t *testing.T) {
		storage := map[string]any{"project": newProject(t, server), "path": server.Folder(t, 1)}
		_, err := server.Do(t.Context(), http.MethodPost, "/api/storages/localfiles/", storage, nil)
		if err == nil || !strings.Contains(err.Error(), "LOCAL_FILES_SERVING_ENABLED") {
			t.Errorf("got %v, want the server to refuse", err)
		}
	})

	// Those of Start are gone.
	t.Run("MasksS3ErrorsByDefault", func(t *testing.T) {
		status, err := server.Do(t.Context(), http.MethodPost, "/api/storages/s3", wrongKey, nil)
		if status != http.StatusInternalServerError || err == nil || !strings.Contains(err.Error(), "Debugging info is not available") {
			t.Errorf("got %v, want the masked error", err)
		}
	})

	t.Run("StopLeavesNoServerAndNoFiles", func(t *testing.T) {
		if err := server.Stop(); err != nil {
			t.Fatal(err)
		}
		for _, address := range addresses(server) {
			if program.Listens(t.Context(), address) {
				t.Errorf("%s is still served", address)
			}
		}
		if _, err := os.Stat(server.home); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s is still there (%v)", server.home, err)
		}
	})
}

func TestFailedStartShowsTheServersLog(t *testing.T) {
	t.Parallel()
	acceptance(t)
	_, err := Start(t.Context(), Options{Env: []string{"DJANGO_SETTINGS_MODULE=no_such_settings"}})
	if err == nil || !strings.Contains(err.Error(), "No module named 'no_such_settings'") {
		t.Errorf("got %v, want the reason from the log", err)
	}
}

func TestKilledTestProcessLeavesNoServerAndNoCloud(t *testing.T) {
	t.Parallel()
	acceptance(t)
	child := exec.CommandContext(t.Context(), os.Args[0]) //nolint:gosec // this very program
	folder := t.TempDir()
	// PostgreSQL, which does not run as root, has to reach its folder.
	if err := os.Chmod(filepath.Dir(folder), 0o711); err != nil { //nolint:gosec // see above
		t.Fatal(err)
	}
	child.Env = append(os.Environ(), childVariable+"=1", "TMPDIR="+folder)
	output, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(output).ReadString('\n')
	if err != nil {
		t.Fatalf("the child printed %q, then %v", line, err)
	}
	served := strings.Fields(line)
	if len(served) < 5 {
		t.Fatalf("the child printed %q, want the addresses of a server and four clouds", line)
	}
	for _, address := range served {
		if !program.Listens(t.Context(), address) {
			t.Fatalf("nothing listens at %s", address)
		}
	}
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = child.Wait()
	deadline := time.Now().Add(10 * time.Second)
	for _, address := range served {
		for ; program.Listens(t.Context(), address); time.Sleep(50 * time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatalf("%s is still served", address)
			}
		}
	}
}
