package provider_test

import (
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest"
)

// checking is a configuration whose plans ask the server.
func (s *stack) checking(body string) string { return s.configWith("plan_checks = true", body) }

// storageIn is a storage of a project that is there already, as plans can only
// check what they know. Its address is labelstudio_local_storage.<name>.
func storageIn(project int64, name, path string, settings ...string) string {
	return fmt.Sprintf(`
resource "labelstudio_local_storage" %q {
  project = %d
  path    = %q
  %s
}
`, name, project, path, strings.Join(settings, "\n  "))
}

// choices is a labelling configuration with a control.
const choices = `label_config = <<-XML
    <View>
      <Text name="text" value="$text"/>
      <Choices name="%s" toName="text"><Choice value="good"/><Choice value="bad"/></Choices>
    </View>
  XML`

func TestAccRule13ARelativePathIsAnErrorOfThePlan(t *testing.T) {
	s := start(t)
	s.cli().plan(s.checking(storageIn(1, "test", "data/images"))).
		fails("path", "Path is not absolute", "data/images", "as the server sees it")
	if asked := s.proxy.Requests(); len(asked) > 0 {
		t.Errorf("got the requests %v, want none", asked)
	}
}

func TestAccRule13TriggersOfAStorageThatCannotBeSyncedAreAnErrorOfThePlan(t *testing.T) {
	s := start(t)
	s.cli().plan(s.checking(storageIn(1, "test", s.DocumentRoot+"/x", `synchronizable = false`, `sync_triggers = { a = "b" }`))).
		fails("sync_triggers", "Storage can't be synced", "synchronizable = false")
}

func TestAccRule13ALabelConfigThatTheServerRefusesIsAnErrorOfThePlan(t *testing.T) {
	s := start(t)
	tf := s.cli()
	const refused = "The server refuses the labelling configuration"
	for _, wrong := range []struct{ config, says string }{
		{`<View>`, "not well-formed XML"},
		{`<View><Choices name='c' toName='zzz'><Choice value='a'/></Choices></View>`, `toName="zzz" not found in names`},
	} {
		tf.plan(s.checking(project(fmt.Sprintf("label_config = %q", wrong.config)))).fails("label_config", refused, wrong.says)
	}

	tf.apply(s.checking(project(fmt.Sprintf(choices, "quality")))).succeeds()
	tf.plan(s.checking(project(`label_config = "<View>"`))).fails("label_config", refused, "not well-formed XML")
}

func TestAccRule13ALabelConfigThatAnnotationsForbidIsAnErrorOfThePlan(t *testing.T) {
	s := start(t)
	tf := s.cli()
	tf.apply(s.checking(project(fmt.Sprintf(choices, "quality")))).succeeds()
	id := s.newestProject()
	s.call(http.MethodPost, fmt.Sprintf("/api/projects/%d/import", id), []map[string]string{{"text": "a"}}, nil)
	var list struct{ Tasks []struct{ ID int64 } }
	s.call(http.MethodGet, fmt.Sprintf("/api/tasks/?project=%d", id), nil, &list)
	s.annotate(id, list.Tasks[0].ID)

	tf.plan(s.checking(project(fmt.Sprintf(choices, "renamed")))).
		fails("label_config", "The server refuses the labelling configuration", "from_name=quality", "delete the annotations first")
	tf.plan(s.checking(project(fmt.Sprintf(choices, "quality"), `description = "other"`))).succeeds()
}

// annotate annotates a task and makes sure that the server has counted it in the
// summary by which it judges label configs.
func (s *stack) annotate(project, task int64) {
	s.t.Helper()
	s.call(http.MethodPost, fmt.Sprintf("/api/tasks/%d/annotations/", task), map[string]any{"result": []map[string]any{{
		"from_name": "quality", "to_name": "text", "type": "choices", "value": map[string]any{"choices": []string{"good"}},
	}}}, nil)
	var summary struct {
		Annotations map[string]int `json:"created_annotations"`
	}
	s.call(http.MethodGet, fmt.Sprintf("/api/projects/%d/summary/", project), nil, &summary)
	if len(summary.Annotations) != 1 {
		s.t.Fatalf("the server has not counted the annotation: %v", summary)
	}
}

func TestAccRule13ARegexThatTheServerRefusesIsAnErrorOfThePlan(t *testing.T) {
	s := start(t)
	s.since("1.21.0", "it judges no regular expression before a sync")
	tf := s.cli()
	folder, id := s.Folder(t, 1), s.newProject()
	const refused = "The server refuses the regular expression"
	tf.plan(s.checking(storageIn(id, "test", folder, `regex_filter = "["`))).fails("regex_filter", refused, "Python's re module")
	// Go knows no look-ahead, but Python is the judge.
	tf.apply(s.checking(storageIn(id, "test", folder, `regex_filter = "(?=0).*\\.txt"`))).succeeds()
	tf.plan(s.checking(storageIn(id, "test", folder, `regex_filter = "*.txt"`))).fails("regex_filter", refused)
}

func TestAccRule13APlaceThatMayStillAppearIsAWarningOfThePlanAndAnErrorOfTheApply(t *testing.T) {
	s := start(t)
	id := s.newProject()
	for name, test := range map[string]struct{ path, says, cure string }{
		"missing": {filepath.Join(s.DocumentRoot, "nowhere"), "does not exist", "inside a container it is the path inside the container"},
		"outside": {"/etc", "LOCAL_FILES_DOCUMENT_ROOT", "Use a directory below it"},
		"root":    {s.DocumentRoot, "LOCAL_FILES_DOCUMENT_ROOT", "not the root itself"},
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t)
			tf := s.cli()
			for _, settings := range []string{"", `regex_filter = ".*"`} {
				tf.plan(s.checking(storageIn(id, "test", test.path, settings))).
					warns("path", "The server would refuse the storage now", test.says, test.cure, "The apply, or its sync, fails if this is still so by then")
			}
			tf.apply(s.config(storageIn(id, "test", test.path))).
				fails("path", "Can't create the local storage", test.says, test.cure)
		})
	}
}

func TestAccRule13ATwinIsAWarningThatNamesTheImport(t *testing.T) {
	s := start(t)
	outer, id := s.Folder(t, 0), s.newProject()
	inner := filepath.Join(outer, "inner")
	s.makeFolder(inner)
	var twin struct{ ID int64 }
	s.call(http.MethodPost, "/api/storages/localfiles/", map[string]any{"project": id, "path": inner, "title": "by hand"}, &twin)
	command := fmt.Sprintf("terraform import labelstudio_local_storage.<name> %d", twin.ID)

	tf := s.cli()
	for _, path := range []string{inner, outer, inner + "/"} {
		tf.plan(s.checking(storageIn(id, "test", path))).
			warns("path", fmt.Sprintf("The storage %d imports the same files", twin.ID), "by hand", command)
	}
	beside := inner + "-2"
	s.makeFolder(beside)
	tf.plan(s.checking(storageIn(id, "test", beside))).succeeds()
}

// Terraform shows only the first of warnings with equal summaries, and the number of
// the others.
func TestAccRule13EachTwinIsNamedOnATerminal(t *testing.T) {
	s := start(t)
	of := s.newProject()
	var storages string
	var commands []string
	for _, name := range []string{"one", "other"} {
		folder := s.Folder(t, 0)
		var twin struct{ ID int64 }
		s.call(http.MethodPost, "/api/storages/localfiles/", map[string]any{"project": of, "path": folder}, &twin)
		storages += storageIn(of, name, folder)
		commands = append(commands, fmt.Sprintf("terraform import labelstudio_local_storage.<name> %d", twin.ID))
	}
	tf := s.cli()
	tf.write("main.tf", s.checking(storages))
	shown := flat(tf.run("plan", "-no-color", "-input=false").output)
	for _, command := range commands {
		if !strings.Contains(shown, command) {
			t.Errorf("the plan does not show %q:\n%s", command, shown)
		}
	}
}

func TestAccRule13AnExportTwinIsAWarningThatNamesTheImport(t *testing.T) {
	s := start(t)
	folder, id := s.Folder(t, 0), s.newProject()
	var twin struct{ ID int64 }
	s.call(http.MethodPost, "/api/storages/export/localfiles", map[string]any{"project": id, "path": folder, "title": "by hand"}, &twin)
	s.cli().plan(s.checking(strings.Replace(storageIn(id, "test", folder), "labelstudio_local_storage", "labelstudio_local_export_storage", 1))).
		warns("path", fmt.Sprintf("The export storage %d writes to the same place", twin.ID), "by hand", fmt.Sprintf("terraform import labelstudio_local_export_storage.<name> %d", twin.ID))
}

// An apply that was killed may have made the project without knowing.
func TestAccRule13AProjectOfTheSameTitleIsAWarningThatNamesTheImport(t *testing.T) {
	s := start(t)
	tf := s.cli()
	var twin struct{ ID int64 }
	s.call(http.MethodPost, "/api/projects/", map[string]string{"title": "made twice"}, &twin)
	t.Cleanup(func() { s.remove("labelstudio_project", twin.ID) })
	titled := func(name, title string) string {
		return fmt.Sprintf("resource \"labelstudio_project\" %q {\n  title = %q\n}\n", name, title)
	}
	tf.plan(s.checking(titled("one", " made twice "))).
		warns("title", fmt.Sprintf("The project %d has this title", twin.ID), fmt.Sprintf("terraform import labelstudio_project.<name> %d", twin.ID))
	// Neither a part of the title, nor what the same apply makes.
	tf.apply(s.checking(titled("part", "made") + titled("one", "made three times") + titled("other", "made three times"))).succeeds()
	tf.plan(tf.applied).succeeds()
}

func TestAccRule13EachWalkAsksOnceForAnObjectAndOnceForAProject(t *testing.T) {
	s := start(t)
	s.since("1.21.0", "a regular expression costs a request more")
	id := s.newProject()
	tf := s.cli()
	config := func(title string) string {
		return s.checking(
			storageIn(id, "a", s.Folder(t, 0), fmt.Sprintf("title = %q", title)) +
				storageIn(id, "b", s.Folder(t, 0), fmt.Sprintf("title = %q", title), `regex_filter = ".*"`) +
				project(fmt.Sprintf(choices, title)))
	}
	expect := func(walks, lists int) {
		t.Helper()
		for path, want := range map[string]int{
			"/localfiles/validate$":      walks,
			"/localfiles/files$":         walks,
			"/api/projects/.*validate/$": walks,
			`/api/storages/\?`:           lists,
			`/api/projects/\?`:           lists,
		} {
			if got := s.proxy.Count("", path); got != want {
				t.Errorf("got %d requests of %s, want %d in %v", got, path, want, s.proxy.Requests())
			}
		}
		s.proxy.Reset()
	}
	created := config("one")
	tf.plan(created).succeeds()
	expect(1, 1)
	tf.apply(created).succeeds() // one walk to plan, one to apply
	expect(2, 2)
	tf.plan(created).succeeds()
	expect(0, 0)
	tf.plan(strings.ReplaceAll(created, "one", "two")).succeeds()
	expect(1, 0)
}

func TestAccRule13WithoutPlanChecksAPlanAsksNothing(t *testing.T) {
	s := start(t)
	s.cli().plan(s.config(storageIn(1, "test", "/nowhere", `regex_filter = "["`) + project(`label_config = "<View>"`))).succeeds()
	if asked := s.proxy.Requests(); len(asked) > 0 {
		t.Errorf("got the requests %v, want none", asked)
	}
}

func TestAccRule13AServerThatIsNotThereYetStopsNoPlan(t *testing.T) {
	s := start(t)
	s.proxy.Inject(labelstudiotest.Fault{Do: labelstudiotest.ResetBefore()})
	s.cli().plan(s.configWith("retries = 0", storageIn(1, "test", "/data/images", `regex_filter = ".*"`)+project())).succeeds()
	if s.proxy.Count("POST", "validate|files") == 0 {
		t.Error("the plan did not ask, so this test shows nothing")
	}
}
