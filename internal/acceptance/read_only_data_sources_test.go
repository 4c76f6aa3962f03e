package acceptance_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/proxy"
)

// readSource is what a data source finds.
func readSource(s *acctest.Server, typeName string, config acctest.Values) map[string]any {
	s.T.Helper()
	found, result := s.Provider(acctest.Values{}).Read(typeName, config)
	result.Succeeds()
	return found
}

// elements are the objects in a list of a data source.
func elements(found map[string]any, list string) (objects []map[string]any) {
	all, _ := found[list].([]any)
	for _, element := range all {
		object, _ := element.(map[string]any)
		objects = append(objects, object)
	}
	return objects
}

func TestAccServerTellsItsVersionWithoutAToken(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	tokens := 0
	s.Proxy.Inject(proxy.Fault{Do: proxy.Before(func(r *http.Request) {
		if r.Header.Get("Authorization") != "" {
			tokens++
		}
	})})
	found, result := s.Provider(acctest.Values{"api_key": "refused"}).Read("labelstudio_server", acctest.Values{})
	result.Succeeds()
	if found["version"] != s.Version || found["edition"] != "Community" || found["outdated"] != false {
		t.Errorf("got %v, want the release %s of the Community edition", found, s.Version)
	}
	if tokens > 0 {
		t.Error("a token was sent")
	}
	expectAsked(s, "the version", "GET /api/version")
}

func TestAccCurrentUserIsTheOneOfTheToken(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	found := readSource(s, "labelstudio_current_user", acctest.Values{})
	var me map[string]any
	s.Call(http.MethodGet, "/api/current-user/whoami", nil, &me)
	for _, name := range []string{"id", "email", "username", "first_name", "last_name", "active_organization", "date_joined"} {
		if !acctest.SameJSON(found[name], me[name]) {
			t.Errorf("%s is %v, want %v", name, found[name], me[name])
		}
	}
	_, refused := s.Provider(acctest.Values{"api_key": "refused"}).Read("labelstudio_current_user", acctest.Values{})
	refused.Fails("", "Can't read the current user", "Check that api_key and url belong to the same server")
}

// newUser makes a user. It goes with the test.
func newUser(s *acctest.Server, email string) int64 {
	s.T.Helper()
	var made struct{ ID int64 }
	s.Call(http.MethodPost, "/api/users/", map[string]any{"username": email, "email": email, "first_name": "Ann", "active_organization": s.Organization()}, &made)
	s.T.Cleanup(func() { s.Call(http.MethodDelete, fmt.Sprintf("/api/users/%d/", made.ID), nil, nil) })
	return made.ID
}

func TestAccUsersIncludeThoseWhoWereRemoved(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	users := func() map[int64]map[string]any {
		t.Helper()
		found := elements(readSource(s, "labelstudio_users", acctest.Values{}), "users")
		if !slices.IsSortedFunc(found, func(a, b map[string]any) int { return int(a["id"].(int64) - b["id"].(int64)) }) { //nolint:forcetypeassert // each user has an id
			t.Errorf("the users are not in the order of their ids: %v", found)
		}
		byID := map[int64]map[string]any{}
		for _, user := range found {
			byID[user["id"].(int64)] = user //nolint:forcetypeassert // each user has an id
			for name := range user {
				if strings.Contains(name, "token") || strings.Contains(name, "password") {
					t.Errorf("a user has the attribute %s", name)
				}
			}
		}
		return byID
	}
	const email = "ann@example.com"
	ann := newUser(s, email)
	found := users()[ann]
	if found["email"] != email || found["username"] != email || found["first_name"] != "Ann" || found["active_organization"] == nil {
		t.Errorf("got %v", found)
	}
	s.Call(http.MethodDelete, fmt.Sprintf("/api/organizations/%v/memberships/%d/", found["active_organization"], ann), nil, nil)
	if found = users()[ann]; found["email"] != "Deleted" || found["last_name"] != "User" || found["active_organization"] != nil {
		t.Errorf("got %v for a user who was removed", found)
	}
}

func TestAccProjectSummaryHasTheNumbersOfTheProject(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	of := s.NewProject()
	s.Change(projectType, of, map[string]any{"label_config": acctest.AnnotatedConfig})
	s.Call(http.MethodPost, fmt.Sprintf("/api/projects/%d/import", of), []map[string]any{{"data": map[string]any{"text": "one"}}, {"data": map[string]any{"text": "two"}}}, nil)
	var tasks struct{ Tasks []struct{ ID int64 } }
	s.Call(http.MethodGet, fmt.Sprintf("/api/tasks/?project=%d", of), nil, &tasks)
	s.Annotate(of, tasks.Tasks[0].ID)

	s.Proxy.Reset()
	summary := readSource(s, "labelstudio_project_summary", acctest.Values{"project": of})
	expectAsked(s, "the summary", "GET /api/projects/counts/")
	whole := readSource(s, projectType, acctest.Values{"id": of})
	for name, number := range summary {
		if name != "project" && number != whole[name] {
			t.Errorf("%s is %v, and %v in the project", name, number, whole[name])
		}
	}
	if summary["project"] != of || summary["task_number"] != int64(2) || summary["finished_task_number"] != int64(1) || summary["total_annotations_number"] != int64(1) {
		t.Errorf("got %v for a project with two tasks and one annotation", summary)
	}

	_, missing := s.Provider(acctest.Values{}).Read("labelstudio_project_summary", acctest.Values{"project": int64(987654321)})
	missing.Fails("project", "No project has this id", "project 987654321 does not exist")
}

func TestAccStoragesAreThoseOfEachKindAndDirection(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	of, in := s.NewProject(), map[string]string{}
	var want []string
	for _, object := range acctest.ObjectsThat(func(o acctest.Object) bool { return o.Imports() || o.Exports() }) {
		if object.Kind() != "local" && acctest.Clouds == nil {
			continue
		}
		at := s.PlaceFor(object.Kind())
		id := object.Create(s, at.With(map[string]any{"project": of, "title": object.Type}).Fields)
		want = append(want, fmt.Sprintf("%s %d %s", object.Type, id, object.Type))
		if path, ok := at.Fields["path"].(string); ok && object.Kind() == "local" {
			in[object.Type] = path
		}
	}
	var got []string
	for _, storage := range elements(readSource(s, "labelstudio_storages", acctest.Values{"project": of}), "storages") {
		typeName, _ := storage["resource_type"].(string)
		got = append(got, fmt.Sprintf("%s %d %s", typeName, storage["id"], storage["title"]))
		if path := in[typeName]; storage["location"] == nil || path != "" && storage["location"] != path {
			t.Errorf("%s is at %v", typeName, storage["location"])
		}
		if storage["created_at"] == nil || storage["status"] == nil || storage["synchronizable"] != true {
			t.Errorf("got %v", storage)
		}
	}
	if slices.Sort(want); !slices.Equal(slices.Sorted(slices.Values(got)), want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if none := elements(readSource(s, "labelstudio_storages", acctest.Values{"project": s.NewProject()}), "storages"); len(none) > 0 {
		t.Errorf("got %v for a project without storages", none)
	}
	_, missing := s.Provider(acctest.Values{}).Read("labelstudio_storages", acctest.Values{"project": int64(987654321)})
	missing.Fails("project", "No project has this id", "project 987654321 does not exist")
}

// The server's own list of all kinds leaves out one that fails.
func TestAccStoragesOfAKindThatTheServerCantReadAreAnError(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	of := s.NewProject()
	id := s.NewStorage(of, nil)
	s.Change(storageType, id, map[string]any{"path": s.Stored(id).Path, "meta": "text"}) // on which its health check fails
	_, failed := s.Provider(acctest.Values{"retries": int64(0)}).Read("labelstudio_storages", acctest.Values{"project": of})
	failed.Fails("", "Can't read the storages", "api/storages/localfiles/: 500")
}

func TestAccStorageTypesAreThoseOfTheProvider(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	found := readSource(s, "labelstudio_storage_types", acctest.Values{})
	for _, list := range []string{"import_types", "export_types"} {
		var names []string
		for _, service := range elements(found, list) {
			names = append(names, fmt.Sprint(service["name"]))
			if service["title"] == "" {
				t.Errorf("%s has no title", service["name"])
			}
		}
		if slices.Sort(names); !slices.Equal(names, []string{"azure", "gcs", "localfiles", "redis", "s3"}) {
			t.Errorf("%s are %q", list, names)
		}
	}
}

// expectNoLocalStorages expects that a server with local files switched off has neither the
// type nor a storage of it.
func expectNoLocalStorages(s *acctest.Server, project any) {
	s.T.Helper()
	if types := fmt.Sprint(readSource(s, "labelstudio_storage_types", acctest.Values{})); strings.Contains(types, "localfiles") || !strings.Contains(types, "redis") {
		s.T.Errorf("got the types %s", types)
	}
	if found := elements(readSource(s, "labelstudio_storages", acctest.Values{"project": project}), "storages"); len(found) > 0 {
		s.T.Errorf("got the storages %v", found)
	}
}
