package acceptance_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/proxy"
)

const (
	anyProject       = "GET /api/projects/"
	validateStorage  = "POST /api/storages/localfiles/validate"
	filesOfStorage   = "POST /api/storages/localfiles/files"
	access           = "GET /api/current-user/whoami" // of a plan with a new object
	readStorage      = "GET /api/storages/localfiles/#"
	importsOfProject = "GET /api/storages/localfiles/"
	exportsOfProject = "GET /api/storages/export/localfiles"
)

// A storage of a new project is checked in another project, in which the server saves
// nothing.
func TestAccPlansTellTheTruthOfAStorageInANewProject(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	s.Since("1.21.0", "it judges no regular expression before a sync")
	there, folder := s.NewProject(), s.Folder(t, 1)
	place := acctest.Values{"project": acctest.Unknown, "path": folder}
	missing := place.With(acctest.Values{"path": filepath.Join(folder, "nowhere")})
	for name, test := range map[string]struct {
		config acctest.Values
		expect func(acctest.Plan)
		asked  []string
	}{
		"a good one":             {place, func(p acctest.Plan) { p.Succeeds() }, []string{anyProject, validateStorage}},
		"a missing directory":    {missing, func(p acctest.Plan) { p.Warns("path", "The server would refuse the storage now", "does not exist") }, []string{anyProject, validateStorage}},
		"a bad filter":           {place.With(acctest.Values{"regex_filter": "["}), func(p acctest.Plan) { p.Fails("regex_filter", "The server refuses the regular expression") }, []string{anyProject, filesOfStorage}},
		"another unknown":        {missing.With(acctest.Values{"regex_filter": acctest.Unknown}), func(p acctest.Plan) { p.Succeeds() }, nil},
		"an unknown of the plan": {missing.With(acctest.Values{"sync_triggers": acctest.Unknown}), func(p acctest.Plan) { p.Warns("path", "The server would refuse the storage now") }, []string{anyProject, validateStorage}},
	} {
		t.Run(name, func(t *testing.T) {
			s := s.In(t)
			s.Proxy.Reset()
			test.expect(checked(s, storageType).Plan(test.config))
			expectAsked(s, name, append([]string{access}, test.asked...)...)
		})
	}
	var saved []any
	if s.Call(http.MethodGet, fmt.Sprintf("/api/storages/?project=%d", there), nil, &saved); len(saved) > 0 {
		t.Errorf("the plans have saved %v", saved)
	}

	unchecked := s.Instance(storageType)
	unchecked.Plan(missing).Succeeds()
	expectAsked(s, "without plan checks")
}

func TestAccPlansTellTheTruthOfAStorageInANewProjectOfEachKind(t *testing.T) {
	t.Parallel()
	acctest.NeedsClouds(t)
	storages := acctest.ObjectsThat(func(o acctest.Object) bool { return (o.Imports() || o.Exports()) && o.Kind() != "local" })
	acctest.Each(t, storages, func(s *acctest.Server, object acctest.Object) {
		s.NewProject()
		config := acctest.Values(s.PlaceFor(object.Kind()).Fields).With(acctest.Values{"project": acctest.Unknown})
		checked(s, object.Type).Plan(config).Succeeds()
		wrong := map[string]acctest.Values{
			"s3": {"bucket": "nowhere"}, "gcs": {"bucket": "nowhere"}, "azure": {"container": "nowhere"}, "redis": {"port": "9"},
		}[object.Kind()]
		plan := checked(s, object.Type).Plan(config.With(wrong))
		if warnings := plan.Warnings(); plan.Failed || len(warnings) != 1 || warnings[0].Summary != "The server would refuse the storage now" {
			t.Errorf("got %s", plan.Texts())
		}
	})
}

// What the plan learns of the project that it borrows is not the user's concern.
func TestAccPlansTellTheTruthOfAStorageInANewProjectAndNothingOfAnother(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	s.NewProject()
	missing := acctest.Values{"project": acctest.Unknown, "path": filepath.Join(s.DocumentRoot, "nowhere")}
	for name, test := range map[string]struct {
		list      proxy.Action
		validates int
	}{
		"no project at all":          {proxy.Respond(http.StatusOK, `{"count":0,"next":null,"previous":null,"results":[]}`, "Content-Type", "application/json"), 0},
		"a project that is gone":     {proxy.Respond(http.StatusOK, `{"count":1,"next":null,"previous":null,"results":[{"id":999999999}]}`, "Content-Type", "application/json"), 1},
		"a list that nobody may see": {proxy.Respond(http.StatusForbidden, `{"detail":"no"}`, "Content-Type", "application/json"), 0},
		"a connection that breaks":   {proxy.ResetBefore(), 0},
	} {
		t.Run(name, func(t *testing.T) {
			s := s.In(t)
			s.Proxy.Reset()
			s.Proxy.Inject(proxy.Fault{Path: `^/api/projects/\?`, Do: test.list})
			storage := checked(s, storageType)
			storage.Settings["retries"] = 0
			storage.Plan(missing).Succeeds()
			if got := s.Proxy.Count("POST", "/validate$"); got != test.validates {
				t.Errorf("got %d validations, want %d", got, test.validates)
			}
		})
	}
}

// folderOf is a folder with empty files.
func folderOf(s *acctest.Server, files ...string) string {
	s.T.Helper()
	folder := s.Folder(s.T, 0)
	for _, name := range files {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(folder, name)), 0o755); err != nil { //nolint:gosec // a server of the user's may run as another user
			s.T.Fatal(err)
		}
		acctest.AddFile(s.T, folder, name, "")
	}
	return folder
}

func TestAccPlansTellTheTruthOfWhatAnImportTakes(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	s.Since("1.21.0", "it lists no files")
	const (
		none   = "regex_filter takes no file"
		empty  = "The storage has no files to import"
		hidden = "A sync would import hidden files"
		unread = "A sync would not read the tasks in JSON files"
		fails  = "A sync would fail at files that hold no tasks"
	)
	filter := func(regex string) acctest.Values { return acctest.Values{"regex_filter": regex} }
	urls := acctest.Values{"use_blob_urls": true}
	recursive := acctest.Values{"recursive_scan": true}
	for name, test := range map[string]struct {
		files             []string
		config            acctest.Values
		attribute, warned string // "" if there is no warning
		says              []string
	}{
		"tasks":                                 {[]string{"a.json", "b.jsonl", "tasks"}, nil, "", "", nil},
		"pictures":                              {[]string{"a.jpg"}, urls, "", "", nil},
		"pictures as tasks":                     {[]string{"a.JPG", "b.json", "c.wav"}, nil, "use_blob_urls", fails, []string{"documents: 2, such as ", "/a.JPG", "/c.wav"}},
		"pictures as tasks that a filter takes": {[]string{"a.jpg", "b.json"}, filter(`.*\.jpg`), "use_blob_urls", fails, []string{"1, such as "}},
		"pictures that a filter leaves out":     {[]string{"a.jpg", "b.json"}, filter(`.*\.json`), "", "", nil},
		"tasks as pictures":                     {[]string{"a.jpg", "b.json"}, urls, "use_blob_urls", unread, []string{"1, such as ", "/b.json"}},
		"tasks that a filter leaves out":        {[]string{"a.jpg", "b.json"}, urls.With(filter(`.*\.jpg`)), "", "", nil},
		"a filter that takes nothing":           {[]string{"f0.jpg"}, urls.With(filter("jpg")), "regex_filter", none, []string{"None of the files matches", "/f0.jpg", `regex_filter has to match from the start`, "path has to be a directory"}},
		"a filter with blanks around":           {[]string{"f0.jpg"}, urls.With(filter(` .*\.jpg `)), "", "", nil},
		"a filter in another case":              {[]string{"f0.JPG"}, urls.With(filter(`.*\.jpg`)), "regex_filter", none, []string{"is case-sensitive"}},
		"a filter that ignores case":            {[]string{"f0.JPG"}, urls.With(filter(`(?i).*\.jpg`)), "", "", nil},
		"a filter with a comment":               {[]string{"f0.jpg"}, urls.With(filter(`(?x) jpg # a comment`)), "", "", nil},
		"a filter that Go does not know":        {[]string{"f0.jpg"}, urls.With(filter(`(?!f).*`)), "", "", nil},
		"a filter for letters of any script":    {[]string{"M\u00e4rz.jpg"}, urls.With(filter(`\w+\.jpg`)), "", "", nil},
		"an empty directory":                    {nil, urls, "path", empty, []string{"path has to be a directory"}},
		"an empty directory and a filter":       {nil, urls.With(filter(`(?!f).*`)), "path", empty, nil},
		"subdirectories alone":                  {[]string{"in/a.jpg"}, urls, "path", empty, []string{"recursive_scan = true"}},
		"subdirectories":                        {[]string{"in/a.jpg"}, urls.With(recursive), "", "", nil},
		"a hidden file":                         {[]string{"a.jpg", ".DS_Store"}, urls, "regex_filter", hidden, []string{"1, such as ", "/.DS_Store", `regex_filter = "[^.].*"`}},
		"a hidden file that is left out":        {[]string{"a.jpg", ".DS_Store"}, urls.With(filter("[^.].*")), "", "", nil},
		"a hidden directory":                    {[]string{"a.jpg", ".git/config"}, urls.With(recursive), "regex_filter", hidden, []string{"/.git/config", "does not leave out hidden directories"}},
		"a hidden directory that is not read":   {[]string{"a.jpg", ".git/config"}, urls, "", "", nil},
	} {
		t.Run(name, func(t *testing.T) {
			s := s.In(t)
			config := acctest.Values{"project": s.NewProject(), "path": folderOf(s, test.files...)}.With(test.config)
			checked(s, storageType).Plan(config).Succeeds() // nothing is to be imported
			s.Proxy.Reset()
			plan := checked(s, storageType).Plan(withTrigger(config, "1"))
			if test.warned == "" {
				plan.Succeeds()
			} else {
				plan.Warns(test.attribute, test.warned, test.says...)
			}
			expectAsked(s, name, access, filesOfStorage, importsOfProject, exportsOfProject)
		})
	}
}

// The server reads no more than it is asked for, even if the filter takes none of it.
func TestAccPlansTellTheTruthOfWhatAnImportTakesOfManyFilesByTheFirst(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	s.Since("1.21.0", "it lists no files")
	folder := s.Folder(t, 1001)
	config := withTrigger(acctest.Values{"project": s.NewProject(), "path": folder, "use_blob_urls": true}, "1")
	var rows int
	s.Proxy.Inject(proxy.Fault{Path: "/files$", Do: proxy.RewriteBody(func(body []byte) []byte {
		rows = strings.Count(string(body), `"key"`)
		return body
	})})
	checked(s, storageType).Plan(config.With(acctest.Values{"regex_filter": "jpg"})).
		Warns("regex_filter", "regex_filter takes no file", "None of the first 1000 files matches, such as ", "/0001.txt")
	if rows != 1001 { // and one that says that there are more
		t.Errorf("the server listed %d files", rows)
	}
	acctest.AddFile(t, folder, "0000.json", "")
	checked(s, storageType).Plan(config).Warns("use_blob_urls", "A sync would not read the tasks in JSON files", "JSON files: at least 1, such as ")
}

func TestAccPlansTellTheTruthOfWhatAnImportTakesWhenItChanges(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	s.Since("1.21.0", "it lists no files")
	config := acctest.Values{"project": s.NewProject(), "path": folderOf(s, "a.jpg"), "use_blob_urls": true}
	storage := checked(s, storageType)
	storage.Apply(withTrigger(config, "1")).Succeeds()
	s.Proxy.Reset()
	for name, test := range map[string]struct {
		config acctest.Values
		warned []string
		asked  []string
	}{
		"nothing":      {withTrigger(config, "1"), nil, nil},
		"the triggers": {withTrigger(config, "2"), nil, nil},
		"the title":    {withTrigger(config, "1").With(acctest.Values{"title": "new"}), nil, []string{validateStorage}},
		"the filter":   {withTrigger(config, "1").With(acctest.Values{"regex_filter": "jpg"}), []string{"regex_filter takes no file"}, []string{filesOfStorage}},
		"the reading":  {withTrigger(config, "1").With(acctest.Values{"use_blob_urls": false}), []string{"A sync would fail at files that hold no tasks"}, []string{filesOfStorage}},
		"no triggers":  {config.With(acctest.Values{"regex_filter": "jpg"}), nil, []string{filesOfStorage}},
		"the path":     {withTrigger(config, "1").With(acctest.Values{"path": s.Folder(t, 0)}), []string{"Tasks of the old place lose their files", "The storage has no files to import"}, []string{readStorage, filesOfStorage, importsOfProject, exportsOfProject}},
	} {
		t.Run(name, func(t *testing.T) {
			storage.Use(s.In(t))
			plan := storage.PlanUnrefreshed(test.config)
			var warned []string
			for _, warning := range plan.Warnings() {
				warned = append(warned, warning.Summary)
			}
			if !slices.Equal(warned, test.warned) {
				t.Errorf("got %s, want %q", plan.Texts(), test.warned)
			}
			expectAsked(s, name, test.asked...)
		})
	}
}

func TestAccPlansTellTheTruthOfWhatAnImportTakesFromTheClouds(t *testing.T) {
	t.Parallel()
	acctest.NeedsClouds(t)
	imports := acctest.ObjectsThat(func(o acctest.Object) bool {
		return o.Imports() && !slices.Contains([]string{"local", "redis"}, o.Kind())
	})
	acctest.Each(t, imports, func(s *acctest.Server, object acctest.Object) {
		s.Since("1.21.0", "it lists no files")
		place, of := s.PlaceFor(object.Kind()), s.NewProject()
		for _, key := range []string{"images/a.jpg", "images/.DS_Store", "images/.git/config"} {
			place.Objects.Put(s.T, key, "x")
		}
		config := withTrigger(acctest.Values(place.Fields).With(acctest.Values{"project": of, "prefix": "images", "recursive_scan": true, "use_blob_urls": true}), "1")
		filter := func(regex string) acctest.Values { return config.With(acctest.Values{"regex_filter": regex}) }
		plan := func(config acctest.Values) acctest.Plan { return checked(s, object.Type).Plan(config) }

		plan(config).Warns("regex_filter", "A sync would import hidden files", "2, such as ", `"images/.git/config"`, `regex_filter = "(?!(.*/)?[.]).*"`)
		plan(filter(`a\.jpg`)).Warns("regex_filter", "regex_filter takes no file", `"images/a.jpg"`, "compared with the whole key")
		plan(filter(`images/a\.jpg`)).Succeeds()
		plan(filter(`images/a\.jpg`).With(acctest.Values{"use_blob_urls": false})).Warns("use_blob_urls", "A sync would fail at files that hold no tasks")
		checked(s, object.Type).Apply(filter(`(?!(.*/)?[.]).*`)).Succeeds()
		s.ExpectTasks(of, 1)
	})
}

// Releases before 1.21 can't list files. Some gateways refuse the method instead.
func TestAccPlansTellTheTruthOfWhatAServerCanTell(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	config := withTrigger(acctest.Values{"project": s.NewProject(), "path": s.Folder(t, 1), "use_blob_urls": true, "regex_filter": "jpg"}, "1")
	missing := config.With(acctest.Values{"path": filepath.Join(s.DocumentRoot, "nowhere")})
	asJSON := []string{"Content-Type", "application/json"}
	for name, test := range map[string]struct {
		files     proxy.Action
		validates int
	}{
		"too old":             {proxy.Respond(http.StatusNotFound, "<html></html>", "Content-Type", "text/html"), 1},
		"without the method":  {proxy.Respond(http.StatusMethodNotAllowed, `{"detail":"Method \"POST\" not allowed."}`, asJSON...), 1},
		"with an error":       {proxy.Respond(http.StatusInternalServerError, `{"detail":"surrogates not allowed"}`, asJSON...), 1},
		"with another answer": {proxy.Respond(http.StatusOK, `{}`, asJSON...), 0},
		"unreachable":         {proxy.ResetBefore(), 0},
	} {
		t.Run(name, func(t *testing.T) {
			s := s.In(t)
			s.Proxy.Reset()
			s.Proxy.Inject(proxy.Fault{Path: "/localfiles/files$", Do: test.files})
			checked(s, storageType).Plan(config).Succeeds()
			if got := s.Proxy.Count("POST", "/localfiles/validate$"); got != test.validates {
				t.Errorf("got %d validations, want %d", got, test.validates)
			}
			if test.validates > 0 {
				checked(s, storageType).Plan(missing).Warns("path", "The server would refuse the storage now", "does not exist")
			}
		})
	}

	s.Proxy.Reset()
	s.Proxy.Inject(proxy.Fault{Path: "/localfiles/files$", Do: proxy.Respond(http.StatusBadRequest,
		`{"detail":"Validation error","validation_errors":{"non_field_errors":["Failed to list storage files"]}}`, asJSON...)})
	for _, filter := range []any{nil, "jpg"} {
		checked(s, storageType).Plan(config.With(acctest.Values{"regex_filter": filter})).
			Warns("path", "The server can't list the files of the storage", "s3:ListBucket")
	}
}

func TestAccPlansTellTheTruthOfStoragesThatShareTheirPlace(t *testing.T) {
	t.Parallel()
	acctest.NeedsClouds(t)
	acctest.Each(t, acctest.ObjectsThat(acctest.Object.Imports), func(s *acctest.Server, imports acctest.Object) {
		exports := acctest.ObjectOf(s.T, strings.Replace(imports.Type, "_storage", "_export_storage", 1))
		place := s.PlaceFor(imports.Kind())
		on := map[string]string{"local": "path", "s3": "bucket", "gcs": "bucket", "azure": "container", "redis": "host"}[imports.Kind()]
		const back = "would come back as tasks"
		for _, test := range []struct {
			there                 *acctest.Object
			imported, exported    string // what is said to a new import storage, and to an export storage
			imports, exportsNamed string // and why, or what to do
		}{
			{nil, "", "", "", ""},
			{&imports, "The storage %d imports the same files", "The import storage %d reads what this storage writes", "terraform import " + imports.Type + ".<name> %d.", back},
			{&exports, "The export storage %d writes what this storage reads", "The export storage %d writes to the same place", back, "terraform import " + exports.Type + ".<name> %d."},
		} {
			config := acctest.Values(place.Fields).With(acctest.Values{"project": s.NewProject()})
			var id int64
			if test.there != nil {
				id = test.there.Create(s, config)
			}
			for _, planned := range []struct{ typeName, summary, says string }{
				{imports.Type, test.imported, test.imports}, {exports.Type, test.exported, test.exportsNamed},
			} {
				s.Proxy.Reset()
				plan := checked(s, planned.typeName).Plan(config)
				if planned.summary == "" {
					plan.Succeeds()
				} else {
					plan.Warns(on, fmt.Sprintf(planned.summary, id), strings.ReplaceAll(planned.says, "%d", fmt.Sprint(id)))
				}
				for _, list := range []string{imports.List, exports.List} {
					if got := s.Proxy.Count(http.MethodGet, "^"+list+`\?`); got != 1 {
						s.T.Errorf("got %d lists of %s, want one in %v", got, list, s.Proxy.Requests())
					}
				}
			}
		}
	})
}

// Of two storages of one plan, the one that is planned later sees the other. If their
// project is new, too, that is in the apply.
func TestAccPlansTellTheTruthOfNewStoragesThatShareTheirPlace(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	there := s.NewProject()
	type block struct{ kind, name string }
	for name, test := range map[string]struct {
		storages []block
		warns    func(project string) []string // one of them
	}{
		"two imports": {[]block{{"local_storage", "a"}, {"local_storage", "b"}}, func(project string) []string {
			return []string{"A planned storage of project " + project + " imports the same files"}
		}},
		"two exports": {[]block{{"local_export_storage", "a"}, {"local_export_storage", "b"}}, func(project string) []string {
			return []string{"A planned export storage of project " + project + " writes to the same place"}
		}},
		"an import and an export": {[]block{{"local_storage", "a"}, {"local_export_storage", "b"}}, func(project string) []string {
			return []string{"A planned export storage of project " + project + " writes what this storage reads", "A planned import storage of project " + project + " reads what this storage writes"}
		}},
	} {
		t.Run(name, func(t *testing.T) {
			s := s.In(t)
			config := func(project, folder string) string {
				var text strings.Builder
				for _, b := range test.storages {
					fmt.Fprintf(&text, "resource \"labelstudio_%s\" %q {\n  project = %s\n  path = %q\n}\n", b.kind, b.name, project, folder)
				}
				return text.String()
			}
			expectOne := func(result acctest.Result, project int64) {
				t.Helper()
				warnings := result.Warnings()
				if result.Failed || len(warnings) != 1 || !slices.Contains(test.warns(fmt.Sprint(project)), warnings[0].Summary) {
					t.Errorf("got %s, want one of %q", result.Texts(), test.warns(fmt.Sprint(project)))
				}
			}
			tf := s.Terraform()
			known := s.Checking(config(fmt.Sprint(there), s.Folder(t, 0)))
			s.Proxy.Reset()
			expectOne(tf.Plan(known), there)
			for _, list := range []string{"localfiles/", "export/localfiles"} {
				if got := s.Proxy.Count(http.MethodGet, "^/api/storages/"+list+`\?`); got != 1 {
					t.Errorf("got %d requests for the list %s, want one", got, list)
				}
			}

			tf = s.Terraform()
			unknown := s.Checking(acctest.Project() + config("labelstudio_project.test.id", s.Folder(t, 0)))
			tf.Plan(unknown).Succeeds()
			applied := tf.Apply(unknown)
			expectOne(applied, tf.ID(acctest.ProjectAddress))
			tf.Plan(unknown).Succeeds()
		})
	}
}

func TestAccPlansTellTheTruthOfStoragesThatShareTheirPlaceOnlyWhereTheyAreListed(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	of, folder := s.NewProject(), s.Folder(t, 0)
	s.NewStorage(of, map[string]any{"path": folder})
	config := acctest.Values{"project": of, "path": folder}
	storage := checked(s, storageType)
	storage.Settings["retries"] = 0
	s.Proxy.Reset()
	s.Proxy.Inject(proxy.Fault{Path: `/localfiles/\?`, Do: proxy.ResetBefore()})
	storage.Plan(config).Succeeds()
	s.Proxy.Reset()
	s.Instance(storageType).Plan(config).Succeeds() // without plan checks
	checked(s, storageType).Plan(config.With(acctest.Values{"path": acctest.Unknown})).Succeeds()
	expectAsked(s, "without plan checks, and with an unknown path", "GET /api/current-user/whoami")
}

// Terraform joins letters that the file system of a Mac has taken apart.
func TestAccPlansTellTheTruthOfADirectoryWithLettersThatTerraformSpellsOtherwise(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	of, folder := s.NewProject(), s.Folder(t, 0)
	s.MakeFolder(filepath.Join(folder, "Ma\u0308rz"))
	const hint, container = "Rename the directory on the server", "inside a container"
	config := acctest.Values{"project": of, "path": filepath.Join(folder, "M\u00e4rz")}
	checked(s, storageType).Plan(config).Warns("path", "The server would refuse the storage now", "does not exist", hint, container)
	s.Instance(storageType).Apply(config).Fails("path", "Can't create the local storage", hint)
	storage := s.Instance(storageType)
	storage.Apply(acctest.Values{"project": of, "path": folder}).Succeeds()
	storage.Apply(config).Fails("path", "Can't update the local storage", hint)

	// Neither of a name that is composed on the server, too, nor of one without such letters.
	s.MakeFolder(filepath.Join(folder, "Z\u00fcrich"))
	checked(s, storageType).Plan(config.With(acctest.Values{"path": filepath.Join(folder, "Z\u00fcrich")})).Succeeds()
	missing := checked(s, storageType).Plan(config.With(acctest.Values{"path": filepath.Join(folder, "nowhere")}))
	missing.Warns("path", "The server would refuse the storage now", container)
	if strings.Contains(missing.Texts(), hint) {
		t.Errorf("got %s", missing.Texts())
	}
}
