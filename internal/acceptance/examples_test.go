package acceptance_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2/hclparse"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
)

// documented are the folders of examples that a registered object has to have,
// and the files in them.
func documented(t *testing.T) map[string][]string {
	t.Helper()
	all, files := acctest.Schemas(t), map[string][]string{}
	for name := range all.ResourceSchemas {
		files["resources/"+name] = []string{"resource.tf", "import.sh", "import-by-string-id.tf", "import-by-identity.tf"}
	}
	for name := range all.DataSourceSchemas {
		files["data-sources/"+name] = []string{"data-source.tf"}
	}
	for name := range all.ListResourceSchemas {
		files["list-resources/"+name] = []string{"list-resource.tfquery.hcl"}
	}
	for name := range all.ActionSchemas {
		files["actions/"+name] = []string{"action.tf"}
	}
	for name := range all.EphemeralResourceSchemas {
		files["ephemeral-resources/"+name] = []string{"ephemeral-resource.tf"}
	}
	for name := range all.Functions {
		files["functions/"+name] = []string{"function.tf"}
	}
	return files
}

const examples = "../../examples"

// Terraform may be too old to read some of them, so the parser does.
func TestEachObjectHasItsExamplesAndTheyAreWellFormed(t *testing.T) {
	t.Parallel()
	for folder, files := range documented(t) {
		for _, file := range files {
			content, err := os.ReadFile(filepath.Join(examples, folder, file))
			if err != nil {
				t.Error(err)
				continue
			}
			if filepath.Ext(file) == ".sh" {
				continue
			}
			if _, problems := hclparse.NewParser().ParseHCL(content, folder+"/"+file); problems.HasErrors() {
				t.Error(problems)
			}
		}
	}
}

// reachable are the examples of objects that this server can have as they are shown, but
// for the folder. The others name buckets of clouds: they are planned.
var reachable = regexp.MustCompile("^labelstudio_(project.*|views?|data_manager_columns|webhooks?|ml_backends?|local_.*|server|current_user|users|storage_types)$")

// readable are the data sources of settings. Their resources are planned: an apply would
// leave other settings on the server.
var readable = regexp.MustCompile("^labelstudio_(jwt_settings|session_policy)$")

func TestAccExamplesApply(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	photos := s.Folder(t, 0)
	acctest.AddFile(t, photos, "1.jpg", "a picture\n")
	here := strings.NewReplacer(
		"/label-studio/files/photos", photos,
		"/label-studio/files/annotations", s.Folder(t, 0),
		"https://model.example.com", s.NewMLBackend().URL,
		"prevent_destroy = true", "",
		// The example of a storage imports a task.
		`resource "labelstudio_project" "animals" {`, `resource "labelstudio_project" "animals" {`+"\n  force_destroy = true")
	// The destroy warns of that task.
	destroy := func(t *testing.T, on *acctest.Server, tf *acctest.Terraform) {
		t.Helper()
		if result := tf.Apply(on.Config("")); result.Failed {
			t.Error(result.Texts())
		}
	}
	read := func(t *testing.T, path string) string {
		t.Helper()
		content, err := os.ReadFile(filepath.Join(examples, path))
		if err != nil {
			t.Fatal(err)
		}
		return here.Replace(string(content))
	}
	for name := range acctest.Schemas(t).ResourceSchemas {
		t.Run("resource "+name, func(t *testing.T) {
			on := acctest.StartOn(t, s.Server)
			config := on.Config(read(t, "resources/"+name+"/resource.tf"))
			if strings.Contains(config, "ephemeral = true") {
				acctest.NeedsTerraform(t, tfversion.Version1_11_0) // for write-only attributes
			}
			tf := on.Terraform(secretVariables(config)...)
			tf.Plan(config).Succeeds()
			if reachable.MatchString(name) {
				tf.Apply(config).Succeeds()
				destroy(t, on, tf)
			}
		})
	}

	for name := range acctest.Schemas(t).DataSourceSchemas {
		if !reachable.MatchString(name) && !readable.MatchString(name) && !strings.HasSuffix(name, "storages") {
			continue // it would look for a storage that can't be there
		}
		// What it looks for.
		found := "labelstudio_local_storage"
		for _, other := range []string{"labelstudio_local_export_storage", viewType, webhookType, mlBackendType} {
			if strings.HasPrefix(name, other) {
				found = other
			}
		}
		t.Run("data source "+name, func(t *testing.T) {
			on := acctest.StartOn(t, s.Server)
			config := on.Config(read(t, "resources/"+found+"/resource.tf"))
			if strings.Contains(config, "ephemeral = true") {
				acctest.NeedsTerraform(t, tfversion.Version1_11_0) // for write-only attributes
			}
			on.Terraform(secretVariables(config)...).Apply(config).Succeeds()
			on.Terraform().Apply(on.Config(read(t, "data-sources/"+name+"/data-source.tf"))).Succeeds()
		})
	}

	t.Run("provider", func(t *testing.T) {
		on := acctest.StartOn(t, s.Server)
		// The folder of the test says which provider is meant, and where the server is.
		_, body, found := strings.Cut(read(t, "provider/provider.tf"), "LABEL_STUDIO_API_KEY.\n}\n")
		if !found {
			t.Fatal("the example does not say where the token comes from")
		}
		tf := on.Terraform()
		tf.Apply(on.Config(body)).Succeeds()
		destroy(t, on, tf)
	})
}

// secretVariables give each variable of a configuration a value.
func secretVariables(config string) []string {
	var environment []string
	for _, match := range regexp.MustCompile(`variable "(\w+)"`).FindAllStringSubmatch(config, -1) {
		environment = append(environment, "TF_VAR_"+match[1]+"={}") // Google's is a JSON object
	}
	return environment
}
