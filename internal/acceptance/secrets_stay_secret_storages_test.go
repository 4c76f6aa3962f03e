package acceptance_test

import (
	"archive/zip"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
)

// A secretStorage is a storage with all secrets of its kind.
type secretStorage struct {
	*acctest.Server

	object  acctest.Object
	project int64
	// public are the attributes that are no secrets.
	public acctest.Values
	// secrets are the values of the secrets now.
	secrets map[string]any
	// used are all values that the secrets have had.
	used []string
}

// secretStorages runs a test on each storage with secrets.
func secretStorages(t *testing.T, test func(s *secretStorage)) {
	t.Helper()
	withSecrets := func(o acctest.Object) bool { return (o.Imports() || o.Exports()) && o.Kind() != "local" }
	acctest.Each(t, acctest.ObjectsThat(withSecrets), func(s *acctest.Server, object acctest.Object) {
		secret := &secretStorage{Server: s, object: object, project: s.NewProject(), public: s.PlaceFor(object.Kind()).Fields, secrets: map[string]any{}}
		for _, name := range acctest.SecretsOf(acctest.AttributesOf(s.T, object.Type)) {
			if value, needed := secret.public[name].(string); needed {
				delete(secret.public, name)
				secret.set(name, value)
			}
		}
		test(secret)
	})
}

// set gives a secret another value.
func (s *secretStorage) set(name, value string) {
	s.secrets[name] = value
	s.used = append(s.used, value)
}

// withTheRest adds the secrets that the place doesn't need.
func (s *secretStorage) withTheRest() {
	if s.object.Kind() == "s3" { // a session token that nobody has issued is among the rest
		s.public = acctest.Clouds.OpenS3.NewBucket(s.T).Fields
		for name := range s.secrets {
			delete(s.public, name)
		}
	}
	for _, name := range acctest.SecretsOf(acctest.AttributesOf(s.T, s.object.Type)) {
		if _, set := s.secrets[name]; !set {
			s.set(name, "not-needed-"+name)
		}
	}
}

// setAll gives each secret a value that is wrong.
func (s *secretStorage) setAll(prefix string) {
	for name := range s.secrets {
		value := prefix + name
		if name == "google_application_credentials" {
			s.used = append(s.used, value)
			value = fmt.Sprintf(`{"%s": ""}`, value) // a plan refuses what is not a JSON object
		}
		s.set(name, value)
	}
}

// none is the storage without its secrets.
func (s *secretStorage) none(title string) acctest.Values {
	return s.public.With(acctest.Values{"project": s.project, "title": title})
}

// plain is the storage with its secrets in the plain attributes.
func (s *secretStorage) plain(title string) acctest.Values {
	return s.none(title).With(s.secrets)
}

// writeOnly is the storage with its secrets in the write-only attributes.
func (s *secretStorage) writeOnly(version int, title string) acctest.Values {
	config := s.none(title)
	for name, value := range s.secrets {
		config[name+"_wo"], config[name+"_wo_version"] = value, version
	}
	return config
}

// letters are what is looked for of a secret of several lines, which JSON and HCL
// write each in its own way.
var letters = regexp.MustCompile(`[A-Za-z0-9+/]{60}`)

// expectNone expects that no secret stands in the text.
func (s *secretStorage) expectNone(where, text string) {
	s.T.Helper()
	if text == "" {
		s.T.Errorf("%s is empty, so this test shows nothing", where)
	}
	for _, secret := range s.used {
		if part := letters.FindString(secret); part != "" {
			secret = part
		}
		if at := strings.Index(text, secret); at >= 0 {
			s.T.Errorf("the secret %.20q stands in %s: %q", secret, where, text[max(0, at-300):min(len(text), at+80)])
		}
	}
}

// expectSent expects what the requests with the method, of which there is at most one,
// send of the secrets; nil is no request.
func (s *secretStorage) expectSent(what, method string, want map[string]any, do func()) {
	s.T.Helper()
	s.Proxy.Reset()
	sent := s.Sent(method)
	do()
	var got []map[string]any
	for _, body := range *sent {
		of := map[string]any{}
		for _, name := range acctest.SecretsOf(acctest.AttributesOf(s.T, s.object.Type)) {
			if value, ok := body[name]; ok {
				of[name] = value
			}
		}
		got = append(got, of)
	}
	if want == nil && len(got) == 0 {
		return
	}
	if len(got) != 1 || !reflect.DeepEqual(got[0], want) {
		s.T.Errorf("%s sends %v, want %v", what, got, want)
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

// terraform is the storage in the configuration of a terraform command, with its
// secrets in ephemeral variables: Terraform itself writes others into plan files.
func (s *secretStorage) terraform() (tf *acctest.Terraform, config string) {
	settings := []string{`title = "one"`}
	var env []string
	for _, name := range acctest.Sorted(s.secrets) {
		config += fmt.Sprintf("variable %q {\n  sensitive = true\n  ephemeral = true\n}\n", name)
		settings = append(settings, fmt.Sprintf("%[1]s_wo = var.%[1]s\n  %[1]s_wo_version = 1", name))
		env = append(env, fmt.Sprintf("TF_VAR_%s=%s", name, s.secrets[name]))
	}
	return s.Terraform(env...), s.Config(config + acctest.Place{Fields: s.public}.Block(s.object.Type, fmt.Sprint(s.project), settings...))
}

func TestAccSecretsStaySecretAWriteOnlySecretStandsNowhere(t *testing.T) {
	t.Parallel()
	acctest.NeedsTerraform(t, tfversion.Version1_11_0)
	secretStorages(t, func(s *secretStorage) {
		s.withTheRest()
		tf, config := s.terraform()
		tf.Write("main.tf", config)
		tf.Applied = config
		s.expectNone("the output of a plan", tf.Run("plan", "-out=plan", "-input=false").Output)
		s.expectNone("the plan file", unzipped(s.T, filepath.Join(tf.Folder, "plan")))
		s.expectNone("the plan as JSON", tf.Run("show", "-json", "plan").Output)
		s.expectSent("a creation", http.MethodPost, s.secrets, func() {
			s.expectNone("the output of an apply", tf.Run("apply", "-input=false", "plan").Output)
		})
		s.expectNone("the state", read(s.T, filepath.Join(tf.Folder, "terraform.tfstate")))
		tf.ExpectNothingToDo(config, s.object.Type+".test")
		s.expectNone("the log", read(s.T, tf.Log()))
	})
}

func TestAccSecretsStaySecretAWriteOnlySecretIsSentWhenItsVersionChangesAndOnlyThen(t *testing.T) {
	t.Parallel()
	secretStorages(t, func(s *secretStorage) {
		s.withTheRest()
		storage, right := s.Instance(s.object.Type), maps.Clone(s.secrets)
		storage.Apply(s.writeOnly(1, "one")).Succeeds()

		s.setAll("wrong-but-not-sent-")
		s.expectSent("another value of the same version", http.MethodPatch, nil, func() {
			storage.ExpectEmptyPlan(s.writeOnly(1, "one"))
			storage.Apply(s.writeOnly(1, "one")).Succeeds()
		})
		s.secrets = right
		s.expectSent("another version", http.MethodPatch, right, func() { storage.Apply(s.writeOnly(2, "one")).Succeeds() })

		repeated := map[string]any{}
		if s.object.Type == "labelstudio_redis_storage" { // the server knows no password but the PATCH's
			repeated = right
		}
		s.expectSent("another title", http.MethodPatch, repeated, func() { storage.Apply(s.writeOnly(2, "another")).Succeeds() })
		storage.ExpectEmptyPlan(s.writeOnly(2, "another"))

		s.expectSent("the plain form", http.MethodPatch, right, func() { storage.Apply(s.plain("another")).Succeeds() })
		storage.ExpectEmptyPlan(s.plain("another"))
		s.expectNone("the log", read(s.T, s.ProviderLog()))
	})
}

// What the server makes of it is another matter: some kinds can't do without.
func TestAccSecretsStaySecretOneThatIsTakenOutOfTheConfigurationIsTakenOffTheServer(t *testing.T) {
	t.Parallel()
	secretStorages(t, func(s *secretStorage) {
		s.withTheRest()
		none := map[string]any{}
		for name := range s.secrets {
			none[name] = nil
		}
		for _, config := range []acctest.Values{s.plain("one"), s.writeOnly(1, "one")} {
			storage := s.Instance(s.object.Type)
			storage.Apply(config).Succeeds()
			s.expectSent("a configuration without secrets", http.MethodPatch, none, func() { storage.Apply(s.none("one")) })
		}
		s.expectNone("the log", read(s.T, s.ProviderLog()))
	})
}

func TestAccSecretsStaySecretInErrorsOfStorages(t *testing.T) {
	t.Parallel()
	secretStorages(t, func(s *secretStorage) {
		s.setAll("wrong-")
		for _, config := range []acctest.Values{s.plain("one"), s.writeOnly(1, "one")} {
			storage := checked(s.Server, s.object.Type)
			applied := storage.Apply(config)
			if len(applied.Warnings()) == 0 || len(applied.Errors()) == 0 {
				s.T.Errorf("nothing was said, so this test shows nothing: %s", applied.Texts())
			}
			s.expectNone("what is said", applied.Texts())
		}
		s.expectNone("the log", read(s.T, s.ProviderLog()))
	})
}
