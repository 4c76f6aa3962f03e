package acceptance_test

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest"
)

var number = regexp.MustCompile(`\d+`)

// expectAsked compares all requests since the last call, in any order, with # for
// each id and without queries, and forgets them. A sync in a queue is looked at until
// its end, as often as that takes.
func expectAsked(s *acctest.Server, what string, want ...string) {
	s.T.Helper()
	count := func(requests []string) map[string]int {
		counts := map[string]int{}
		for _, request := range requests {
			counts[request]++
		}
		return counts
	}
	var got []string
	queued := false
	for _, request := range s.Proxy.Requests() {
		path, _, _ := strings.Cut(request.Path, "?")
		asked := request.Method + " " + number.ReplaceAllString(path, "#")
		if queued && asked == getStorage {
			continue
		}
		queued = queued || s.Stack == labelstudiotest.Worker && asked == syncStorage
		got = append(got, asked)
	}
	if !maps.Equal(count(got), count(want)) {
		s.T.Errorf("%s: the requests are\n  %s\nwant\n  %s", what, strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
	s.Proxy.Reset()
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
func TestAccFewRequestsOfEachCommand(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	tf := s.Terraform()
	folder := s.Folder(t, 1)
	config := func(ofProject string, ofStorage ...string) string {
		return s.Config(acctest.Project(ofProject) + acctest.Pictures(folder, ofStorage...))
	}

	created := config("")
	tf.Plan(created).Succeeds()
	expectAsked(s, "plan of a creation")
	tf.Apply(created).Succeeds()
	expectAsked(s, "creation", postProject, postStorage)
	tf.Plan(created).Succeeds()
	expectAsked(s, "plan without a change", getProject, getStorage)
	tf.Apply(created).Succeeds()
	expectAsked(s, "apply without a change", getProject, getStorage)

	tf.Apply(config(`description = "new"`, `title = "new"`, `regex_filter = ".*"`)).Succeeds()
	expectAsked(s, "change", getProject, getStorage, getProject, patchProject, getStorage, patchStorage)

	changed := []string{`title = "new"`, `regex_filter = ".*"`}
	ours := append(changed, "wait_for_sync = false", `timeouts = { update = "1m" }`, "sync_triggers = {}")
	tf.Apply(strings.Replace(config(`description = "new"`, ours...), "force_destroy = true", "force_destroy = false", 1)).Succeeds()
	expectAsked(s, "change of attributes of ours", getProject, getStorage, getProject, getStorage)

	tf.Apply(config(`description = "new"`, append(changed, acctest.Triggers("1"))...)).Succeeds()
	expectAsked(s, "sync, and change of force_destroy", getProject, getStorage, getProject, getStorage, syncStorage)
	tf.Apply(config(`description = "new"`, acctest.Triggers("2"))).Succeeds()
	expectAsked(s, "change and sync", getProject, getStorage, getStorage, patchStorage, syncStorage)

	// The plan of a destroy asks what would be lost, and so does the apply for
	// force_destroy.
	if tf.Apply(s.Config(acctest.Project(`description = "new"`))).Failed {
		t.Fatal("the storage was not destroyed")
	}
	expectAsked(s, "destruction of the storage", getProject, getStorage, getStorage, getStorage, deleteStorage)
	if tf.Apply(s.Config("")).Failed {
		t.Fatal("the project was not destroyed")
	}
	expectAsked(s, "destruction of the project", getProject, getProject, getProject, deleteProject)
}

func TestAccFewRequestsOfACreationThatSyncs(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	tf := s.Terraform()
	tf.Apply(s.Config(acctest.Project() + acctest.Pictures(s.Folder(t, 3), acctest.Triggers("1")))).Succeeds()
	expectAsked(s, "creation with a sync", postProject, postStorage, syncStorage)
}

func TestAccFewRequestsOfDataSources(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	tf := s.Terraform()
	folder := s.Folder(t, 0)
	objects := strings.Replace(acctest.Project(), "acceptance test", "counted", 1) + acctest.Storage(folder)
	tf.Apply(s.Config(objects)).Succeeds()
	id, of := tf.ID(acctest.StorageAddress), tf.ID(acctest.ProjectAddress)
	s.Proxy.Reset()
	for source, want := range map[string]string{
		fmt.Sprintf(`data "labelstudio_local_storage" "one" { id = %d }`, id):                               getStorage,
		fmt.Sprintf("data \"labelstudio_local_storage\" \"one\" {\nproject = %d\npath = %q\n}", of, folder): "GET /api/storages/localfiles/",
		fmt.Sprintf(`data "labelstudio_local_storages" "all" { project = %d }`, of):                         "GET /api/storages/localfiles/",
		fmt.Sprintf(`data "labelstudio_project" "one" { id = %d }`, of):                                     getProject,
		`data "labelstudio_project" "one" { title = "counted" }`:                                            "GET /api/projects/",
		`data "labelstudio_projects" "all" {}`:                                                              "GET /api/projects/",
	} {
		tf.Plan(s.Config(objects + source)).Succeeds()
		expectAsked(s, source, getProject, getStorage, want)
	}
}

func TestAccFewRequestsAPatchCarriesWhatChangedAndWhatTheServerInsistsOn(t *testing.T) {
	t.Parallel()
	acctest.Each(t, acctest.Objects, func(s *acctest.Server, object acctest.Object) {
		samples := s.SamplesOf(object)
		silent := append(acctest.SecretsOf(acctest.AttributesOf(s.T, object.Type)), object.TooNew(s)...) // what no response holds
		sent := s.Sent(object.Change())
		for name := range samples {
			instance := s.Instance(object.Type)
			instance.Change(samples.With(name, samples.One)).Succeeds()
			stored := s.Fields(object.Type, instance.ID())
			*sent = nil
			instance.Change(samples.With(name, samples.Other)).Succeeds()

			field := cmp.Or(acctest.SecretOf(name), name)
			var want []map[string]any
			_, known := stored[field]
			// An attribute of ours is no field of the API.
			if (known || slices.Contains(silent, field)) && !slices.Contains(acctest.ReplacedBy, field) {
				want = append(want, samples.Patch(object, stored, field, samples.Other(field)))
			}
			s.ExpectSent(sent, want...)
		}
	})
}
