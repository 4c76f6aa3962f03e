package acceptance_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
)

// exampleIn copies examples to the folder of a terraform command, which then works in the
// one that is named first. Its local paths become those of folders that the server reads.
func exampleIn(t *testing.T, s *acctest.Server, name string, others ...string) *acctest.Terraform {
	t.Helper()
	acctest.NeedsTerraform(t, tfversion.Version1_9_0) // for validations that refer to locals
	tf := s.Terraform("LABEL_STUDIO_URL=" + s.Proxy.URL)
	for _, example := range append(others, name) {
		if err := os.CopyFS(filepath.Join(tf.Folder, example), os.DirFS(filepath.Join(examples, example))); err != nil {
			t.Fatal(err)
		}
	}
	photos := s.Folder(t, 0)
	acctest.AddFile(t, photos, "1.jpg", "a picture\n")
	here := strings.NewReplacer("/label-studio/files/photos", photos, "/label-studio/files/annotations", s.Folder(t, 0))
	settings := readFile(t, filepath.Join(tf.Folder, "terraform.rc"))
	tf.Folder = filepath.Join(tf.Folder, name)
	tf.Write("terraform.rc", settings)
	for _, pattern := range []string{"*.tf", "*/*.yaml", "*/*.hcl"} {
		files, err := filepath.Glob(filepath.Join(tf.Folder, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if err := os.WriteFile(file, []byte(here.Replace(readFile(t, file))), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	return tf
}

func TestAccExamplesModuleOfALabelingProjectPassesItsTests(t *testing.T) {
	t.Parallel()
	tf := exampleIn(t, acctest.Start(t), "modules/labeling-project")
	if tested := tf.Run("test", "-no-color"); tested.Failed || !strings.Contains(tested.Output, "14 passed, 0 failed") {
		t.Error(tested.Output)
	}
}

func TestAccExamplesProjectFromModuleApplies(t *testing.T) {
	t.Parallel()
	tf := exampleIn(t, acctest.Start(t), "project-from-module", "modules/labeling-project")
	tf.Env = append(tf.Env, "TF_VAR_training_authorization=Bearer 1234")
	if got := tf.Run("get"); got.Failed { // installs the module
		t.Fatal(got.Output)
	}
	tf.Apply(readFile(t, filepath.Join(tf.Folder, "main.tf"))).Succeeds()
	tf.ExpectEmptyPlan()
}

func TestTheReadmeOfTheModuleNamesItsInputsAndOutputs(t *testing.T) {
	t.Parallel()
	module := filepath.Join(examples, "modules", "labeling-project")
	readme := readFile(t, filepath.Join(module, "README.md"))
	declared := regexp.MustCompile(`(?m)^(?:variable|output) "(\w+)"`).FindAllStringSubmatch(readFile(t, filepath.Join(module, "variables.tf"))+readFile(t, filepath.Join(module, "outputs.tf")), -1)
	if len(declared) == 0 {
		t.Fatal("the module declares nothing")
	}
	for _, name := range declared {
		if !strings.Contains(readme, "| `"+name[1]+"` |") {
			t.Errorf("the README lacks %s", name[1])
		}
	}
}

// projectsFromYAML is how many projects the example has in its test.
const projectsFromYAML = 20

func TestAccExamplesProjectsFromYAML(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	tf := exampleIn(t, s, "projects-from-yaml", "modules/labeling-project")
	model, protected := s.NewMLBackend(), s.NewMLBackend()
	protected.Protect("label-studio", secretPassword)
	edit := func(name string, changes ...string) {
		t.Helper()
		file := filepath.Join("projects", name+".yaml")
		text := readFile(t, filepath.Join(tf.Folder, file))
		for i := 0; i < len(changes); i += 2 {
			if !strings.Contains(text, changes[i]) {
				t.Fatalf("%s lacks %q", file, changes[i])
			}
		}
		tf.Write(file, strings.NewReplacer(changes...).Replace(text))
	}
	edit("animals", "https://model.example.com", model.URL)
	written, err := filepath.Glob(filepath.Join(tf.Folder, "projects", "*.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	passwords := map[string]map[string]string{}
	for n := len(written); n < projectsFromYAML; n++ {
		name := fmt.Sprintf("generated-%d", n)
		passwords[name] = map[string]string{"model": secretPassword}
		tf.Write(filepath.Join("projects", name+".yaml"), fmt.Sprintf(`
title: Generated %d
label_config: <View><Text name="text" value="$text"/><Choices name="c" toName="text"><Choice value="%d"/></Choices></View>
webhooks:
  training:
    url: https://training.example.com/%d
    is_active: false
ml_backends:
  model:
    url: %s
    auth_method: BASIC_AUTH
    basic_auth_user: label-studio
views:
  drafts:
    filters:
      items:
        - {column: "tasks:draft_exists", operator: equal, type: Boolean, value: true}
storages: # none yet
`, n, n, n, protected.URL))
	}
	env, err := json.Marshal(passwords)
	if err != nil {
		t.Fatal(err)
	}
	tf.Env = append(tf.Env, "TF_VAR_ml_backend_passwords="+string(env))
	if got := tf.Run("get"); got.Failed { // installs the module
		t.Fatal(got.Output)
	}
	before := countProjects(s)
	apply := func() {
		t.Helper()
		tf.Applied = readFile(t, filepath.Join(tf.Folder, "main.tf"))
		tf.Run("apply", "-auto-approve", "-json", "-input=false").Succeeds()
		if got := countProjects(s) - before; got != projectsFromYAML {
			t.Errorf("there are %d projects, want %d", got, projectsFromYAML)
		}
		tf.ExpectEmptyPlan()
	}
	apply()

	// What the guide says of changes.
	edit("animals",
		"Which animal is in the photo?", "Which animal do you see?",
		`regex_filter: .*\.jpg`, `regex_filter: .*\.png`,
		"[ANNOTATION_CREATED, ANNOTATION_UPDATED]", "[ANNOTATION_CREATED]",
		"threshold: 0.8", "threshold: 0.9",
		"value: 0", "value: 1")
	street := readFile(t, filepath.Join(tf.Folder, "projects", "street.yaml"))
	tf.Write("projects/roads.yaml", strings.Replace(street, "title: Street", "title: Roads", 1))
	tf.Write("moved.tf", "moved {\n  from = module.project[\"street\"]\n  to = module.project[\"roads\"]\n}\n")
	tf.Write("projects/another.yaml", strings.Replace(street, "title: Street", "title: Another", 1))
	for _, name := range []string{"street", "reviews"} {
		if err := os.Remove(filepath.Join(tf.Folder, "projects", name+".yaml")); err != nil {
			t.Fatal(err)
		}
	}
	changed := tf.Run("plan", "-json", "-input=false").Succeeds()
	for address, want := range map[string]string{
		`module.project["roads"].labelstudio_project.this`:                               "update",
		`module.project["another"].labelstudio_project.this`:                             "create",
		`module.project["reviews"].labelstudio_project.this`:                             "delete",
		`module.project["reviews"].labelstudio_webhook.this["dashboard"]`:                "delete",
		`module.project["reviews"].labelstudio_view.this["disputed"]`:                    "delete",
		`module.project["animals"].labelstudio_project.this`:                             "update",
		`module.project["animals"].labelstudio_local_storage.this["photos"]`:             "update",
		`module.project["animals"].labelstudio_local_export_storage.this["annotations"]`: "nothing",
		`module.project["animals"].labelstudio_webhook.this["training"]`:                 "update",
		`module.project["animals"].labelstudio_ml_backend.this["classifier"]`:            "update",
		`module.project["animals"].labelstudio_view.this["to_do"]`:                       "update",
		`module.project["animals"].labelstudio_view.this["gallery"]`:                     "nothing",
		`module.project["generated-4"].labelstudio_project.this`:                         "nothing",
	} {
		if got := changed.Action(address); got != want {
			t.Errorf("the plan will %s %s, want %s", got, address, want)
		}
	}
	apply()

	tf.Write("projects/misspelled.yaml", street+"storage: {}\n")
	if planned := tf.Run("plan", "-json", "-input=false"); !planned.Failed || !strings.Contains(planned.Texts(), "storage in misspelled.yaml") {
		t.Errorf("a misspelled key is not refused: %s", planned.Texts())
	}
	if err := os.Remove(filepath.Join(tf.Folder, "projects", "misspelled.yaml")); err != nil {
		t.Fatal(err)
	}

	if destroyed := tf.Run("destroy", "-auto-approve", "-json", "-input=false"); destroyed.Failed {
		t.Error(destroyed.Texts())
	}
	if got := countProjects(s); got != before {
		t.Errorf("%d projects are left", got-before)
	}
}

func countProjects(s *acctest.Server) int {
	s.T.Helper()
	var list struct{ Count int }
	s.Call(http.MethodGet, "/api/projects/?page_size=1", nil, &list)
	return list.Count
}
