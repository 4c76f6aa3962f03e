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
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
)

// saying expects an error that holds the text, wherever its lines break.
func saying(text string) *regexp.Regexp {
	return regexp.MustCompile(strings.ReplaceAll(regexp.QuoteMeta(text), " ", `\s+`))
}

// expectNoToken expects that a plan or state holds no access token, but what uses it.
func expectNoToken(t *testing.T, what, content string) {
	t.Helper()
	if acctest.JWT.MatchString(content) || !strings.Contains(content, "terraform_data") {
		t.Errorf("the %s holds a token, or not what uses it: %s", what, content)
	}
}

// handedOver is a configuration in which a script writes the access token and its
// end into a file. TestMain looks for tokens in the logs of all tests.
func handedOver(s *acctest.Server, file string) string {
	return s.Config(fmt.Sprintf(`
ephemeral "labelstudio_access_token" "test" {}

resource "terraform_data" "script" {
  provisioner "local-exec" {
    command = "echo $TOKEN $ENDS >%s"
    environment = {
      TOKEN = ephemeral.labelstudio_access_token.test.token
      ENDS  = ephemeral.labelstudio_access_token.test.expires_at
    }
  }
}
`, file))
}

func TestAccEphemeralTokenWorksAndIsNotKept(t *testing.T) {
	t.Parallel()
	acctest.NeedsTerraform(t, tfversion.Version1_10_0)
	s := acctest.Start(t)
	if s.PersonalAccessToken == "" {
		t.Skip("the server under test has no personal access token")
	}
	file := filepath.Join(t.TempDir(), "token")
	tf := s.Terraform("LABEL_STUDIO_API_KEY=" + s.PersonalAccessToken)
	tf.Applied = handedOver(s, file)
	tf.Write("main.tf", tf.Applied)
	tf.Run("plan", "-json", "-input=false", "-out=saved").Succeeds()
	expectNoToken(t, "plan", tf.Run("show", "-json", "saved").Output)
	tf.Run("apply", "-json", "-input=false", "saved").Succeeds()
	expectNoToken(t, "state", tf.State())

	written, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	token, ends, _ := strings.Cut(strings.TrimSpace(string(written)), " ")
	if user := userOf(s, token); user != s.Username {
		t.Errorf("the token is of %q, want %q", user, s.Username)
	}
	end, err := time.Parse(time.RFC3339, ends)
	if left := time.Until(end); err != nil || left < time.Minute || left > time.Hour {
		t.Errorf("the token ends at %q, %v", ends, err)
	}
}

func TestAccEphemeralTokenNeedsAPersonalAccessToken(t *testing.T) {
	t.Parallel()
	acctest.NeedsTerraform(t, tfversion.Version1_10_0)
	s := acctest.Start(t)
	if s.LegacyToken == "" {
		t.Skip("the server under test has no legacy token")
	}
	s.Test(resource.TestStep{
		Config:      handedOver(s, filepath.Join(t.TempDir(), "token")),
		ExpectError: saying("Access tokens need a personal access token"),
	})
}

// userOf asks the server, without the provider, whom a Bearer token belongs to.
func userOf(s *acctest.Server, token string) string {
	s.T.Helper()
	request, err := http.NewRequestWithContext(s.T.Context(), http.MethodGet, s.URL+"/api/current-user/whoami", http.NoBody)
	if err != nil {
		s.T.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+token)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		s.T.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	var user struct{ Email string }
	if err := json.NewDecoder(response.Body).Decode(&user); err != nil {
		s.T.Fatal(err)
	}
	return user.Email
}
