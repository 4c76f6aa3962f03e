package provider_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// documented are the folders of examples that a registered object has to have,
// and the files in them.
func documented(t *testing.T) map[string][]string {
	t.Helper()
	all, files := schemas(t), map[string][]string{}
	for name := range all.ResourceSchemas {
		files["resources/"+name] = []string{"resource.tf", "import.sh", "import-by-string-id.tf", "import-by-identity.tf"}
	}
	for name := range all.DataSourceSchemas {
		files["data-sources/"+name] = []string{"data-source.tf"}
	}
	return files
}

const examples = "../../examples"

func TestEachObjectHasItsExamples(t *testing.T) {
	t.Parallel()
	for folder, files := range documented(t) {
		for _, file := range files {
			if _, err := os.Stat(filepath.Join(examples, folder, file)); err != nil {
				t.Error(err)
			}
		}
	}
}

// The examples are applied as they are shown, but for the folder, which has to be
// one of this server.
func TestAccExamplesApply(t *testing.T) {
	s := start(t)
	folder := s.Folder(t, 1)
	here := strings.NewReplacer("/label-studio/files/photos", folder, "prevent_destroy = true", "")
	read := func(t *testing.T, path string) string {
		t.Helper()
		content, err := os.ReadFile(filepath.Join(examples, path))
		if err != nil {
			t.Fatal(err)
		}
		return here.Replace(string(content))
	}
	for name := range schemas(t).ResourceSchemas {
		t.Run("resource "+name, func(t *testing.T) {
			on := start(t)
			tf := on.cli()
			config := on.config(read(t, "resources/"+name+"/resource.tf"))
			tf.apply(config).succeeds()
			tf.plan(config).succeeds()
			tf.apply(on.config("")).succeeds()
		})
	}

	// What the data sources look for.
	found := s.cli()
	found.apply(s.config(read(t, "resources/labelstudio_local_storage/resource.tf"))).succeeds()
	for name := range schemas(t).DataSourceSchemas {
		t.Run("data source "+name, func(t *testing.T) {
			on := start(t)
			on.cli().apply(on.config(read(t, "data-sources/"+name+"/data-source.tf"))).succeeds()
		})
	}
	found.apply(s.config("")).succeeds()
}
