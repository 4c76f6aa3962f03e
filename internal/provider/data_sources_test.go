package provider_test

import (
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/compare"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
)

// sameObject expects that a data source has found the object, with all that the
// resource knows of it.
func sameObject(source, object string, attributes ...string) []statecheck.StateCheck {
	var checks []statecheck.StateCheck
	for _, name := range attributes {
		checks = append(checks, statecheck.CompareValuePairs(source, tfjsonpath.New(name), object, tfjsonpath.New(name), compare.ValuesSame()))
	}
	return checks
}

func TestAccDataSourceOfAStorageFindsByIDOrInAProjectByTitleOrPath(t *testing.T) {
	s := start(t)
	folder := s.Folder(t, 2)
	objects := project() + pictures(folder, triggers("1"), `title = "the one"`, "recursive_scan = true", `regex_filter = ".*"`) + `
resource "labelstudio_local_storage" "other" {
  project = labelstudio_project.test.id
  path    = "` + s.Folder(t, 0) + `"
  title   = "the other"
}
`
	steps := []resource.TestStep{{Config: s.config(objects)}}
	for _, lookup := range []string{
		"id = labelstudio_local_storage.test.id",
		"project = labelstudio_project.test.id\ntitle = \"the one\"",
		"project = labelstudio_project.test.id\ntitle = \"  the one\\n\"",
		"project = labelstudio_project.test.id\npath = " + quoted(folder),
		"project = labelstudio_project.test.id\npath = " + quoted(filepath.Dir(folder)+"/x/..//"+filepath.Base(folder)+"/"),
		"project = labelstudio_project.test.id\ntitle = \"the one\"\npath = " + quoted(strings.ReplaceAll(folder, "/", `\`)),
	} {
		source := fmt.Sprintf("data \"labelstudio_local_storage\" \"found\" {\n%s\n}\n", lookup)
		steps = append(steps, resource.TestStep{
			Config: s.config(objects + source),
			ConfigStateChecks: sameObject("data.labelstudio_local_storage.found", storageAddress,
				"id", "type", "created_at", "project", "regex_filter", "recursive_scan", "use_blob_urls", "synchronizable",
				"description", "status", "last_sync", "last_sync_count", "last_sync_job", "meta", "traceback"),
		})
	}
	s.test(steps...)
}

func TestAccDataSourceOfAProjectFindsByIDOrExactTitleAndCounts(t *testing.T) {
	s := start(t)
	title := fmt.Sprintf("Exactly %d", s.newProject())
	object := func(name, title string) string {
		return fmt.Sprintf("resource \"labelstudio_project\" %q {\n  title = %q\n  description = %q\n  force_destroy = true\n}\n", name, title, "of "+name)
	}
	objects := object("test", title) + object("longer", title+" and more") + object("other_case", strings.ToLower(title)) +
		pictures(s.Folder(t, 3), triggers("1"))
	var steps []resource.TestStep
	for _, lookup := range []string{"id = labelstudio_project.test.id", fmt.Sprintf("title = %q", title), fmt.Sprintf("title = %q", " "+title+"\n")} {
		source := fmt.Sprintf("data \"labelstudio_project\" \"found\" {\n%s\ndepends_on = [labelstudio_project.test, labelstudio_local_storage.test]\n}\n", lookup)
		const found = "data.labelstudio_project.found"
		steps = append(steps, resource.TestStep{
			Config: s.config(objects + source),
			ConfigStateChecks: append(sameObject(found, projectAddress, "id", "created_at", "description", "label_config", "color", "organization"),
				statecheck.ExpectKnownValue(found, tfjsonpath.New("task_number"), knownvalue.Int64Exact(3)),
				statecheck.ExpectKnownValue(found, tfjsonpath.New("total_annotations_number"), knownvalue.Int64Exact(0)),
			),
		})
	}
	s.test(steps...)
}

func TestAccDataSourceThatFindsNoneOrSeveralListsTheCandidates(t *testing.T) {
	s := start(t)
	tf := s.cli()
	of, empty := s.newProject(), s.newProject()
	folder := s.Folder(t, 0)
	var ids []int64
	for range 2 {
		var made struct{ ID int64 }
		s.call(http.MethodPost, "/api/storages/localfiles/", map[string]any{"project": of, "path": folder, "title": "twin"}, &made)
		ids = append(ids, made.ID)
	}
	candidates := []string{
		fmt.Sprintf(`id %d: title "twin", path %q`, ids[0], folder),
		fmt.Sprintf(`id %d: title "twin", path %q`, ids[1], folder),
	}
	storage := func(project int64, lookup string) outcome {
		return tf.plan(s.config(fmt.Sprintf("data \"labelstudio_local_storage\" \"found\" {\nproject = %d\n%s\n}\n", project, lookup)))
	}
	const block = `data "labelstudio_local_storage" "found" {`
	storage(of, `title = "twin"`).fails(block, "Several local storages match", append(candidates, "by its id")...)
	storage(of, "path = "+quoted(folder+"/")).fails(block, "Several local storages match", candidates...)
	storage(of, `title = "none"`).fails(block, "No local storage matches", candidates...)
	storage(empty, `title = "none"`).fails(block, "No local storage matches", "no local storage at all")
	storage(987654321, `title = "none"`).fails(block, "Can't list the local storages", "No Project matches the given query")

	project := func(lookup string) outcome {
		return tf.plan(s.config(fmt.Sprintf("data \"labelstudio_project\" \"found\" {\n%s\n}\n", lookup)))
	}
	const projectSource = `data "labelstudio_project" "found" {`
	project(`title = "made by hand"`).fails(projectSource, "Several projects match", fmt.Sprintf("id %d: title", of), fmt.Sprintf("id %d: title", empty))
	project(`title = "made by"`).fails(projectSource, "No project matches", fmt.Sprintf("id %d: title", of))

	project("id = 987654321").fails("id", "No project has this id", "project 987654321 does not exist")
	tf.plan(s.config("data \"labelstudio_local_storage\" \"found\" {\nid = 987654321\n}\n")).
		fails("id", "No local storage has this id", "local storage 987654321 does not exist")
}

func TestAccDataSourceWithoutEnoughToFindAnythingIsAnErrorOfThePlan(t *testing.T) {
	s := start(t)
	tf := s.cli()
	for _, lookup := range []string{
		``, `project = 1`, `title = "a"`, "id = 1\nproject = 1", "id = 1\ntitle = \"a\"", "id = 1\npath = \"/a\"",
	} {
		if !tf.plan(s.config(fmt.Sprintf("data \"labelstudio_local_storage\" \"found\" {\n%s\n}\n", lookup))).failed {
			t.Errorf("%q is accepted for a storage", lookup)
		}
	}
	for _, lookup := range []string{``, "id = 1\ntitle = \"a\""} {
		if !tf.plan(s.config(fmt.Sprintf("data \"labelstudio_project\" \"found\" {\n%s\n}\n", lookup))).failed {
			t.Errorf("%q is accepted for a project", lookup)
		}
	}
	if asked := s.proxy.Requests(); len(asked) > 0 {
		t.Errorf("the server was asked: %v", asked)
	}
}

func TestAccDataSourcesOfAllListInTheOrderOfTheIDs(t *testing.T) {
	s := start(t)
	of, empty := s.newProject(), s.newProject()
	folder := s.Folder(t, 0)
	var storages []knownvalue.Check
	for _, title := range []string{"b", "a", "c"} {
		s.call(http.MethodPost, "/api/storages/localfiles/", map[string]any{"project": of, "path": folder, "title": title}, nil)
		storages = append(storages, knownvalue.ObjectPartial(map[string]knownvalue.Check{
			"title": knownvalue.StringExact(title), "project": knownvalue.Int64Exact(of), "path": knownvalue.StringExact(folder), "status": knownvalue.StringExact("initialized"),
		}))
	}
	s.test(resource.TestStep{
		Config: s.config(fmt.Sprintf(`
data "labelstudio_local_storages" "all" { project = %d }
data "labelstudio_local_storages" "none" { project = %d }
data "labelstudio_projects" "all" {}
output "mine" {
  value = [for p in data.labelstudio_projects.all.projects : p.id if contains([%d, %d], p.id)]
}
output "without_secrets" {
  value = alltrue([for p in data.labelstudio_projects.all.projects : !can(p.task_data_password)])
}
`, of, empty, empty, of)),
		ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownValue("data.labelstudio_local_storages.all", tfjsonpath.New("storages"), knownvalue.ListExact(storages)),
			statecheck.ExpectKnownValue("data.labelstudio_local_storages.none", tfjsonpath.New("storages"), knownvalue.ListExact(nil)),
			statecheck.ExpectKnownOutputValue("mine", knownvalue.TupleExact([]knownvalue.Check{knownvalue.Int64Exact(of), knownvalue.Int64Exact(empty)})),
			statecheck.ExpectKnownOutputValue("without_secrets", knownvalue.Bool(true)),
		},
	})
}
