package labelstudiotest

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func startClouds(t *testing.T) *Clouds {
	t.Helper()
	clouds, err := StartClouds(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := clouds.Stop(); err != nil {
			t.Error(err)
		}
	})
	return clouds
}

// with is a storage's body: what the bucket needs, and more.
func with(bucket *Bucket, more map[string]any) map[string]any {
	body := maps.Clone(bucket.Fields)
	maps.Copy(body, more)
	return body
}

// texts are those of a project's tasks.
func texts(t *testing.T, server *Server, project int) []string {
	t.Helper()
	var list struct {
		Tasks []struct{ Data struct{ Text string } }
	}
	do(t, server, http.MethodGet, fmt.Sprintf("/api/tasks?project=%d&fields=all&page_size=100", project), nil, &list)
	var texts []string
	for _, task := range list.Tasks {
		texts = append(texts, task.Data.Text)
	}
	slices.Sort(texts)
	return texts
}

func TestOneServerReadsFromAndWritesToEveryCloud(t *testing.T) {
	t.Parallel()
	acceptance(t)
	clouds := startClouds(t)
	server := start(t, Options{Env: clouds.Env()})
	for _, cloud := range clouds.All() {
		t.Run(cloud.Kind(), func(t *testing.T) {
			source, target := cloud.NewBucket(t), cloud.NewBucket(t)
			source.Fill(t, "in/", 3)
			source.Put(t, "elsewhere.json", `{"text": "another"}`)
			if got, want := sorted(source.Keys(t)), []string{"elsewhere.json", "in/1.json", "in/2.json", "in/3.json"}; !slices.Equal(got, want) {
				t.Errorf("the bucket holds %q, want %q", got, want)
			}

			var project struct{ ID int }
			do(t, server, http.MethodPost, "/api/projects/", map[string]string{
				"title":        "from " + cloud.Kind(),
				"label_config": `<View><Text name="text" value="$text"/><Choices name="c" toName="text"><Choice value="a"/></Choices></View>`,
			}, &project)
			route := "/api/storages/" + cloud.Kind()
			var storage struct {
				ID     int
				Status string
			}
			do(t, server, http.MethodPost, route+"/", with(source, map[string]any{
				"project": project.ID, "prefix": "in", "path": "in",
			}), &storage)
			do(t, server, http.MethodPost, fmt.Sprintf("%s/%d/sync", route, storage.ID), nil, &storage)
			if got, want := texts(t, server, project.ID), []string{"task 1", "task 2", "task 3"}; storage.Status != "completed" || !slices.Equal(got, want) {
				t.Errorf("after the sync the storage is %q and the tasks are %q, want %q", storage.Status, got, want)
			}

			do(t, server, http.MethodPost, "/api/storages/export/"+cloud.Kind(), with(target, map[string]any{"project": project.ID}), nil)
			if keys := target.Keys(t); len(keys) != 0 {
				t.Errorf("the target holds %q before there is an annotation", keys)
			}
			var tasks struct{ Tasks []struct{ ID int } }
			do(t, server, http.MethodGet, fmt.Sprintf("/api/tasks?project=%d", project.ID), nil, &tasks)
			var annotation struct{ ID int }
			do(t, server, http.MethodPost, fmt.Sprintf("/api/tasks/%d/annotations/", tasks.Tasks[0].ID), map[string]any{
				"result": []any{map[string]any{"from_name": "c", "to_name": "text", "type": "choices", "value": map[string]any{"choices": []string{"a"}}}},
			}, &annotation)
			key := fmt.Sprint(annotation.ID)
			if got := target.Keys(t); !slices.Equal(got, []string{key}) {
				t.Fatalf("the target holds %q, want %q", got, key)
			}
			var written struct {
				ID   int
				Task struct{ Data struct{ Text string } }
			}
			if err := json.Unmarshal([]byte(target.Get(t, key)), &written); err != nil {
				t.Fatal(err)
			}
			if written.ID != annotation.ID || !strings.HasPrefix(written.Task.Data.Text, "task ") {
				t.Errorf("the object is %+v", written)
			}

			source.Remove(t)
			_, err := server.Do(t.Context(), http.MethodPost, fmt.Sprintf("%s/%d/sync", route, storage.ID), nil, nil)
			if lost := err != nil; lost != (cloud.Kind() != "redis") { // an emptied database is no error
				t.Errorf("sync from a bucket that has gone: %v", err)
			}
		})
	}
}

func sorted(texts []string) []string {
	slices.Sort(texts)
	return texts
}

func newProject(t *testing.T, server *Server) int {
	t.Helper()
	var project struct{ ID int }
	do(t, server, http.MethodPost, "/api/projects/", map[string]string{"title": "Clouds"}, &project)
	return project.ID
}

func TestCloudsLetNobodyInWithAWrongKey(t *testing.T) {
	t.Parallel()
	acceptance(t)
	clouds := startClouds(t)
	server := start(t, Options{Env: append(clouds.Env(), UnmaskS3Errors)})
	project := newProject(t, server)
	stranger, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	strangerAccount, err := clouds.GCS.NewServiceAccount(stranger)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		cloud Cloud
		wrong map[string]any
		want  string
	}{
		{clouds.S3, map[string]any{"aws_secret_access_key": "wrong"}, "Cannot connect to S3"},
		{clouds.S3, map[string]any{"aws_access_key_id": "unknown"}, "Cannot connect to S3"},
		{clouds.GCS, map[string]any{"google_application_credentials": strangerAccount}, "Invalid JWT Signature"},
		{clouds.Azure, map[string]any{"account_key": base64.StdEncoding.EncodeToString(make([]byte, 64))}, "Server failed to authenticate the request"},
		{clouds.Redis, map[string]any{"password": "wrong"}, "Can't connect to Redis server"},
	} {
		body := with(test.cloud.NewBucket(t), map[string]any{"project": project})
		route := "/api/storages/" + test.cloud.Kind()
		if _, err := server.Do(t.Context(), http.MethodPost, route, body, nil); err != nil {
			t.Errorf("the right key is refused: %v", err)
		}
		maps.Copy(body, test.wrong)
		if _, err := server.Do(t.Context(), http.MethodPost, route, body, nil); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v, want %q", test.cloud.Kind(), err, test.want)
		}
	}
}

func TestS3ErrorsAreMaskedByDefault(t *testing.T) {
	t.Parallel()
	acceptance(t)
	s3, err := StartS3(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s3.Stop() })
	server := start(t, Options{Env: s3.Env()})
	body := with(s3.NewBucket(t), map[string]any{"project": newProject(t, server), "aws_secret_access_key": "wrong"})
	status, err := server.Do(t.Context(), http.MethodPost, "/api/storages/s3", body, nil)
	if status != http.StatusInternalServerError || err == nil || !strings.Contains(err.Error(), "Debugging info is not available") {
		t.Errorf("got %v, want the masked error", err)
	}
}

func TestS3ReadOnlyKeyReadsAndDoesNotWrite(t *testing.T) {
	t.Parallel()
	acceptance(t)
	s3, err := StartS3(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s3.Stop() })
	bucket := s3.NewBucket(t)
	bucket.Put(t, "key", "content")
	reader := &S3{peer: s3.peer, FullAccess: s3.ReadOnly}
	if got, err := reader.get(t.Context(), bucket.Name, "key"); got != "content" {
		t.Errorf("read %q, %v", got, err)
	}
	if err := reader.put(t.Context(), bucket.Name, "other", ""); err == nil || !strings.Contains(err.Error(), "AccessDenied") {
		t.Errorf("got %v, want AccessDenied", err)
	}
	if got := bucket.Keys(t); !slices.Equal(got, []string{"key"}) {
		t.Errorf("the bucket holds %q", got)
	}
}

func TestRedisCanBeFull(t *testing.T) {
	t.Parallel()
	acceptance(t)
	redis, err := StartRedis(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = redis.Stop() })
	bucket := redis.NewBucket(t)
	redis.Configure(t, "maxmemory", "1")
	if err := redis.put(t.Context(), bucket.Name, "key", "content"); err == nil || !strings.Contains(err.Error(), "OOM") {
		t.Errorf("got %v, want an OOM error", err)
	}
}

func TestAzureProxyLeadsNowhereElse(t *testing.T) {
	t.Parallel()
	route, err := newAzureRoute()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = route.close() })
	_, err = exchange(t.Context(), route.client(), http.MethodGet, "https://example.com/", "", asIs)
	if err == nil || !strings.Contains(err.Error(), "Forbidden") {
		t.Errorf("got %v, want Forbidden", err)
	}
}

func TestStopLeavesNoCloudAndNoFiles(t *testing.T) {
	t.Parallel()
	acceptance(t)
	clouds, err := StartClouds(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := clouds.Stop(); err != nil {
		t.Fatal(err)
	}
	for _, p := range []*peer{clouds.S3.peer, clouds.GCS.peer, clouds.Azure.peer, clouds.Redis.peer} {
		if listens(t.Context(), p.address()) {
			t.Errorf("%s is still served", p.address())
		}
		if _, err := os.Stat(p.folder); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s is still there (%v)", p.folder, err)
		}
	}
}

func listens(ctx context.Context, address string) bool {
	var dialer net.Dialer
	connection, err := dialer.DialContext(ctx, "tcp", address)
	if err != nil {
		return false
	}
	_ = connection.Close()
	return true
}

func TestKilledTestProcessLeavesNoCloud(t *testing.T) {
	t.Parallel()
	acceptance(t)
	child, line := startChild(t, "clouds")
	addresses := strings.Fields(line)
	if len(addresses) != 4 {
		t.Fatalf("the child started no clouds: %q", line)
	}
	expectEndWith(t, child, addresses)
}

func TestFailedStartShowsThePeersLog(t *testing.T) {
	t.Parallel()
	_, err := startPeer(t.Context(), "redis", func(*peer) []string {
		return []string{"sh", "-c", "echo the reason; exit 1"}
	}, func(context.Context, *peer) error { return errors.New("not up") })
	if err == nil || !strings.Contains(err.Error(), "the reason") {
		t.Errorf("got %v, want the reason from the log", err)
	}
}

func TestPackagesOfCloudsArePinned(t *testing.T) {
	t.Parallel()
	for _, p := range []packages{moto, redisPackages} {
		content, err := os.ReadFile(filepath.Join("peers", p.name, "requirements.txt"))
		if err != nil {
			t.Fatal(err)
		}
		expectHashes(t, string(content))
	}
	content, err := os.ReadFile(filepath.Join("peers", azurite.name, "package-lock.json"))
	if err != nil {
		t.Fatal(err)
	}
	var lock struct {
		Packages map[string]struct{ Integrity, Resolved string }
	}
	if err := json.Unmarshal(content, &lock); err != nil {
		t.Fatal(err)
	}
	if len(lock.Packages) < 100 {
		t.Errorf("the lock names %d packages", len(lock.Packages))
	}
	delete(lock.Packages, "") // what depends on them
	for name, locked := range lock.Packages {
		if locked.Integrity == "" || locked.Resolved != "" {
			t.Errorf("%s: the hash is %q, the address %q", name, locked.Integrity, locked.Resolved)
		}
	}
}
