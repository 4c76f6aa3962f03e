package acceptance_test

import (
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
)

// A configuration may hold any value as sensitive, such as a title with a customer's name.
// Terraform hides it in plans, but not in the provider's messages.
func TestAccSecretsStaySecretMessagesNameAnObjectByItsID(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	const secret = "s3cret"
	expect := func(got acctest.Result, summary string) {
		t.Helper()
		if texts := got.Texts(); !strings.Contains(texts, summary) || strings.Contains(texts, secret) {
			t.Errorf("want %q without %q:\n%s", summary, secret, texts)
		}
	}
	folder := s.Folder(t, 1)
	secretFolder := folder + "/" + secret
	s.MakeFolder(secretFolder)

	project := checked(s, projectType)
	config := acctest.Values{"title": "A " + secret}
	project.Apply(config).Succeeds()
	of := project.ID()
	expect(checked(s, projectType).Plan(config).Result, fmt.Sprintf("The project %d has this title", of))
	config["expert_instruction"] = "<b onclick='steal()'>" + secret + "</b>"
	expect(project.Apply(config), "The server keeps another value")

	storage := checked(s, storageType)
	place := acctest.Values{"project": of, "path": secretFolder, "title": "A " + secret, "use_blob_urls": true, "regex_filter": secret}
	expect(storage.Apply(withTrigger(place, "1")), "Sync of the storage found nothing")
	expect(checked(s, storageType).Plan(place).Result, fmt.Sprintf("The storage %d imports the same files", storage.ID()))
	expect(checked(s, "labelstudio_local_export_storage").Plan(acctest.Values{"project": of, "path": secretFolder}).Result,
		fmt.Sprintf("The import storage %d reads what this storage writes", storage.ID()))
	expect(storage.Plan(place.With(acctest.Values{"path": secret})).Result, "Path is not absolute")
	expect(s.Instance(webhookType).Plan(acctest.Values{"project": of, "url": secret + ".example.com"}).Result, "url must start with http://")
	for typeName, config := range map[string]acctest.Values{
		webhookType: {"project": of, "url": receiver + "/" + secret},
		viewType:    {"project": of, "title": "A " + secret},
	} {
		first := s.Instance(typeName)
		first.Apply(config).Succeeds()
		expect(checked(s, typeName).Plan(config).Result, fmt.Sprintf("The %s %d has this", acctest.ObjectOf(t, typeName).Label, first.ID()))
	}

	s.NewStorage(of, map[string]any{"path": secretFolder, "title": "A " + secret})
	for summary, lookup := range map[string]acctest.Values{
		"Several local storages match": {"project": of, "title": "A " + secret},
		"No local storage matches":     {"project": of, "title": "Another " + secret, "path": folder},
	} {
		_, got := s.Provider(nil).Read(storageType, lookup)
		expect(got, summary)
	}
	_, got := s.Provider(nil).Read(projectType, acctest.Values{"title": secret})
	expect(got, "No project matches")

	s.Call(http.MethodPost, fmt.Sprintf("/api/projects/%d/import", of), []map[string]string{{"text": "a task"}}, nil)
	expect(project.Plan(nil).Result, "Project holds tasks")
	config["force_destroy"] = true
	project.Apply(config)
	expect(project.Plan(nil).Result, "A project is destroyed with its tasks")
}

// secretVariable declares a variable for a secret. A write-only attribute takes one that is
// in no plan file.
func secretVariable(name string, plain bool) string {
	return fmt.Sprintf("variable %q {\n  sensitive = true\n  ephemeral = %v\n}\n", name, !plain)
}

// expectSecretOnlyInState plans and applies an object with a secret, and expects the secret
// nowhere, except that a plain attribute puts it into the plan file and into the state.
func expectSecretOnlyInState(tf *acctest.Terraform, config, address, secret string, plain bool) {
	t := tf.T
	t.Helper()
	tf.Write("main.tf", config)
	tf.Applied = config
	texts := map[string]string{"the output of a plan": tf.Run("plan", "-out=plan", "-input=false").Output}
	planFile := unzipped(t, filepath.Join(tf.Folder, "plan"))
	texts["the output of an apply"] = tf.Run("apply", "-input=false", "plan").Output
	state := read(t, filepath.Join(tf.Folder, "terraform.tfstate"))
	tf.ExpectNothingToDo(config, address)
	texts["the log"] = read(t, tf.Log())
	if !plain {
		texts["the state"], texts["the plan file"] = state, planFile
	} else if !strings.Contains(state, secret) {
		t.Error("the state lacks the secret, so this test shows nothing")
	}
	for where, text := range texts {
		if text == "" || strings.Contains(text, secret) {
			t.Errorf("the secret stands in %s, or that is empty", where)
		}
	}
}
