package labelstudiotest

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/cloud"
)

// with is a storage's body: what the bucket needs, and more.
func with(bucket *cloud.Bucket, more map[string]any) map[string]any {
	body := maps.Clone(bucket.Fields)
	maps.Copy(body, more)
	return body
}

// texts are those of a project's tasks.
func texts(t *testing.T, project int) []string {
	t.Helper()
	var list struct {
		Tasks []struct{ Data struct{ Text string } }
	}
	do(t, shared, http.MethodGet, fmt.Sprintf("/api/tasks?project=%d&fields=all&page_size=100", project), nil, &list)
	var texts []string
	for _, task := range list.Tasks {
		texts = append(texts, task.Data.Text)
	}
	slices.Sort(texts)
	return texts
}

func TestOneServerReadsFromAndWritesToEveryCloud(t *testing.T) {
	acceptance(t)
	for _, at := range clouds.All() {
		t.Run(at.Kind(), func(t *testing.T) {
			source, target := at.NewBucket(t), at.NewBucket(t)
			source.Fill(t, "in/", 3)
			source.Put(t, "elsewhere.json", `{"text": "another"}`)
			if got, want := slices.Sorted(slices.Values(source.Keys(t))), []string{"elsewhere.json", "in/1.json", "in/2.json", "in/3.json"}; !slices.Equal(got, want) {
				t.Errorf("the bucket holds %q, want %q", got, want)
			}

			var project struct{ ID int }
			do(t, shared, http.MethodPost, "/api/projects/", map[string]string{
				"title":        "from " + at.Kind(),
				"label_config": `<View><Text name="text" value="$text"/><Choices name="c" toName="text"><Choice value="a"/></Choices></View>`,
			}, &project)
			route := "/api/storages/" + at.Kind()
			var storage struct {
				ID     int
				Status string
			}
			do(t, shared, http.MethodPost, route+"/", with(source, map[string]any{
				"project": project.ID, "prefix": "in", "path": "in",
			}), &storage)
			do(t, shared, http.MethodPost, fmt.Sprintf("%s/%d/sync", route, storage.ID), nil, &storage)
			if got, want := texts(t, project.ID), []string{"task 1", "task 2", "task 3"}; storage.Status != "completed" || !slices.Equal(got, want) {
				t.Errorf("after the sync the storage is %q and the tasks are %q, want %q", storage.Status, got, want)
			}

			do(t, shared, http.MethodPost, "/api/storages/export/"+at.Kind(), with(target, map[string]any{"project": project.ID}), nil)
			if keys := target.Keys(t); len(keys) != 0 {
				t.Errorf("the target holds %q before there is an annotation", keys)
			}
			var tasks struct{ Tasks []struct{ ID int } }
			do(t, shared, http.MethodGet, fmt.Sprintf("/api/tasks?project=%d", project.ID), nil, &tasks)
			var annotation struct{ ID int }
			do(t, shared, http.MethodPost, fmt.Sprintf("/api/tasks/%d/annotations/", tasks.Tasks[0].ID), map[string]any{
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
			_, err := shared.Do(t.Context(), http.MethodPost, fmt.Sprintf("%s/%d/sync", route, storage.ID), nil, nil)
			if lost := err != nil; lost != (at.Kind() != "redis") { // an emptied database is no error
				t.Errorf("sync from a bucket that has gone: %v", err)
			}
		})
	}
}

func TestCloudsLetNobodyInWithAWrongKey(t *testing.T) {
	acceptance(t)
	project := newProject(t, shared)
	stranger, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	strangerAccount, err := clouds.GCS.NewServiceAccount(stranger)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		cloud cloud.Cloud
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
		if _, err := shared.Do(t.Context(), http.MethodPost, route, body, nil); err != nil {
			t.Errorf("the right key is refused: %v", err)
		}
		maps.Copy(body, test.wrong)
		if _, err := shared.Do(t.Context(), http.MethodPost, route, body, nil); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v, want %q", test.cloud.Kind(), err, test.want)
		}
	}
}
