package acceptance_test

import (
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/proxy"
)

// choices is a labeling configuration with a control.
const choices = `label_config = <<-XML
    <View>
      <Text name="text" value="$text"/>
      <Choices name="%s" toName="text"><Choice value="good"/><Choice value="bad"/></Choices>
    </View>
  XML`

// checked is an instance whose plans ask the server.
func checked(s *acctest.Server, typeName string) *acctest.Instance {
	instance := s.Instance(typeName)
	instance.Settings = acctest.Values{"plan_checks": true}
	return instance
}

// choicesNamed is a labeling configuration whose control has the name.
func choicesNamed(name string) string {
	return fmt.Sprintf(`<View><Text name="text" value="$text"/><Choices name=%q toName="text"><Choice value="good"/></Choices></View>`, name)
}

func TestAccPlansTellTheTruthARelativePathIsAnErrorOfThePlan(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	checked(s, storageType).Plan(acctest.Values{"project": 1, "path": "data/images"}).
		Fails("path", "Path is not absolute", "as the server sees it")
	if asked := s.Proxy.Requests(); len(asked) > 0 {
		t.Errorf("got the requests %v, want none", asked)
	}
}

func TestAccPlansTellTheTruthAMistakeThatNoServerNeedsToSeeIsAnErrorOfThePlan(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	const invalid = "Invalid value"
	for name, test := range map[string]struct {
		object             string
		config             acctest.Values
		attribute, summary string
		says               string
	}{
		"a short title":            {"project", acctest.Values{"title": " a "}, "title", "Invalid length", "3 to 50 characters, and has 1"},
		"a date without a time":    {"project", acctest.Values{"title": "pinned", "pinned_at": "2026-11-26"}, "pinned_at", "Value is not RFC 3339", "2026-11-26T00:00:00Z"},
		"no title":                 {"project", acctest.Values{"description": "untitled"}, "title", "Missing value", "title is needed"},
		"no bucket":                {"s3_storage", acctest.Values{"project": 1}, "bucket", "Missing value", "bucket is needed"},
		"an address for a bucket":  {"s3_storage", acctest.Values{"project": 1, "bucket": "s3://images"}, "bucket", invalid, "the name alone"},
		"no whole address":         {"s3_export_storage", acctest.Values{"project": 1, "bucket": "images", "s3_endpoint": "minio:9000"}, "s3_endpoint", invalid, "must start with http://"},
		"a key in Base64":          {"gcs_storage", acctest.Values{"project": 1, "bucket": "images", "google_application_credentials": "e30="}, "google_application_credentials", invalid, "base64decode"},
		"a write-only key's path":  {"gcs_export_storage", acctest.Values{"project": 1, "bucket": "images", "google_application_credentials_wo": "key.json", "google_application_credentials_wo_version": 1}, "google_application_credentials_wo", invalid, "not its path"},
		"a signature for a key":    {"azure_storage", acctest.Values{"project": 1, "container": "images", "account_key": "?sv=1&sig=a"}, "account_key", invalid, "shared access signature"},
		"an address for a host":    {"redis_storage", acctest.Values{"project": 1, "host": "redis://a", "port": "6379"}, "host", invalid, "the name of the host alone"},
		"the database that is not": {"redis_export_storage", acctest.Values{"project": 1, "host": "a", "port": "6379", "db": 0}, "db", invalid, "Label Studio refuses 0"},
	} {
		t.Run(name, func(t *testing.T) {
			checked(s.In(t), "labelstudio_"+test.object).Plan(test.config).Fails(test.attribute, test.summary, test.says)
		})
	}
	if asked := s.Proxy.Requests(); len(asked) > 0 {
		t.Errorf("got the requests %v, want none", asked)
	}
}

func TestAccPlansTellTheTruthTriggersOfAStorageThatCannotBeSyncedAreAnErrorOfThePlan(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	checked(s, storageType).Plan(acctest.Values{"project": 1, "path": s.DocumentRoot + "/x", "synchronizable": false, "sync_triggers": triggers("1")}).
		Fails("sync_triggers", "Storage can't be synced", "synchronizable = false")
}

func TestAccPlansTellTheTruthALabelConfigThatTheServerRefusesIsAnErrorOfThePlan(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	project := checked(s, projectType)
	labelled := func(config string) acctest.Values { return acctest.Values{"title": "labelled", "label_config": config} }
	const refused = "The server refuses the labeling configuration"
	for _, wrong := range []struct{ config, says string }{
		{`<View>`, "not well-formed XML"},
		{`<View><Choices name='c' toName='zzz'><Choice value='a'/></Choices></View>`, `toName="zzz" not found in names`},
	} {
		project.Plan(labelled(wrong.config)).Fails("label_config", refused, wrong.says)
	}

	project.Apply(labelled(choicesNamed("quality"))).Succeeds()
	project.Plan(labelled("<View>")).Fails("label_config", refused, "not well-formed XML")
}

func TestAccPlansTellTheTruthALabelConfigThatAnnotationsForbidIsAnErrorOfThePlan(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	project := checked(s, projectType)
	project.Apply(acctest.Values{"title": "annotated", "label_config": choicesNamed("quality"), "force_destroy": true}).Succeeds()
	id := project.ID()
	s.Call(http.MethodPost, fmt.Sprintf("/api/projects/%d/import", id), []map[string]string{{"text": "a"}}, nil)
	var list struct{ Tasks []struct{ ID int64 } }
	s.Call(http.MethodGet, fmt.Sprintf("/api/tasks/?project=%d", id), nil, &list)
	s.Annotate(id, list.Tasks[0].ID)

	project.Plan(acctest.Values{"title": "annotated", "label_config": choicesNamed("renamed")}).
		Fails("label_config", "The server refuses the labeling configuration", "from_name=quality", "delete the annotations first")
	project.Plan(acctest.Values{"title": "annotated", "label_config": choicesNamed("quality"), "description": "other"}).Succeeds()
}

// The server accepts all of these changes.
func TestAccPlansTellTheTruthALabelConfigThatLeavesOutWhatIsUsedIsAWarningOfThePlan(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	project := checked(s, projectType)
	labelled := func(config string) acctest.Values {
		return acctest.Values{"title": "annotated", "label_config": "<View>" + config + "</View>", "force_destroy": true}
	}
	const text, quality = `<Text name="text" value="$text"/>`, `<Choices name="quality" toName="text"><Choice value="good"/><Choice value="bad"/></Choices>`
	used := labelled(text + quality)
	project.Apply(used).Succeeds()
	id := project.ID()
	s.Call(http.MethodPost, fmt.Sprintf("/api/projects/%d/import", id), []map[string]string{{"text": "a", "page": "1"}, {"text": "b"}}, nil)
	var list struct{ Tasks []struct{ ID int64 } }
	s.Call(http.MethodGet, fmt.Sprintf("/api/tasks/?project=%d", id), nil, &list)
	s.Annotate(id, list.Tasks[0].ID)

	annotations := fmt.Sprintf("Annotations of project %d use what the new label_config leaves out", id)
	data := fmt.Sprintf("The new label_config of project %d does not fit the data of its tasks", id)
	withoutGood := labelled(text + strings.Replace(quality, `<Choice value="good"/>`, "", 1))
	for name, test := range map[string]struct {
		config acctest.Values
		want   map[string][]string // summaries, and what the details say
	}{
		"an unused label": {labelled(text + strings.Replace(quality, `<Choice value="bad"/>`, "", 1)), nil},
		"a used label":    {withoutGood, map[string][]string{annotations: {`the label "good" of "quality" (results: 1)`}}},
		"all controls":    {labelled(text), map[string][]string{annotations: {`the control "quality" (results: 1)`}}},
		"other data": {labelled(strings.ReplaceAll(text, "$text", "$url") + quality), map[string][]string{
			data: {`not all tasks have: "url" (in no task). The tasks have "page" (tasks: about `, `no longer refers to keys that tasks have: "text" (tasks: about `},
		}},
		"more data": {labelled(text + quality + `<Header value="$page"/>`), map[string][]string{data: {`not all tasks have: "page" (tasks: about `}}},
		"everything": {labelled(""), map[string][]string{
			annotations: {`the control "quality" (results: 1)`},
			data:        {`"text" (tasks: about `},
		}},
	} {
		t.Run(name, func(t *testing.T) {
			s.Proxy.Reset()
			plan := project.Plan(test.config)
			if plan.Failed || len(plan.Warnings()) != len(test.want) {
				t.Fatalf("got %s, want a success with the warnings %v", plan.Texts(), test.want)
			}
			for _, warning := range plan.Warnings() {
				says, ok := test.want[warning.Summary]
				for _, text := range says {
					ok = ok && strings.Contains(warning.Detail, text)
				}
				if !ok || warning.Attribute != "label_config" {
					t.Errorf("got %+v, want %v", warning, test.want)
				}
			}
			if got := s.Proxy.Count("GET", "/summary/$"); got != 1 {
				t.Errorf("got %d requests for the summary, want one", got)
			}
		})
	}

	s.Proxy.Reset()
	project.Plan(used.With(acctest.Values{"description": "other"})).Succeeds()
	project.Settings["plan_checks"] = false
	project.Plan(withoutGood).Succeeds()
	if got := s.Proxy.Count("GET", "/summary/$"); got > 0 {
		t.Errorf("got %d requests for the summary, want none", got)
	}
	project.Settings = acctest.Values{"plan_checks": true, "retries": 0}
	s.Proxy.Inject(proxy.Fault{Path: "/summary/$", Do: proxy.ResetBefore()})
	// The server's validation refuses it, its save does not.
	project.Apply(withoutGood).Succeeds()
}

func TestAccPlansTellTheTruthARegexThatTheServerRefusesIsAnErrorOfThePlan(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	s.Since("1.21.0", "it judges no regular expression before a sync")
	storage, place := checked(s, storageType), acctest.Values{"project": s.NewProject(), "path": s.Folder(t, 1)}
	filter := func(regex string) acctest.Values { return place.With(acctest.Values{"regex_filter": regex}) }
	const refused = "The server refuses the regular expression"
	storage.Plan(filter("[")).Fails("regex_filter", refused, "Python's re module")
	// Go knows no look-ahead, but Python is the judge.
	storage.Apply(filter(`(?=0).*\.txt`)).Succeeds()
	storage.Plan(filter("*.txt")).Fails("regex_filter", refused)
}

func TestAccPlansTellTheTruthAPlaceThatMayStillAppearIsAWarningOfThePlanAndAnErrorOfTheApply(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	id := s.NewProject()
	for name, test := range map[string]struct{ path, says, cure string }{
		"missing": {filepath.Join(s.DocumentRoot, "nowhere"), "does not exist", "inside a container it is the path inside the container"},
		"outside": {"/etc", "LOCAL_FILES_DOCUMENT_ROOT", "Use a directory below it"},
		"root":    {s.DocumentRoot, "LOCAL_FILES_DOCUMENT_ROOT", "not the root itself"},
	} {
		t.Run(name, func(t *testing.T) {
			s := s.In(t)
			place := acctest.Values{"project": id, "path": test.path}
			for _, config := range []acctest.Values{place, place.With(acctest.Values{"regex_filter": ".*"})} {
				checked(s, storageType).Plan(config).
					Warns("path", "The server would refuse the storage now", test.says, test.cure, "The apply, or its sync, fails if this is still so by then")
			}
			s.Instance(storageType).Apply(place).Fails("path", "Can't create the local storage", test.says, test.cure)
		})
	}
}

func TestAccPlansTellTheTruthATwinIsAWarningThatNamesTheImport(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	outer, id := s.Folder(t, 0), s.NewProject()
	inner := filepath.Join(outer, "inner")
	s.MakeFolder(inner)
	twin := s.NewStorage(id, map[string]any{"path": inner})
	command := fmt.Sprintf("terraform import labelstudio_local_storage.<name> %d", twin)
	for _, path := range []string{inner, outer, inner + "/"} {
		checked(s, storageType).Plan(acctest.Values{"project": id, "path": path, "recursive_scan": true}).
			Warns("path", fmt.Sprintf("The storage %d imports the same files", twin), command)
	}
	beside := inner + "-2"
	s.MakeFolder(beside)
	checked(s, storageType).Plan(acctest.Values{"project": id, "path": beside}).Succeeds()
	checked(s, storageType).Plan(acctest.Values{"project": id, "path": outer}).Succeeds() // without subdirectories
}

// Terraform shows only the first of warnings with equal summaries, and the number of
// the others.
func TestAccPlansTellTheTruthEachTwinIsNamedOnATerminal(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	of := s.NewProject()
	var storages string
	var commands []string
	for _, name := range []string{"one", "other"} {
		folder := s.Folder(t, 0)
		var twin struct{ ID int64 }
		s.Call(http.MethodPost, "/api/storages/localfiles/", map[string]any{"project": of, "path": folder}, &twin)
		storages += acctest.StorageIn(of, name, folder)
		commands = append(commands, fmt.Sprintf("terraform import labelstudio_local_storage.<name> %d", twin.ID))
	}
	tf := s.Terraform()
	tf.Write("main.tf", s.Checking(storages))
	shown := acctest.Flat(tf.Run("plan", "-no-color", "-input=false").Output)
	for _, command := range commands {
		if !strings.Contains(shown, command) {
			t.Errorf("the plan does not show %q:\n%s", command, shown)
		}
	}
}

func TestAccPlansTellTheTruthAnExportTwinIsAWarningThatNamesTheImport(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	folder, id := s.Folder(t, 0), s.NewProject()
	exports := acctest.ObjectOf(t, "labelstudio_local_export_storage")
	twin := exports.Create(s, map[string]any{"project": id, "path": folder})
	checked(s, exports.Type).Plan(acctest.Values{"project": id, "path": folder}).
		Warns("path", fmt.Sprintf("The export storage %d writes to the same place", twin), fmt.Sprintf("terraform import %s.<name> %d", exports.Type, twin))
}

// An apply that was killed may have made the project without knowing.
func TestAccPlansTellTheTruthAProjectOfTheSameTitleIsAWarningThatNamesTheImport(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	tf := s.Terraform()
	var twin struct{ ID int64 }
	s.Call(http.MethodPost, "/api/projects/", map[string]string{"title": "made twice"}, &twin)
	t.Cleanup(func() { s.RemoveObject("labelstudio_project", twin.ID) })
	titled := func(name, title string) string {
		return fmt.Sprintf("resource \"labelstudio_project\" %q {\n  title = %q\n}\n", name, title)
	}
	tf.Plan(s.Checking(titled("one", " made twice "))).
		Warns("title", fmt.Sprintf("The project %d has this title", twin.ID), fmt.Sprintf("terraform import labelstudio_project.<name> %d", twin.ID))
	// Neither a part of the title, nor what the same apply makes.
	tf.Apply(s.Checking(titled("part", "made") + titled("one", "made three times") + titled("other", "made three times"))).Succeeds()
	tf.Plan(tf.Applied).Succeeds()
}

func TestAccPlansTellTheTruthEachWalkAsksOnceForAnObjectAndOnceForAProject(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	s.Since("1.21.0", "a regular expression costs a request more")
	id := s.NewProject()
	tf := s.Terraform()
	config := func(title string) string {
		return s.Checking(
			acctest.StorageIn(id, "a", s.Folder(t, 0), fmt.Sprintf("title = %q", title)) +
				acctest.StorageIn(id, "b", s.Folder(t, 0), fmt.Sprintf("title = %q", title), `regex_filter = ".*"`) +
				acctest.Project(fmt.Sprintf(choices, title)))
	}
	// A walk with new objects lists others, and makes sure that the server can be used.
	expect := func(walks, withNew int) {
		t.Helper()
		for path, want := range map[string]int{
			"/localfiles/validate$":      walks,
			"/localfiles/files$":         walks,
			"/api/projects/.*validate/$": walks,
			`/storages/localfiles/\?`:    withNew,
			`/export/localfiles\?`:       withNew,
			`/api/projects/\?`:           withNew,
			"/whoami$":                   withNew,
		} {
			if got := s.Proxy.Count("", path); got != want {
				t.Errorf("got %d requests of %s, want %d in %v", got, path, want, s.Proxy.Requests())
			}
		}
		s.Proxy.Reset()
	}
	created := config("one")
	tf.Plan(created).Succeeds()
	expect(1, 1)
	tf.Apply(created).Succeeds() // one walk to plan, one to apply
	expect(2, 2)
	tf.Plan(created).Succeeds()
	expect(0, 0)
	tf.Plan(strings.ReplaceAll(created, "one", "two")).Succeeds()
	expect(1, 0)
}

func TestAccPlansTellTheTruthWithoutPlanChecksAPlanAsksNothing(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	s.Instance(storageType).Plan(acctest.Values{"project": 1, "path": "/nowhere", "regex_filter": "["}).Succeeds()
	s.Instance(projectType).Plan(acctest.Values{"title": "labelled", "label_config": "<View>"}).Succeeds()
	if asked := s.Proxy.Requests(); len(asked) > 0 {
		t.Errorf("got the requests %v, want none", asked)
	}
}
