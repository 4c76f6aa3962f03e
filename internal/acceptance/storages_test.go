package acceptance_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
)

const ofTestProject = "labelstudio_project.test.id"

// texts are those of a project's tasks, in order.
func texts(s *acctest.Server, project int64) []string {
	s.T.Helper()
	var list struct {
		Tasks []struct{ Data struct{ Text string } }
	}
	s.Call(http.MethodGet, fmt.Sprintf("/api/tasks?project=%d&fields=all&page_size=100", project), nil, &list)
	var texts []string
	for _, task := range list.Tasks {
		texts = append(texts, task.Data.Text)
	}
	slices.Sort(texts)
	return texts
}

func expectTexts(s *acctest.Server, project int64, want ...string) {
	s.T.Helper()
	if got := texts(s, project); !slices.Equal(got, want) {
		s.T.Errorf("the tasks are %q, want %q", got, want)
	}
}

func TestAccEachKindImportsObjectsAsTasks(t *testing.T) {
	t.Parallel()
	acctest.Each(t, acctest.ObjectsThat(acctest.Object.Imports), func(s *acctest.Server, object acctest.Object) {
		t := s.T
		at := s.PlaceFor(object.Kind())
		for n := range 3 {
			at.Objects.Put(t, fmt.Sprintf("%d.json", n+1), fmt.Sprintf(`{"text": "task %d"}`, n+1))
		}
		config := func(settings ...string) string {
			return s.Config(acctest.Project() + at.Block(object.Type, ofTestProject, settings...))
		}
		tf := s.Terraform()
		tf.Apply(config(acctest.Triggers("1"))).Succeeds()
		id := tf.ID(acctest.ProjectAddress)
		expectTexts(s, id, "task 1", "task 2", "task 3")

		at.Objects.Put(t, "4.json", `{"text": "task 4"}`)
		tf.Apply(config(acctest.Triggers("2"))).Succeeds()
		expectTexts(s, id, "task 1", "task 2", "task 3", "task 4")
		tf.ExpectNothingToDo(config(acctest.Triggers("2")), object.Type+".test")

		expectImportByID(s, tf, config(), object.Type, at)
		keys := at.Objects.Keys(t)
		tf.Apply(s.Config(acctest.Project())).Warns("", "Tasks of a destroyed "+object.Label+" lose their files", "about 4 tasks")
		if left := at.Objects.Keys(t); len(keys) != 4 || !slices.Equal(left, keys) {
			t.Errorf("after the destruction there are %q, want %q", left, keys)
		}
		expectTexts(s, id, "task 1", "task 2", "task 3", "task 4")
		expectToBeMissed(s, tf, config(), object.Type, object.Label)
	})
}

func TestAccEachKindExportsAnnotationsAsObjects(t *testing.T) {
	t.Parallel()
	acctest.Each(t, acctest.ObjectsThat(acctest.Object.Exports), func(s *acctest.Server, object acctest.Object) {
		t := s.T
		at := s.PlaceFor(object.Kind())
		config := func(settings ...string) string {
			return s.Config(acctest.Project(fmt.Sprintf(choices, "quality")) + at.Block(object.Type, ofTestProject, settings...))
		}
		tf := s.Terraform()
		tf.Apply(s.Config(acctest.Project(fmt.Sprintf(choices, "quality")))).Succeeds()
		id := tf.ID(acctest.ProjectAddress)
		annotated := annotateNew(s, id, "one")

		tf.Apply(config()).Succeeds()
		expectExported(t, at, annotated, "one")
		tf.ExpectNothingToDo(config(), object.Type+".test")

		another := annotateNew(s, id, "another")
		expectExported(t, at, another, "another")
		keys := at.Objects.Keys(t)
		if len(keys) != 2 {
			t.Errorf("the place holds %q, want two objects", keys)
		}

		for _, key := range keys {
			at.Objects.Put(t, key, "somebody has written over it")
		}
		tf.Apply(config(acctest.Triggers("1"))).Succeeds()
		expectExported(t, at, annotated, "one")
		expectExported(t, at, another, "another")
		tf.ExpectNothingToDo(config(acctest.Triggers("1")), object.Type+".test")

		expectImportByID(s, tf, config(), object.Type, at)
		tf.Apply(s.Config(acctest.Project(fmt.Sprintf(choices, "quality")))).Succeeds()
		if left := at.Objects.Keys(t); !slices.Equal(left, keys) {
			t.Errorf("after the destruction there are %q, want %q", left, keys)
		}
		expectToBeMissed(s, tf, config(), object.Type, object.Label)
	})
}

// The server calls such an export completed and counts all annotations.
func TestAccAnExportThatWroteNothingIsNoticed(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	s.Since("1.21.0", "it lists no files")
	s.Cloud("s3") // skips
	at := s.PlaceFor("s3").With(map[string]any{
		"prefix":                "annotations", // without one the key would need more
		"aws_access_key_id":     acctest.Clouds.S3.ReadOnly.ID,
		"aws_secret_access_key": acctest.Clouds.S3.ReadOnly.Secret,
	})
	const typeName = "labelstudio_s3_export_storage"
	config := func(settings ...string) string {
		return s.Config(acctest.Project(fmt.Sprintf(choices, "quality")) + at.Block(typeName, ofTestProject, settings...))
	}
	tf := s.Terraform()
	tf.Apply(s.Config(acctest.Project(fmt.Sprintf(choices, "quality")))).Succeeds()
	annotateNew(s, tf.ID(acctest.ProjectAddress), "one")

	tf.Apply(config()).Warns("bucket", "Sync of the storage did not succeed", "exported 1 annotations, but nothing new is in the place", "s3:PutObject", "set sync_triggers")
	if keys := at.Objects.Keys(t); len(keys) > 0 {
		t.Fatalf("the bucket holds %q, so this test shows nothing", keys)
	}
	tf.Apply(config(acctest.Triggers("1"))).Fails("bucket", "Sync of the storage did not succeed", "nothing new is in the place", "sync_pending is true")
}

// annotateNew makes a task and annotates it. The id is that of the annotation.
func annotateNew(s *acctest.Server, project int64, text string) int64 {
	s.T.Helper()
	var task struct{ ID int64 }
	s.Call(http.MethodPost, "/api/tasks/", map[string]any{"project": project, "data": map[string]string{"text": text}}, &task)
	s.Annotate(project, task.ID)
	var annotations []struct{ ID int64 }
	s.Call(http.MethodGet, fmt.Sprintf("/api/tasks/%d/annotations/", task.ID), nil, &annotations)
	return annotations[0].ID
}

// expectExported reads an annotation back from its object.
func expectExported(t *testing.T, at acctest.Place, annotation int64, text string) {
	t.Helper()
	var written struct {
		ID     int64
		Task   struct{ Data struct{ Text string } }
		Result []struct{ Value struct{ Choices []string } }
	}
	key := fmt.Sprint(annotation)
	// A worker writes what was annotated a moment later.
	acctest.Until(t, "the object "+key, func() bool { return slices.Contains(at.Objects.Keys(t), key) })
	if err := json.Unmarshal([]byte(at.Objects.Get(t, key)), &written); err != nil {
		t.Fatal(err)
	}
	if written.ID != annotation || written.Task.Data.Text != text || len(written.Result) != 1 || !slices.Equal(written.Result[0].Value.Choices, []string{"good"}) {
		t.Errorf("the object of annotation %d is %+v", annotation, written)
	}
}

// expectImportByID forgets the storage and imports it. All comes back but the
// secrets, which the next apply sends.
func expectImportByID(s *acctest.Server, tf *acctest.Terraform, config, typeName string, at acctest.Place) {
	s.T.Helper()
	address := typeName + ".test"
	id := tf.ID(address)
	tf.Write("main.tf", config)
	if removed := tf.Run("state", "rm", address); removed.Failed {
		s.T.Fatal(removed.Output)
	}
	imported := tf.Run("import", "-no-color", address, fmt.Sprint(id))
	if imported.Failed {
		s.T.Fatal(imported.Output)
	}
	var secrets []string
	for _, name := range acctest.SecretsOf(acctest.AttributesOf(s.T, typeName)) {
		if _, set := at.Fields[name]; set {
			secrets = append(secrets, name)
		}
		if !strings.Contains(acctest.Flat(imported.Output), "Secrets can't be imported") || !strings.Contains(acctest.Flat(imported.Output), name) {
			s.T.Errorf("the import does not say that %s is missing:\n%s", name, imported.Output)
		}
	}
	slices.Sort(secrets)
	if changed := tf.Changes(address); !slices.Equal(changed, secrets) {
		s.T.Errorf("the plan after the import changes %q, want the secrets %q", changed, secrets)
	}
	tf.Apply(config).Succeeds()
	tf.ExpectNothingToDo(config, address)
}

// expectToBeMissed deletes a storage past the provider.
func expectToBeMissed(s *acctest.Server, tf *acctest.Terraform, config, typeName, label string) {
	s.T.Helper()
	address := typeName + ".test"
	tf.Apply(config).Succeeds()
	id := tf.ID(address)
	s.RemoveObject(typeName, id)
	planned := tf.Plan(config)
	planned.Warns(fmt.Sprintf("resource %q \"test\" {", typeName), "The "+label+" is gone from the server", fmt.Sprintf("%s %d does not exist any more", label, id))
	if action := planned.Action(address); action != "create" {
		s.T.Errorf("the plan will %s, want create", action)
	}
}
