package provider_test

import (
	"fmt"
	"maps"
	"regexp"
	"strings"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest"
)

var number = regexp.MustCompile(`\d+`)

// expectAsked compares all requests since the last call, in any order, with # for
// each id and without queries, and forgets them. A sync in a queue is looked at until
// its end, as often as that takes.
func (s *stack) expectAsked(what string, want ...string) {
	s.t.Helper()
	count := func(requests []string) map[string]int {
		counts := map[string]int{}
		for _, request := range requests {
			counts[request]++
		}
		return counts
	}
	var got []string
	queued := false
	for _, request := range s.proxy.Requests() {
		path, _, _ := strings.Cut(request.Path, "?")
		asked := request.Method + " " + number.ReplaceAllString(path, "#")
		if queued && asked == getStorage {
			continue
		}
		queued = queued || s.Stack == labelstudiotest.Worker && asked == syncStorage
		got = append(got, asked)
	}
	if !maps.Equal(count(got), count(want)) {
		s.t.Errorf("%s: the requests are\n  %s\nwant\n  %s", what, strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
	s.proxy.Reset()
}

const (
	postProject   = "POST /api/projects/"
	getProject    = "GET /api/projects/#/"
	patchProject  = "PATCH /api/projects/#/"
	deleteProject = "DELETE /api/projects/#/"
	postStorage   = "POST /api/storages/localfiles/"
	getStorage    = "GET /api/storages/localfiles/#"
	patchStorage  = "PATCH /api/storages/localfiles/#"
	deleteStorage = "DELETE /api/storages/localfiles/#"
	syncStorage   = "POST /api/storages/localfiles/#/sync"
)

// An apply of a configuration plans it first, which refreshes what there is. Before it
// changes or destroys something, it makes sure that this is what the state knows.
func TestAccRequestCountsOfTheCommandsAreAsSmallAsTheyCanBe(t *testing.T) {
	s := start(t)
	tf := s.cli()
	folder := s.Folder(t, 1)
	config := func(ofProject string, ofStorage ...string) string {
		return s.config(project(ofProject) + pictures(folder, ofStorage...))
	}

	created := config("")
	tf.plan(created).succeeds()
	s.expectAsked("plan of a creation")
	tf.apply(created).succeeds()
	s.expectAsked("creation", postProject, postStorage)
	tf.plan(created).succeeds()
	s.expectAsked("plan without a change", getProject, getStorage)
	tf.apply(created).succeeds()
	s.expectAsked("apply without a change", getProject, getStorage)

	tf.apply(config(`description = "new"`, `title = "new"`, `regex_filter = ".*"`)).succeeds()
	s.expectAsked("change", getProject, getStorage, getProject, patchProject, getStorage, patchStorage)

	changed := []string{`title = "new"`, `regex_filter = ".*"`}
	ours := append(changed, "wait_for_sync = false", `timeouts = { update = "1m" }`, "sync_triggers = {}")
	tf.apply(strings.Replace(config(`description = "new"`, ours...), "force_destroy = true", "force_destroy = false", 1)).succeeds()
	s.expectAsked("change of attributes of ours", getProject, getStorage, getProject, getStorage)

	tf.apply(config(`description = "new"`, append(changed, triggers("1"))...)).succeeds()
	s.expectAsked("sync, and change of force_destroy", getProject, getStorage, getProject, getStorage, syncStorage)
	tf.apply(config(`description = "new"`, triggers("2"))).succeeds()
	s.expectAsked("change and sync", getProject, getStorage, getStorage, patchStorage, syncStorage)

	// force_destroy needs to know in the plan and again in the apply what would be
	// lost.
	if tf.apply(s.config(project(`description = "new"`))).failed {
		t.Fatal("the storage was not destroyed")
	}
	s.expectAsked("destruction of the storage", getProject, getStorage, getStorage, deleteStorage)
	if tf.apply(s.config("")).failed {
		t.Fatal("the project was not destroyed")
	}
	s.expectAsked("destruction of the project", getProject, getProject, getProject, deleteProject)
}

func TestAccRequestCountsOfACreationThatSyncs(t *testing.T) {
	s := start(t)
	tf := s.cli()
	tf.apply(s.config(project() + pictures(s.Folder(t, 3), triggers("1")))).succeeds()
	s.expectAsked("creation with a sync", postProject, postStorage, syncStorage)
}

func TestAccRequestCountsOfDataSources(t *testing.T) {
	s := start(t)
	tf := s.cli()
	folder := s.Folder(t, 0)
	objects := strings.Replace(project(), "acceptance test", "counted", 1) + storage(folder)
	tf.apply(s.config(objects)).succeeds()
	id, of := tf.id(storageAddress), tf.id(projectAddress)
	s.proxy.Reset()
	for source, want := range map[string]string{
		fmt.Sprintf(`data "labelstudio_local_storage" "one" { id = %d }`, id):                               getStorage,
		fmt.Sprintf("data \"labelstudio_local_storage\" \"one\" {\nproject = %d\npath = %q\n}", of, folder): "GET /api/storages/localfiles/",
		fmt.Sprintf(`data "labelstudio_local_storages" "all" { project = %d }`, of):                         "GET /api/storages/localfiles/",
		fmt.Sprintf(`data "labelstudio_project" "one" { id = %d }`, of):                                     getProject,
		`data "labelstudio_project" "one" { title = "counted" }`:                                            "GET /api/projects/",
		`data "labelstudio_projects" "all" {}`:                                                              "GET /api/projects/",
	} {
		tf.plan(s.config(objects + source)).succeeds()
		s.expectAsked(source, getProject, getStorage, want)
	}
}
