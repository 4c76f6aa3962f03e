package provider_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest"
)

// storageKinds are all kinds of storage, with what messages call them.
var storageKinds = []struct{ kind, imports, exports string }{
	{"local", "local storage", "local export storage"},
	{"s3", "S3 storage", "S3 export storage"},
	{"gcs", "Google Cloud storage", "Google Cloud export storage"},
	{"azure", "Azure storage", "Azure export storage"},
	{"redis", "Redis storage", "Redis export storage"},
}

// A place is where a storage reads objects or writes them.
type place struct {
	objects interface {
		Put(tb testing.TB, key, content string)
		Keys(tb testing.TB) []string
		Get(tb testing.TB, key string) string
	}
	// fields are what a storage needs to get there.
	fields map[string]any
}

// placeFor is an empty place for storages of the kind.
func (s *stack) placeFor(kind string) place {
	s.t.Helper()
	if kind == "local" {
		at := s.Folder(s.t, 0)
		return place{directory(at), map[string]any{"path": at}}
	}
	bucket := s.cloud(kind).NewBucket(s.t)
	return place{bucket, bucket.Fields}
}

// directory is a place of local files.
type directory string

func (d directory) Put(tb testing.TB, key, content string) {
	tb.Helper()
	labelstudiotest.WriteFile(tb, filepath.Join(string(d), key), content)
}

func (d directory) Keys(tb testing.TB) []string {
	tb.Helper()
	files, err := os.ReadDir(string(d))
	if err != nil {
		tb.Fatal(err)
	}
	var keys []string
	for _, file := range files {
		keys = append(keys, file.Name())
	}
	return keys
}

func (d directory) Get(tb testing.TB, key string) string {
	tb.Helper()
	content, err := os.ReadFile(filepath.Join(string(d), key))
	if err != nil {
		tb.Fatal(err)
	}
	return string(content)
}

// with is the fields and more of them; null takes one away.
func (p place) with(more map[string]any) place {
	fields := maps.Clone(p.fields)
	maps.Copy(fields, more)
	return place{p.objects, fields}
}

// block is a storage at the place, with the name test.
func (p place) block(typeName string, project string, settings ...string) string {
	for _, name := range sorted(p.fields) {
		settings = append(settings, name+" = "+written(p.fields[name]))
	}
	return fmt.Sprintf("resource %q \"test\" {\n  project = %s\n  %s\n}\n", typeName, project, strings.Join(settings, "\n  "))
}

const ofTestProject = "labelstudio_project.test.id"

// texts are those of a project's tasks, in order.
func (s *stack) texts(project int64) []string {
	s.t.Helper()
	var list struct {
		Tasks []struct{ Data struct{ Text string } }
	}
	s.call(http.MethodGet, fmt.Sprintf("/api/tasks?project=%d&fields=all&page_size=100", project), nil, &list)
	var texts []string
	for _, task := range list.Tasks {
		texts = append(texts, task.Data.Text)
	}
	slices.Sort(texts)
	return texts
}

func (s *stack) expectTexts(project int64, want ...string) {
	s.t.Helper()
	if got := s.texts(project); !slices.Equal(got, want) {
		s.t.Errorf("the tasks are %q, want %q", got, want)
	}
}

func TestAccEachKindImportsObjectsAsTasks(t *testing.T) {
	for _, of := range storageKinds {
		t.Run(of.kind, func(t *testing.T) {
			s := start(t)
			at := s.placeFor(of.kind)
			for n := range 3 {
				at.objects.Put(t, fmt.Sprintf("%d.json", n+1), fmt.Sprintf(`{"text": "task %d"}`, n+1))
			}
			typeName := "labelstudio_" + of.kind + "_storage"
			config := func(settings ...string) string {
				return s.config(project() + at.block(typeName, ofTestProject, settings...))
			}
			tf := s.cli()
			tf.apply(config(triggers("1"))).succeeds()
			id := tf.id(projectAddress)
			s.expectTexts(id, "task 1", "task 2", "task 3")

			at.objects.Put(t, "4.json", `{"text": "task 4"}`)
			tf.apply(config(triggers("2"))).succeeds()
			s.expectTexts(id, "task 1", "task 2", "task 3", "task 4")
			tf.expectNothingToDo(config(triggers("2")), typeName+".test")

			s.expectImportByID(tf, config(), typeName, at)
			keys := at.objects.Keys(t)
			tf.apply(s.config(project())).warns("", "Tasks of a destroyed "+of.imports+" lose their files", "about 4 tasks")
			if left := at.objects.Keys(t); len(keys) != 4 || !slices.Equal(left, keys) {
				t.Errorf("after the destruction there are %q, want %q", left, keys)
			}
			s.expectTexts(id, "task 1", "task 2", "task 3", "task 4")
			s.expectToBeMissed(tf, config(), typeName, of.imports)
		})
	}
}

func TestAccEachKindExportsAnnotationsAsObjects(t *testing.T) {
	for _, of := range storageKinds {
		t.Run(of.kind, func(t *testing.T) {
			s := start(t)
			at := s.placeFor(of.kind)
			typeName := "labelstudio_" + of.kind + "_export_storage"
			config := func(settings ...string) string {
				return s.config(project(fmt.Sprintf(choices, "quality")) + at.block(typeName, ofTestProject, settings...))
			}
			tf := s.cli()
			tf.apply(s.config(project(fmt.Sprintf(choices, "quality")))).succeeds()
			id := tf.id(projectAddress)
			annotated := s.annotateNew(id, "one")

			tf.apply(config()).succeeds()
			expectExported(t, at, annotated, "one")
			tf.expectNothingToDo(config(), typeName+".test")

			another := s.annotateNew(id, "another")
			expectExported(t, at, another, "another")
			keys := at.objects.Keys(t)
			if len(keys) != 2 {
				t.Errorf("the place holds %q, want two objects", keys)
			}

			for _, key := range keys {
				at.objects.Put(t, key, "somebody has written over it")
			}
			tf.apply(config(triggers("1"))).succeeds()
			expectExported(t, at, annotated, "one")
			expectExported(t, at, another, "another")
			tf.expectNothingToDo(config(triggers("1")), typeName+".test")

			s.expectImportByID(tf, config(), typeName, at)
			tf.apply(s.config(project(fmt.Sprintf(choices, "quality")))).succeeds()
			if left := at.objects.Keys(t); !slices.Equal(left, keys) {
				t.Errorf("after the destruction there are %q, want %q", left, keys)
			}
			s.expectToBeMissed(tf, config(), typeName, of.exports)
		})
	}
}

// The server calls such an export completed and counts all annotations.
func TestAccAnExportThatWroteNothingIsNoticed(t *testing.T) {
	s := start(t)
	s.since("1.21.0", "it lists no files")
	s.cloud("s3") // skips
	at := s.placeFor("s3").with(map[string]any{
		"prefix":                "annotations", // without one the key would need more
		"aws_access_key_id":     clouds.S3.ReadOnly.ID,
		"aws_secret_access_key": clouds.S3.ReadOnly.Secret,
	})
	const typeName = "labelstudio_s3_export_storage"
	config := func(settings ...string) string {
		return s.config(project(fmt.Sprintf(choices, "quality")) + at.block(typeName, ofTestProject, settings...))
	}
	tf := s.cli()
	tf.apply(s.config(project(fmt.Sprintf(choices, "quality")))).succeeds()
	s.annotateNew(tf.id(projectAddress), "one")

	tf.apply(config()).warns("bucket", "Sync of the storage did not succeed", "exported 1 annotations, but nothing new is in the place", "s3:PutObject", "set sync_triggers")
	if keys := at.objects.Keys(t); len(keys) > 0 {
		t.Fatalf("the bucket holds %q, so this test shows nothing", keys)
	}
	tf.apply(config(triggers("1"))).fails("bucket", "Sync of the storage did not succeed", "nothing new is in the place", "sync_pending is true")
}

// annotateNew makes a task and annotates it. The id is that of the annotation.
func (s *stack) annotateNew(project int64, text string) int64 {
	s.t.Helper()
	var task struct{ ID int64 }
	s.call(http.MethodPost, "/api/tasks/", map[string]any{"project": project, "data": map[string]string{"text": text}}, &task)
	s.annotate(project, task.ID)
	var annotations []struct{ ID int64 }
	s.call(http.MethodGet, fmt.Sprintf("/api/tasks/%d/annotations/", task.ID), nil, &annotations)
	return annotations[0].ID
}

// expectExported reads an annotation back from its object.
func expectExported(t *testing.T, at place, annotation int64, text string) {
	t.Helper()
	var written struct {
		ID     int64
		Task   struct{ Data struct{ Text string } }
		Result []struct{ Value struct{ Choices []string } }
	}
	key := fmt.Sprint(annotation)
	// A worker writes what was annotated a moment later.
	until(t, "the object "+key, func() bool { return slices.Contains(at.objects.Keys(t), key) })
	if err := json.Unmarshal([]byte(at.objects.Get(t, key)), &written); err != nil {
		t.Fatal(err)
	}
	if written.ID != annotation || written.Task.Data.Text != text || len(written.Result) != 1 || !slices.Equal(written.Result[0].Value.Choices, []string{"good"}) {
		t.Errorf("the object of annotation %d is %+v", annotation, written)
	}
}

// expectNothingToDo expects an empty plan.
func (tf *cli) expectNothingToDo(config, address string) {
	tf.t.Helper()
	if action := tf.plan(config).succeeds().action(address); action != "nothing" {
		tf.t.Errorf("the plan will %s, want nothing", action)
	}
}

// expectImportByID forgets the storage and imports it. All comes back but the
// secrets, which the next apply sends.
func (s *stack) expectImportByID(tf *cli, config, typeName string, at place) {
	s.t.Helper()
	address := typeName + ".test"
	id := tf.id(address)
	tf.write("main.tf", config)
	if removed := tf.run("state", "rm", address); removed.failed {
		s.t.Fatal(removed.output)
	}
	imported := tf.run("import", "-no-color", address, fmt.Sprint(id))
	if imported.failed {
		s.t.Fatal(imported.output)
	}
	var secrets []string
	for _, name := range secretsOf(attributesOf(s.t, typeName)) {
		if _, set := at.fields[name]; set {
			secrets = append(secrets, name)
		}
		if !strings.Contains(flat(imported.output), "Secrets can't be imported") || !strings.Contains(flat(imported.output), name) {
			s.t.Errorf("the import does not say that %s is missing:\n%s", name, imported.output)
		}
	}
	slices.Sort(secrets)
	if changed := tf.changes(address); !slices.Equal(changed, secrets) {
		s.t.Errorf("the plan after the import changes %q, want the secrets %q", changed, secrets)
	}
	tf.apply(config).succeeds()
	tf.expectNothingToDo(config, address)
}

// changes are the attributes of an object that a plan changes, in order.
func (tf *cli) changes(address string) []string {
	tf.t.Helper()
	if planned := tf.run("plan", "-out=plan", "-input=false"); planned.failed {
		tf.t.Fatal(planned.output)
	}
	var plan struct {
		Changes []struct {
			Address string
			Change  struct{ Before, After map[string]any }
		} `json:"resource_changes"`
	}
	if shown := tf.run("show", "-json", "plan"); json.Unmarshal([]byte(shown.output), &plan) != nil {
		tf.t.Fatal(shown.output)
	}
	var changed []string
	for _, c := range plan.Changes {
		for _, name := range sorted(c.Change.After) {
			if c.Address == address && fmt.Sprint(c.Change.Before[name]) != fmt.Sprint(c.Change.After[name]) {
				changed = append(changed, name)
			}
		}
	}
	return changed
}

// expectToBeMissed deletes a storage past the provider.
func (s *stack) expectToBeMissed(tf *cli, config, typeName, label string) {
	s.t.Helper()
	address := typeName + ".test"
	tf.apply(config).succeeds()
	id := tf.id(address)
	s.remove(typeName, id)
	planned := tf.plan(config)
	planned.warns(fmt.Sprintf("resource %q \"test\" {", typeName), "The "+label+" is gone from the server", fmt.Sprintf("%s %d does not exist any more", label, id))
	if action := planned.action(address); action != "create" {
		s.t.Errorf("the plan will %s, want create", action)
	}
}
