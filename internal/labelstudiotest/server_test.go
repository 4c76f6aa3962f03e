package labelstudiotest

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// childOf makes the test binary start what it names, and wait to be killed.
const childOf = "LABELSTUDIOTEST_CHILD"

func TestMain(m *testing.M) {
	what := os.Getenv(childOf)
	if what == "" {
		os.Exit(m.Run())
	}
	line, err := map[string]func() (line string, err error){
		"server": func() (string, error) {
			server, err := Start(context.Background(), Options{})
			if err != nil {
				return "", err
			}
			return strings.Join(addresses(server), " "), nil
		},
		"clouds": func() (string, error) {
			clouds, err := StartClouds(context.Background())
			if err != nil {
				return "", err
			}
			return strings.Join([]string{clouds.S3.address(), clouds.GCS.address(), clouds.Azure.address(), clouds.Redis.address()}, " "), nil
		},
	}[what]()
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println(line)
	select {}
}

// startChild returns the line that the child prints when it has started what it
// should.
func startChild(t *testing.T, what string) (child *exec.Cmd, line string) {
	t.Helper()
	child = exec.CommandContext(t.Context(), os.Args[0]) //nolint:gosec // this very program
	folder := t.TempDir()
	// PostgreSQL, which does not run as root, has to reach its folder.
	if err := os.Chmod(filepath.Dir(folder), 0o711); err != nil { //nolint:gosec // see above
		t.Fatal(err)
	}
	child.Env = append(os.Environ(), childOf+"="+what, "TMPDIR="+folder)
	output, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	line, err = bufio.NewReader(output).ReadString('\n')
	if err != nil {
		t.Fatalf("the child started nothing: %q, %v", line, err)
	}
	return child, strings.TrimSpace(line)
}

// acceptance skips a test that starts servers, unless TF_ACC asks for such tests.
func acceptance(t *testing.T) {
	t.Helper()
	if os.Getenv("TF_ACC") == "" {
		t.Skip("needs a real Label Studio: set TF_ACC=1")
	}
}

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

// answers tells whether anything answers at the URL.
func answers(ctx context.Context, url string) bool {
	_, err := (&Server{URL: url}).send(ctx, http.MethodGet, "/api/version", "", nil, nil)
	return err == nil
}

func TestServerTakesBothTokens(t *testing.T) {
	t.Parallel()
	acceptance(t)
	server := start(t, Options{})
	for name, user := range map[string]*Server{
		"legacy token":          {URL: server.URL, LegacyToken: server.LegacyToken},
		"personal access token": {URL: server.URL, PersonalAccessToken: server.PersonalAccessToken},
	} {
		var whoami struct{ Email string }
		do(t, user, http.MethodGet, "/api/current-user/whoami", nil, &whoami)
		if whoami.Email != server.Username {
			t.Errorf("%s: logged in as %q, want %q", name, whoami.Email, server.Username)
		}
	}
	var version struct{ Release string }
	do(t, server, http.MethodGet, "/api/version", nil, &version)
	if version.Release != server.Version {
		t.Errorf("runs %s, says %s", version.Release, server.Version)
	}
}

func TestServersSideBySideShareNothing(t *testing.T) {
	t.Parallel()
	acceptance(t)
	one, two := start(t, Options{}), start(t, Options{})
	do(t, one, http.MethodPost, "/api/projects/", map[string]string{"title": "Only here"}, nil)
	for server, want := range map[*Server]int{one: 1, two: 0} {
		var projects struct{ Count int }
		do(t, server, http.MethodGet, "/api/projects/", nil, &projects)
		if projects.Count != want {
			t.Errorf("%s has %d projects, want %d", server.URL, projects.Count, want)
		}
	}
	if one.DocumentRoot == two.DocumentRoot {
		t.Errorf("both serve files from %s", one.DocumentRoot)
	}
}

// A usual start takes 3 seconds. With the migrations it takes 20, on a busy machine
// far more; what is promised is that only the first start on a machine goes through
// them.
func TestStartSkipsTheMigrations(t *testing.T) {
	t.Parallel()
	acceptance(t)
	server := start(t, Options{Stack: SQLite})
	log, err := os.ReadFile(server.process.log)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(log), "Initializing database") {
		t.Errorf("the start went through the migrations:\n%s", log)
	}
}

func TestStopLeavesNoServerAndNoFiles(t *testing.T) {
	t.Parallel()
	acceptance(t)
	server := start(t, Options{})
	if err := server.Stop(); err != nil {
		t.Fatal(err)
	}
	for _, address := range addresses(server) {
		if listens(t.Context(), address) {
			t.Errorf("%s is still served", address)
		}
	}
	if _, err := os.Stat(server.home); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%s is still there (%v)", server.home, err)
	}
}

// addresses are where the programs of a server listen.
func addresses(s *Server) []string {
	all := []string{s.address()}
	if s.gateway != nil {
		all = append(all, s.gateway.address())
	}
	if s.Database != nil {
		all = append(all, s.Database.address())
	}
	if s.Queue != nil {
		all = append(all, s.Queue.address())
	}
	return all
}

func TestKilledTestProcessLeavesNoServer(t *testing.T) {
	t.Parallel()
	acceptance(t)
	child, line := startChild(t, "server")
	expectEndWith(t, child, strings.Fields(line))
}

// expectEndWith kills the child and expects that nothing listens at its addresses
// any more.
func expectEndWith(t *testing.T, child *exec.Cmd, addresses []string) {
	t.Helper()
	for _, address := range addresses {
		if !listens(t.Context(), address) {
			t.Fatalf("nothing listens at %s", address)
		}
	}
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = child.Wait()
	deadline := time.Now().Add(10 * time.Second)
	for _, address := range addresses {
		for ; listens(t.Context(), address); time.Sleep(50 * time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatalf("%s is still served", address)
			}
		}
	}
}

// The first thing that later tests need of a crash: what was in progress stays so.
func TestRestartAfterACrashFindsTheDataOfBefore(t *testing.T) {
	t.Parallel()
	acceptance(t)
	server := start(t, Options{})
	url := server.URL

	var project, storage struct{ ID int }
	do(t, server, http.MethodPost, "/api/projects/", map[string]string{"title": "Crash"}, &project)
	do(t, server, http.MethodPost, "/api/storages/localfiles/", map[string]any{
		"project": project.ID, "path": server.Folder(t, 3000), "use_blob_urls": true,
	}, &storage)
	detail := fmt.Sprintf("/api/storages/localfiles/%d", storage.ID)
	status := func() string {
		var storage struct{ Status string }
		do(t, server, http.MethodGet, detail, nil, &storage)
		return storage.Status
	}

	cut := make(chan error, 1)
	go func() {
		_, err := server.Do(context.WithoutCancel(t.Context()), http.MethodPost, detail+"/sync", nil, nil)
		cut <- err
	}()
	for deadline := time.Now().Add(time.Minute); status() != "in_progress"; {
		if time.Now().After(deadline) {
			t.Fatal("the sync does not begin")
		}
	}
	if err := server.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := <-cut; err == nil && server.Stack != Worker {
		t.Error("the sync ended before the crash")
	}
	if err := server.Restart(t.Context(), Options{}); err != nil {
		t.Fatal(err)
	}
	if server.URL != url {
		t.Errorf("the server came back at %s, want %s", server.URL, url)
	}
	if got := status(); got != "in_progress" {
		t.Errorf("after the crash the storage is %q, want in_progress", got)
	}
}

func TestOptionsChangeTheServersEnvironment(t *testing.T) {
	t.Parallel()
	acceptance(t)
	server := start(t, Options{Env: []string{"LABEL_STUDIO_LOCAL_FILES_SERVING_ENABLED=false"}})
	var project struct{ ID int }
	do(t, server, http.MethodPost, "/api/projects/", map[string]string{"title": "Serving"}, &project)
	storage := map[string]any{"project": project.ID, "path": server.Folder(t, 1)}
	_, err := server.Do(t.Context(), http.MethodPost, "/api/storages/localfiles/", storage, nil)
	if err == nil || !strings.Contains(err.Error(), "LOCAL_FILES_SERVING_ENABLED") {
		t.Errorf("got %v, want the server to refuse", err)
	}
	if err := server.Restart(t.Context(), Options{}); err != nil {
		t.Fatal(err)
	}
	do(t, server, http.MethodPost, "/api/storages/localfiles/", storage, nil)
}

func TestFailedStartShowsTheServersLog(t *testing.T) {
	t.Parallel()
	acceptance(t)
	_, err := Start(t.Context(), Options{Env: []string{"DJANGO_SETTINGS_MODULE=no_such_settings"}})
	if err == nil || !strings.Contains(err.Error(), "No module named 'no_such_settings'") {
		t.Errorf("got %v, want the reason from the log", err)
	}
}

func TestStartNoticesThatItsPortIsTaken(t *testing.T) {
	t.Parallel()
	acceptance(t)
	other := start(t, Options{Stack: SQLite})
	i, err := installed(t.Context(), SQLite)
	if err != nil {
		t.Fatal(err)
	}
	server := i.server(filepath.Join(t.TempDir(), "data"))
	if err := i.copyData(server.data); err != nil {
		t.Fatal(err)
	}
	err = server.startOn(t.Context(), other.port, func() *exec.Cmd { return server.attached(t.Context()) })
	if !errors.Is(err, errPortTaken) {
		t.Errorf("got %v, want %v", err, errPortTaken)
	}
	if server.process.cmd.ProcessState == nil {
		t.Error("the server that lost its port still runs")
	}
}

func TestDoReportsTheServersAnswer(t *testing.T) {
	t.Parallel()
	acceptance(t)
	server := start(t, Options{})
	status, err := server.Do(t.Context(), http.MethodGet, "/api/projects/4711/", nil, nil)
	if status != http.StatusNotFound || err == nil || !strings.Contains(err.Error(), "No Project matches") {
		t.Errorf("got %d, %v, want 404 and the reason", status, err)
	}
}

func TestDetachedServerLivesFromProcessToProcess(t *testing.T) {
	t.Parallel()
	acceptance(t)
	folder, root := t.TempDir(), t.TempDir()
	stop := func() bool {
		t.Helper()
		stopped, err := StopDetached(context.WithoutCancel(t.Context()), folder)
		if err != nil {
			t.Fatal(err)
		}
		return stopped
	}
	t.Cleanup(func() { stop() })

	if stop() {
		t.Error("stopped a server where none ran")
	}
	first, err := StartDetached(t.Context(), folder, root)
	if err != nil {
		t.Fatal(err)
	}
	do(t, first, http.MethodPost, "/api/projects/", map[string]string{"title": "Kept"}, nil)
	second, err := StartDetached(t.Context(), folder, root)
	if err != nil {
		t.Fatal(err)
	}
	if second.URL != first.URL || second.process != nil {
		t.Errorf("the second start made a server at %s, want that at %s", second.URL, first.URL)
	}
	if !stop() || answers(t.Context(), first.URL) {
		t.Error("the server was not stopped")
	}
	third, err := StartDetached(t.Context(), folder, root)
	if err != nil {
		t.Fatal(err)
	}
	var projects struct{ Count int }
	do(t, third, http.MethodGet, "/api/projects/", nil, &projects)
	if third.URL != first.URL || projects.Count != 1 {
		t.Errorf("started again at %s with %d projects, want %s with 1", third.URL, projects.Count, first.URL)
	}
}
