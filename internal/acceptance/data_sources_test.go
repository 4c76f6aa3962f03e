package acceptance_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
)

// expectFound expects that a data source finds an object, with all that the resource
// knows of it.
func expectFound(s *acctest.Server, typeName string, lookup acctest.Values, want map[string]any, attributes ...string) map[string]any {
	s.T.Helper()
	found, result := s.Provider(acctest.Values{}).Read(typeName, lookup)
	result.Succeeds()
	for _, name := range attributes {
		if !acctest.SameJSON(found[name], want[name]) {
			s.T.Errorf("%v finds %v for %s, want %v", lookup, found[name], name, want[name])
		}
	}
	return found
}

func TestAccDataSourceOfAStorageFindsByIDOrInAProjectByTitleOrPath(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	folder, of := s.Folder(t, 2), s.NewProject()
	storage := s.Instance(storageType)
	storage.Apply(acctest.Values{"project": of, "path": folder, "use_blob_urls": true, "sync_triggers": triggers("1"), "title": "the one", "recursive_scan": true, "regex_filter": ".*"}).Succeeds()
	s.NewStorage(of, map[string]any{"title": "the other"})
	stored := s.Fields(storageType, storage.ID())
	for _, lookup := range []acctest.Values{
		{"id": storage.ID()},
		{"project": of, "title": "the one"},
		{"project": of, "title": "  the one\n"},
		{"project": of, "path": folder},
		{"project": of, "path": filepath.Dir(folder) + "/x/..//" + filepath.Base(folder) + "/"},
		{"project": of, "title": "the one", "path": strings.ReplaceAll(folder, "/", `\`)},
	} {
		found := expectFound(s, storageType, lookup, storage.Attributes(),
			"id", "type", "created_at", "project", "regex_filter", "recursive_scan", "use_blob_urls", "synchronizable",
			"description", "status", "last_sync", "last_sync_count", "last_sync_job")
		var meta any
		if err := json.Unmarshal([]byte(fmt.Sprint(found["meta"])), &meta); err != nil || !acctest.SameJSON(meta, stored["meta"]) || found["traceback"] != stored["traceback"] {
			t.Errorf("%v finds the meta %v and the traceback %v, want %v and %v", lookup, found["meta"], found["traceback"], stored["meta"], stored["traceback"])
		}
	}
}

func TestAccDataSourceOfAProjectFindsByIDOrExactTitleAndCounts(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	title := fmt.Sprintf("Exactly %d", s.NewProject())
	project := s.Instance(projectType)
	project.Apply(acctest.Values{"title": title, "description": "of the test"}).Succeeds()
	for _, other := range []string{title + " and more", strings.ToLower(title)} {
		s.Instance(projectType).Apply(acctest.Values{"title": other}).Succeeds()
	}
	storage := s.Instance(storageType)
	storage.Apply(acctest.Values{"project": project.ID(), "path": s.Folder(t, 3), "use_blob_urls": true, "sync_triggers": triggers("1")}).Succeeds()
	for _, lookup := range []acctest.Values{{"id": project.ID()}, {"title": title}, {"title": " " + title + "\n"}} {
		found := expectFound(s, projectType, lookup, project.Attributes(), "id", "created_at", "description", "label_config", "color", "organization")
		if found["task_number"] != int64(3) || found["total_annotations_number"] != int64(0) {
			t.Errorf("%v finds %v tasks and %v annotations, want 3 and 0", lookup, found["task_number"], found["total_annotations_number"])
		}
	}
}

func TestAccDataSourceThatFindsNoneOrSeveralListsTheCandidates(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	tf := s.Terraform()
	of, empty := s.NewProject(), s.NewProject()
	folder := s.Folder(t, 0)
	var ids []int64
	for range 2 {
		var made struct{ ID int64 }
		s.Call(http.MethodPost, "/api/storages/localfiles/", map[string]any{"project": of, "path": folder, "title": "twin"}, &made)
		ids = append(ids, made.ID)
	}
	candidates := fmt.Sprintf("these ids: %d, %d. The data source labelstudio_local_storages", ids[0], ids[1])
	storage := func(project int64, lookup string) acctest.Result {
		return tf.Plan(s.Config(fmt.Sprintf("data \"labelstudio_local_storage\" \"found\" {\nproject = %d\n%s\n}\n", project, lookup)))
	}
	const block = `data "labelstudio_local_storage" "found" {`
	storage(of, `title = "twin"`).Fails(block, "Several local storages match", candidates, "by its id")
	storage(of, "path = "+acctest.Quoted(folder+"/")).Fails(block, "Several local storages match", candidates)
	storage(of, `title = "none"`).Fails(block, "No local storage matches", "with this title.", candidates)
	storage(empty, `title = "none"`).Fails(block, "No local storage matches", "no local storage at all")
	storage(987654321, `title = "none"`).Fails(block, "Can't list the local storages", "No Project matches the given query")

	project := func(lookup string) acctest.Result {
		return tf.Plan(s.Config(fmt.Sprintf("data \"labelstudio_project\" \"found\" {\n%s\n}\n", lookup)))
	}
	const projectSource = `data "labelstudio_project" "found" {`
	project(`title = "made by hand"`).Fails(projectSource, "Several projects match", strconv.FormatInt(of, 10), strconv.FormatInt(empty, 10))
	// The server filters by title, so it has said nothing of other projects.
	if missing := project(`title = "no such"`).Fails(projectSource, "No project matches", "The server has no project with this title."); strings.Contains(missing.Texts(), "no project at all") {
		t.Error(missing.Texts())
	}
	project(`title = "made by"`).Fails(projectSource, "No project matches", "these ids: ", strconv.FormatInt(of, 10))

	project("id = 987654321").Fails("id", "No project has this id", "project 987654321 does not exist")
	tf.Plan(s.Config("data \"labelstudio_local_storage\" \"found\" {\nid = 987654321\n}\n")).
		Fails("id", "No local storage has this id", "local storage 987654321 does not exist")
}

func TestAccDataSourceWithoutEnoughToFindAnythingIsAnErrorOfThePlan(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	tf := s.Terraform()
	for _, lookup := range []string{
		``, `project = 1`, `title = "a"`, "id = 1\nproject = 1", "id = 1\ntitle = \"a\"", "id = 1\npath = \"/a\"",
	} {
		if !tf.Plan(s.Config(fmt.Sprintf("data \"labelstudio_local_storage\" \"found\" {\n%s\n}\n", lookup))).Failed {
			t.Errorf("%q is accepted for a storage", lookup)
		}
	}
	for _, lookup := range []string{``, "id = 1\ntitle = \"a\""} {
		if !tf.Plan(s.Config(fmt.Sprintf("data \"labelstudio_project\" \"found\" {\n%s\n}\n", lookup))).Failed {
			t.Errorf("%q is accepted for a project", lookup)
		}
	}
	if asked := s.Proxy.Requests(); len(asked) > 0 {
		t.Errorf("the server was asked: %v", asked)
	}
}

func TestAccDataSourcesOfAllListInTheOrderOfTheIDs(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	of, empty := s.NewProject(), s.NewProject()
	folder, titles := s.Folder(t, 0), []string{"b", "a", "c"}
	for _, title := range titles {
		s.NewStorage(of, map[string]any{"path": folder, "title": title})
	}
	read := func(typeName, list string, config acctest.Values) (all []map[string]any) {
		t.Helper()
		found, result := s.Provider(acctest.Values{}).Read(typeName, config)
		result.Succeeds()
		elements, _ := found[list].([]any)
		for _, element := range elements {
			attributes, _ := element.(map[string]any)
			all = append(all, attributes)
		}
		return all
	}
	storages := read("labelstudio_local_storages", "storages", acctest.Values{"project": of})
	if len(storages) != len(titles) {
		t.Fatalf("got %v, want three storages", storages)
	}
	for i, got := range storages {
		if got["title"] != titles[i] || got["project"] != of || got["path"] != folder || got["status"] != "initialized" {
			t.Errorf("storage %d is %v, want %q", i, got, titles[i])
		}
	}
	if none := read("labelstudio_local_storages", "storages", acctest.Values{"project": empty}); len(none) != 0 {
		t.Errorf("got the storages %v of an empty project", none)
	}
	var mine []any
	for _, project := range read("labelstudio_projects", "projects", acctest.Values{}) {
		if project["id"] == of || project["id"] == empty {
			mine = append(mine, project["id"])
		}
		if _, there := project["task_data_password"]; there {
			t.Errorf("the data source holds a secret: %v", project)
		}
	}
	if !slices.Equal(mine, []any{of, empty}) {
		t.Errorf("got the projects %v, want %d and %d in this order", mine, of, empty)
	}
}
