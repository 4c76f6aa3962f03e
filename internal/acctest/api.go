package acctest

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest"
)

// Call makes a request of the server without the provider.
func (s *Server) Call(method, path string, body, out any) {
	s.T.Helper()
	if _, err := s.Do(context.Background(), method, path, body, out); err != nil {
		s.T.Fatal(err)
	}
}

// Tasks counts the tasks of a project.
func (s *Server) Tasks(project int64) int {
	s.T.Helper()
	var list struct {
		Total int `json:"total"`
	}
	s.Call(http.MethodGet, fmt.Sprintf("/api/tasks/?project=%d", project), nil, &list)
	return list.Total
}

// NewProject makes a project without the provider. It goes with the test.
func (s *Server) NewProject() int64 {
	s.T.Helper()
	var made struct{ ID int64 }
	s.Call(http.MethodPost, "/api/projects/", map[string]string{"title": "made by hand"}, &made)
	s.T.Cleanup(func() {
		if _, err := s.Do(context.Background(), http.MethodDelete, fmt.Sprintf("/api/projects/%d/", made.ID), nil, nil); err != nil {
			s.T.Error(err)
		}
	})
	return made.ID
}

// NewMLBackend is an ML backend that the server can call. It goes with the test.
func (s *Server) NewMLBackend() *labelstudiotest.MLBackend {
	s.T.Helper()
	NeedsClouds(s.T) // a user's own server can't reach it, either
	return labelstudiotest.StartMLBackend(s.T)
}

// Organization is the id of the organization that the tests work in.
func (s *Server) Organization() int64 {
	s.T.Helper()
	var me struct {
		Organization int64 `json:"active_organization"`
	}
	s.Call(http.MethodGet, "/api/current-user/whoami", nil, &me)
	return me.Organization
}

// NewestProject is the id of the project that was made last.
func (s *Server) NewestProject() int64 {
	s.T.Helper()
	var list struct{ Results []struct{ ID int64 } }
	s.Call(http.MethodGet, "/api/projects/?ordering=-id&page_size=1", nil, &list)
	return list.Results[0].ID
}

// MakeFolder makes a folder that the server can read.
func (s *Server) MakeFolder(path string) {
	s.T.Helper()
	// A server of the user's may run as another user.
	if err := os.Mkdir(path, 0o755); err != nil { //nolint:gosec // see above
		s.T.Fatal(err)
	}
}

// Change changes an object without the provider.
func (s *Server) Change(typeName string, id int64, body map[string]any) {
	s.T.Helper()
	s.Call(ObjectOf(s.T, typeName).Change(), s.item(typeName, id), body, nil)
}

// NewStorage makes a storage of local files without the provider.
func (s *Server) NewStorage(project int64, settings map[string]any) int64 {
	s.T.Helper()
	body := map[string]any{"project": project, "path": s.Folder(s.T, 1), "use_blob_urls": true}
	maps.Copy(body, settings)
	var made struct{ ID int64 }
	s.Call(http.MethodPost, "/api/storages/localfiles/", body, &made)
	return made.ID
}

// Fields is an object as the API returns it, with the fields of attributes in it beside it.
func (s *Server) Fields(typeName string, id int64) map[string]any {
	s.T.Helper()
	var fields map[string]any
	s.Call(http.MethodGet, s.item(typeName, id), nil, &fields)
	data, _ := fields["data"].(map[string]any)
	for name, field := range ObjectOf(s.T, typeName).Data {
		if value, found := data[field]; found {
			fields[name] = value
		}
	}
	return fields
}

// Exists tells whether the server has the object.
func (s *Server) Exists(typeName string, id int64) bool {
	s.T.Helper()
	status, err := s.Do(context.Background(), http.MethodGet, s.item(typeName, id), nil, nil)
	if err != nil && status != http.StatusNotFound {
		s.T.Fatal(err)
	}
	return err == nil
}

// RemoveObject deletes an object without the provider. Settings stay.
func (s *Server) RemoveObject(typeName string, id int64) {
	s.T.Helper()
	if ObjectOf(s.T, typeName).Settings {
		return
	}
	s.Call(http.MethodDelete, s.item(typeName, id), nil, nil)
}

// AnnotatedConfig is the label config of the annotations that Annotate makes.
const AnnotatedConfig = `<View><Text name="text" value="$text"/><Choices name="quality" toName="text"><Choice value="good"/></Choices></View>`

// Annotate annotates a task and makes sure that the server has counted it in the
// summary by which it judges label configs.
func (s *Server) Annotate(project, task int64) {
	s.T.Helper()
	s.Call(http.MethodPost, fmt.Sprintf("/api/tasks/%d/annotations/", task), map[string]any{"result": []map[string]any{{
		"from_name": "quality", "to_name": "text", "type": "choices", "value": map[string]any{"choices": []string{"good"}},
	}}}, nil)
	var summary struct {
		Annotations map[string]int `json:"created_annotations"`
	}
	s.Call(http.MethodGet, fmt.Sprintf("/api/projects/%d/summary/", project), nil, &summary)
	if len(summary.Annotations) != 1 {
		s.T.Fatalf("the server has not counted the annotation: %v", summary)
	}
}

// ExpectTasks compares the number of tasks in the project.
func (s *Server) ExpectTasks(project int64, want int) {
	s.T.Helper()
	if got := s.Tasks(project); got != want {
		s.T.Errorf("project %d holds %d tasks, want %d", project, got, want)
	}
}

// ExpectTasksInTheEnd is ExpectTasks after an apply that may not have waited for a
// sync in a queue.
func (s *Server) ExpectTasksInTheEnd(project int64, want int) {
	s.T.Helper()
	Until(s.T, "the end of the syncs", func() bool {
		var storages []StoredStorage
		s.Call(http.MethodGet, fmt.Sprintf("/api/storages/?project=%d", project), nil, &storages)
		return !slices.ContainsFunc(storages, func(stored StoredStorage) bool {
			return stored.Status == "queued" || stored.Status == "in_progress"
		})
	})
	s.ExpectTasks(project, want)
}

// StoredStorage is what the server says of a storage.
type StoredStorage struct {
	ID        int64
	Path      string
	Status    string
	Traceback string
}

// Stored is what the server says of a storage of local files.
func (s *Server) Stored(id int64) (stored StoredStorage) {
	s.T.Helper()
	if _, err := s.Do(s.T.Context(), http.MethodGet, fmt.Sprintf("/api/storages/localfiles/%d", id), nil, &stored); err != nil {
		s.T.Error(err)
	}
	return stored
}

// Note writes into the server's notes of the storage's last sync what another run
// would write there, which began a while ago.
func (s *Server) Note(id int64, status string) {
	s.T.Helper()
	began := time.Now().Add(-time.Minute).Format("2006-01-02 15:04:05.000000-07:00")
	body := map[string]any{"path": s.Stored(id).Path, "status": status, "meta": map[string]any{
		"attempts": 1, "time_queued": began, "time_in_progress": began, "time_last_ping": began,
	}}
	if _, err := s.Do(s.T.Context(), http.MethodPatch, fmt.Sprintf("/api/storages/localfiles/%d", id), body, nil); err != nil {
		s.T.Error(err)
	}
}

// Until waits for something to become true.
func Until(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); !holds(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain for %s", what)
		}
	}
}

// StartSync starts a sync without the provider and waits until it runs. The returned
// function waits for its end.
func (s *Server) StartSync(id int64) (end func()) {
	s.T.Helper()
	done := make(chan error, 1)
	go func() {
		_, err := s.Do(s.T.Context(), http.MethodPost, fmt.Sprintf("/api/storages/localfiles/%d/sync", id), nil, nil)
		done <- err
	}()
	Until(s.T, "the sync to begin", func() bool { return s.Stored(id).Status == "in_progress" })
	return func() {
		s.T.Helper()
		if err := <-done; err != nil {
			s.T.Error(err)
		}
	}
}

// AddFile adds a file to a folder that a storage reads.
func AddFile(t *testing.T, folder, name, content string) {
	t.Helper()
	labelstudiotest.WriteFile(t, filepath.Join(folder, name), content)
}

// RemoveFile removes a file from a folder that a storage reads.
func RemoveFile(t *testing.T, folder, name string) {
	t.Helper()
	if err := os.Remove(filepath.Join(folder, name)); err != nil {
		t.Fatal(err)
	}
}
