package provider_test

import (
	"archive/zip"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/tfversion"
)

// secretStorage is a storage whose secrets are in variables alone.
type secretStorage struct {
	*stack

	tf       *cli
	typeName string
	at       place
	// secrets are their names, in order.
	secrets []string
	// used are all values that the variables have had.
	used []string
}

// secretStorages runs a test on each resource with secrets.
func secretStorages(t *testing.T, test func(s *secretStorage)) {
	t.Helper()
	for _, typeName := range sorted(schemas(t).ResourceSchemas) {
		kind := strings.TrimSuffix(strings.TrimSuffix(strings.TrimPrefix(typeName, "labelstudio_"), "_storage"), "_export")
		if kind == "project" || kind == "local" {
			continue
		}
		t.Run(typeName, func(t *testing.T) {
			s := start(t)
			s.cloud(kind)                                         // skips
			s.needs(tfversion.SkipBelow(tfversion.Version1_11_0)) // its variables are ephemeral
			secret := &secretStorage{stack: s, tf: s.cli(), typeName: typeName, at: s.placeFor(kind)}
			for _, name := range secretsOf(attributesOf(t, typeName)) {
				if value, needed := secret.at.fields[name].(string); needed {
					secret.secrets = append(secret.secrets, name)
					secret.set(name, value)
				}
			}
			slices.Sort(secret.secrets)
			test(secret)
			secret.expectNone("the log", read(t, secret.tf.log()))
		})
	}
}

// set gives a secret another value.
func (s *secretStorage) set(name, value string) {
	s.tf.env = append(s.tf.env, "TF_VAR_"+name+"="+value)
	s.used = append(s.used, value)
}

// withTheRest adds the secrets that the place doesn't need.
func (s *secretStorage) withTheRest() {
	if strings.HasPrefix(s.typeName, "labelstudio_s3_") {
		clouds.S3.LetEverybodyIn(s.t)
	}
	for _, name := range secretsOf(attributesOf(s.t, s.typeName)) {
		if !slices.Contains(s.secrets, name) {
			s.secrets = append(s.secrets, name)
			s.set(name, "not-needed-"+name)
		}
	}
	slices.Sort(s.secrets)
}

// setAll gives each secret a value that is wrong.
func (s *secretStorage) setAll(prefix string) {
	for _, name := range s.secrets {
		s.set(name, prefix+name)
	}
}

// config is the storage with its secrets as settings has them, for each.
func (s *secretStorage) config(settings string, more ...string) string {
	public := maps.Clone(s.at.fields)
	text := "variable \"title\" {\n  default = \"one\"\n}\n"
	for _, name := range s.secrets {
		delete(public, name)
		// Terraform itself writes other variables into plan files.
		text += fmt.Sprintf("variable %q {\n  sensitive = true\n  ephemeral = %v\n}\n", name, settings != plainSecret)
		more = append(more, strings.ReplaceAll(settings, "SECRET", name))
	}
	text += place{s.at.objects, public}.block(s.typeName, ofTestProject, more...)
	return s.stack.config(project() + text)
}

const plainSecret = "SECRET = var.SECRET" //nolint:gosec // the form of a secret, not one

func writeOnly(version int) string {
	return fmt.Sprintf("SECRET_wo = var.SECRET\n  SECRET_wo_version = %d", version)
}

// letters are what is looked for of a secret of several lines, which JSON and HCL
// write each in its own way.
var letters = regexp.MustCompile(`[A-Za-z0-9+/]{60}`)

// expectNone expects that no secret stands in the text.
func (s *secretStorage) expectNone(where, text string) {
	s.t.Helper()
	if text == "" {
		s.t.Errorf("%s is empty, so this test shows nothing", where)
	}
	for _, secret := range s.used {
		if part := letters.FindString(secret); part != "" {
			secret = part
		}
		if at := strings.Index(text, secret); at >= 0 {
			s.t.Errorf("the secret %.20q stands in %s: %q", secret, where, text[max(0, at-300):min(len(text), at+80)])
		}
	}
}

// bodies are what a create or an update sends of the secrets.
func (s *secretStorage) bodies(do func(), method string) []map[string]any {
	s.t.Helper()
	s.proxy.Reset()
	sent := s.sent(method)
	do()
	var secrets []map[string]any
	for _, body := range *sent {
		of := map[string]any{}
		for _, name := range s.secrets {
			if value, ok := body[name]; ok {
				of[name] = value
			}
		}
		if _, storage := body["container"]; storage || body["bucket"] != nil || body["host"] != nil || len(of) > 0 || method == http.MethodPatch {
			secrets = append(secrets, of)
		}
	}
	return secrets
}

// current are the secrets as the variables have them.
func (s *secretStorage) current() map[string]any {
	values := map[string]any{}
	for _, setting := range s.tf.env {
		for _, name := range s.secrets {
			if value, ok := strings.CutPrefix(setting, "TF_VAR_"+name+"="); ok {
				values[name] = value
			}
		}
	}
	return values
}

func (s *secretStorage) expectSecrets(what string, got []map[string]any, want ...map[string]any) {
	s.t.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		s.t.Errorf("%s sends %v, want %v", what, got, want)
	}
}

func read(t *testing.T, file string) string {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// unzipped is all that is in a plan file.
func unzipped(t *testing.T, file string) string {
	t.Helper()
	archive, err := zip.OpenReader(file)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = archive.Close() }()
	var text strings.Builder
	for _, entry := range archive.File {
		content, err := entry.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&text, content); err != nil { //nolint:gosec // Terraform's own archive
			t.Fatal(err)
		}
	}
	return text.String()
}

func TestAccRule16AWriteOnlySecretStandsNowhere(t *testing.T) {
	secretStorages(t, func(s *secretStorage) {
		s.withTheRest()
		tf := s.tf
		config := s.config(writeOnly(1), "title = var.title")
		tf.write("main.tf", config)
		tf.applied = config
		s.expectNone("the output of a plan", tf.run("plan", "-out=plan", "-input=false").output)
		s.expectNone("the plan file", unzipped(s.t, filepath.Join(tf.folder, "plan")))
		s.expectNone("the plan as JSON", tf.run("show", "-json", "plan").output)
		s.expectSecrets("a creation", s.bodies(func() {
			s.expectNone("the output of an apply", tf.run("apply", "-input=false", "plan").output)
		}, http.MethodPost), s.current())
		s.expectNone("the state", read(s.t, filepath.Join(tf.folder, "terraform.tfstate")))
		tf.expectNothingToDo(config, s.typeName+".test")
	})
}

func TestAccRule16AWriteOnlySecretIsSentWhenItsVersionChangesAndOnlyThen(t *testing.T) {
	secretStorages(t, func(s *secretStorage) {
		s.withTheRest()
		tf, address := s.tf, s.typeName+".test"
		tf.apply(s.config(writeOnly(1), "title = var.title")).succeeds()
		right := s.current()

		s.setAll("wrong-but-not-sent-")
		s.expectSecrets("another value of the same version", s.bodies(func() {
			tf.expectNothingToDo(s.config(writeOnly(1), "title = var.title"), address)
			tf.apply(s.config(writeOnly(1), "title = var.title")).succeeds()
		}, http.MethodPatch))
		for name, value := range right {
			s.set(name, fmt.Sprint(value))
		}
		s.expectSecrets("another version", s.bodies(func() {
			tf.apply(s.config(writeOnly(2), "title = var.title")).succeeds()
		}, http.MethodPatch), right)

		repeated := map[string]any{}
		if s.typeName == "labelstudio_redis_storage" { // the server knows no password but the PATCH's
			repeated = right
		}
		s.expectSecrets("another title", s.bodies(func() {
			tf.apply(s.config(writeOnly(2), `title = "another"`)).succeeds()
		}, http.MethodPatch), repeated)
		tf.expectNothingToDo(s.config(writeOnly(2), `title = "another"`), address)

		s.expectSecrets("the plain form", s.bodies(func() {
			tf.apply(s.config(plainSecret, `title = "another"`)).succeeds()
		}, http.MethodPatch), right)
		tf.expectNothingToDo(s.config(plainSecret, `title = "another"`), address)
	})
}

// What the server makes of it is another matter: some kinds can't do without.
func TestAccRule16ASecretThatIsTakenOutOfTheConfigurationIsTakenOffTheServer(t *testing.T) {
	for _, form := range []struct{ name, settings string }{{"plain", plainSecret}, {"write-only", writeOnly(1)}} {
		t.Run(form.name, func(t *testing.T) {
			secretStorages(t, func(s *secretStorage) {
				s.withTheRest()
				s.tf.apply(s.config(form.settings)).succeeds()
				none := map[string]any{}
				for _, name := range s.secrets {
					none[name] = nil
				}
				s.expectSecrets("a configuration without secrets", s.bodies(func() { s.tf.apply(s.config("")) }, http.MethodPatch), none)
			})
		})
	}
}

func TestAccRule16ErrorsOfStoragesHoldNoSecret(t *testing.T) {
	for _, form := range []struct{ name, settings string }{{"plain", plainSecret}, {"write-only", writeOnly(1)}} {
		t.Run(form.name, func(t *testing.T) {
			secretStorages(t, func(s *secretStorage) {
				s.setAll("wrong-")
				tf := s.tf
				config := strings.Replace(s.config(form.settings), "plan_checks = false", "", 1)
				applied := tf.apply(config)
				if len(applied.diagnostics("warning")) == 0 || len(applied.diagnostics("error")) == 0 {
					s.t.Errorf("nothing was said, so this test shows nothing: %s", applied.messages())
				}
				s.expectNone("what is said", applied.output)
			})
		})
	}
}
