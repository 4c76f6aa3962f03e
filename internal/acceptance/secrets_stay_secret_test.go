package acceptance_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/proxy"
)

const (
	secretHeader   = "header-5f2c9e" //nolint:gosec // a secret of this test alone
	secretPassword = "password-8b1d7a"
	newPassword    = "password-4e6c3f"
)

// secretive is a configuration that holds secrets of all sorts, though not in its text.
func secretive(s *acctest.Server, settings ...string) string {
	return s.ConfigWith(`http_headers = { X-Gateway = var.header }`, `
variable "header" {
  sensitive = true
}
variable "password" {
  type = string
}
`+acctest.Project(append(settings, `task_data_login = "reader"`, `task_data_password = var.password`)...)+
		acctest.Storage(s.Folder(s.T, 1), "use_blob_urls = true", `sync_triggers = { now = "1" }`))
}

func TestAccSecretsStaySecretAndNeitherLoggedNorShown(t *testing.T) {
	t.Parallel()
	for name, key := range map[string]func(*acctest.Server) string{
		"legacy token":          func(s *acctest.Server) string { return s.LegacyToken },
		"personal access token": func(s *acctest.Server) string { return s.PersonalAccessToken },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := acctest.Start(t)
			if key(s) == "" {
				t.Skip("the server under test has no such token")
			}
			secrets := []string{key(s), secretHeader, secretPassword, newPassword}
			s.Proxy.Inject(proxy.Fault{Path: "token/refresh", Do: proxy.RewriteBody(func(body []byte) []byte {
				var token struct{ Access string }
				if err := json.Unmarshal(body, &token); err != nil || token.Access == "" {
					t.Errorf("got %s for an access token", body)
				}
				secrets = append(secrets, token.Access)
				return body
			})})
			sent := false
			s.Proxy.Inject(proxy.Fault{Do: proxy.Before(func(r *http.Request) {
				sent = sent || r.Header.Get("X-Gateway") == secretHeader
			})})
			tf := s.Terraform("LABEL_STUDIO_API_KEY="+key(s), "TF_VAR_header="+secretHeader, "TF_VAR_password="+secretPassword)
			config := secretive(s)
			output := tf.Plan(config).Succeeds().Output + tf.Apply(config).Succeeds().Output
			tf.Env = append(tf.Env, "TF_VAR_password="+newPassword)
			text := tf.Run("plan")
			if !strings.Contains(text.Output, "(sensitive value)") {
				t.Errorf("the plan shows no change of the password:\n%s", text.Output)
			}
			output += text.Output + tf.Apply(config).Succeeds().Output + tf.Run("destroy", "-auto-approve").Output

			log, err := os.ReadFile(tf.Log())
			if err != nil {
				t.Fatal(err)
			}
			if !sent || !bytes.Contains(log, []byte("Label Studio request")) {
				t.Error("the header was not sent or the requests were not logged, so this test shows nothing")
			}
			for _, secret := range secrets {
				if bytes.Contains(log, []byte(secret)) {
					t.Errorf("%s stands in the log", secret)
				}
				if strings.Contains(output, secret) {
					t.Errorf("%s stands in the output", secret)
				}
			}
		})
	}
}

func TestAccSecretsStaySecretErrorsAndWarningsHoldNoSecret(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ from, to string }{
		"another value": {`"acceptance test"`, `"another title"`},
		"another type":  {`"acceptance test"`, `["another title"]`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := acctest.Start(t)
			// Plans ask for nothing that is rewritten; the answers of the apply are.
			s.Proxy.Inject(proxy.Fault{Method: http.MethodPost, Path: "^/api/projects/$", Do: proxy.RewriteBody(func(body []byte) []byte {
				return bytes.Replace(body, []byte(test.from), []byte(test.to), 1)
			})})
			tf := s.Terraform("TF_VAR_header="+secretHeader, "TF_VAR_password="+secretPassword)
			got := tf.Apply(secretive(s))
			said := got.Texts()
			if len(got.Errors())+len(got.Warnings()) == 0 {
				t.Fatalf("nothing was said, so this test shows nothing:\n%s", got.Output)
			}
			for _, secret := range []string{secretHeader, secretPassword, newPassword} {
				if strings.Contains(said, secret) {
					t.Errorf("the secret %s stands in: %s", secret, said)
				}
			}
		})
	}
}

func TestAccSecretsStaySecretDataSourcesHoldNoPassword(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	tf := s.Terraform("TF_VAR_header="+secretHeader, "TF_VAR_password="+secretPassword)
	tf.Apply(secretive(s) + `
data "labelstudio_project" "one" {
  id = labelstudio_project.test.id
}
data "labelstudio_projects" "all" {
  depends_on = [labelstudio_project.test]
}
output "read" {
  value = [data.labelstudio_project.one, data.labelstudio_projects.all]
}
`).Succeeds()
	if read := tf.Run("output", "-json").Output; strings.Contains(read, secretPassword) || !strings.Contains(read, "acceptance test") {
		t.Errorf("a data source holds the password, or does not hold the project: %s", read)
	}
}

func TestAccSecretsStaySecretNothingIsSentToAnotherHost(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	var arrived []string
	elsewhere := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		arrived = append(arrived, fmt.Sprint(r.Method, r.URL, r.Header))
	}))
	t.Cleanup(elsewhere.Close)
	// The same machine under another name is another host.
	location := strings.Replace(elsewhere.URL, "127.0.0.1", "localhost", 1) + "/api/projects/"
	for _, status := range []int{301, 302, 307, 308} {
		s.Proxy.Reset()
		s.Proxy.Inject(proxy.Fault{Do: proxy.Redirect(status, location)})
		tf := s.Terraform("TF_VAR_header="+secretHeader, "TF_VAR_password="+secretPassword)
		tf.Apply(s.ConfigWith(`http_headers = { X-Gateway = "`+secretHeader+`" }`, acctest.Project())).
			Fails(projectBlock, cantCreateProject, "the server redirects to http://localhost:", "a POST must not follow", "Set `url` to the final address of Label Studio")
		tf.Apply(s.ConfigWith(`http_headers = { Authorization = "Basic `+secretHeader+`" }`, `data "labelstudio_projects" "all" {}`)).
			Fails(`data "labelstudio_projects" "all" {}`, "Can't list the projects", "which is another host")
	}
	if len(arrived) > 0 {
		t.Errorf("the other host got %v", arrived)
	}
}
