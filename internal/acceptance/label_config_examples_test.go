package acceptance_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
)

// Each label config of the guide takes the task and the annotation beside it.
func TestAccExamplesOfLabelConfigsApplyAndTakeTheirTasks(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	folders, err := filepath.Glob(examples + "/label-configs/*")
	if err != nil || len(folders) == 0 {
		t.Fatal(folders, err)
	}
	for _, folder := range folders {
		t.Run(filepath.Base(folder), func(t *testing.T) {
			on := acctest.StartOn(t, s.Server)
			// The destroy after the test would refuse to delete the task.
			config := strings.Replace(readFile(t, filepath.Join(folder, "main.tf")), "{", "{\n  force_destroy = true", 1)
			tf := on.Terraform()
			tf.Apply(on.Config(config)).Succeeds()
			project := on.NewestProject()

			var imported struct {
				Tasks       int `json:"task_count"`
				Annotations int `json:"annotation_count"`
			}
			on.Call(http.MethodPost, fmt.Sprintf("/api/projects/%d/import", project), json.RawMessage(readFile(t, filepath.Join(folder, "task.json"))), &imported)
			if imported.Tasks != 1 || imported.Annotations != 1 {
				t.Errorf("%d tasks and %d annotations were imported", imported.Tasks, imported.Annotations)
			}
			// The server compares a label config with the annotations that are there.
			var stored struct {
				LabelConfig string `json:"label_config"`
			}
			on.Call(http.MethodGet, fmt.Sprintf("/api/projects/%d/", project), nil, &stored)
			on.Call(http.MethodPost, fmt.Sprintf("/api/projects/%d/validate/", project), map[string]string{"label_config": stored.LabelConfig}, nil)

			tf.ExpectEmptyPlan()
		})
	}
}

func TestTheGuideShowsEachLabelConfig(t *testing.T) {
	t.Parallel()
	guide := readFile(t, "../../templates/guides/label-configs.md.tmpl")
	files, err := filepath.Glob(examples + "/label-configs/*/*")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		if shown, _ := filepath.Rel("../..", file); !strings.Contains(guide, `"`+filepath.ToSlash(shown)+`" }}`) {
			t.Errorf("the guide does not show %s", shown)
		}
	}
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}
