package provider_test

import (
	"context"
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
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"
)

// saying expects an error that holds the text, wherever its lines break.
func saying(text string) *regexp.Regexp {
	return regexp.MustCompile(strings.ReplaceAll(regexp.QuoteMeta(text), " ", `\s+`))
}

// noToken expects that a plan or state holds no access token.
type noToken struct{}

func (noToken) expect(of string, content any, failure *error) {
	text, err := json.Marshal(content)
	if err == nil && (jwt.Match(text) || !strings.Contains(string(text), "terraform_data")) {
		err = fmt.Errorf("the %s holds a token, or not what uses it: %s", of, text)
	}
	*failure = err
}

func (n noToken) CheckPlan(_ context.Context, req plancheck.CheckPlanRequest, resp *plancheck.CheckPlanResponse) {
	n.expect("plan", req.Plan, &resp.Error)
}

func (n noToken) CheckState(_ context.Context, req statecheck.CheckStateRequest, resp *statecheck.CheckStateResponse) {
	n.expect("state", req.State, &resp.Error)
}

// handedOver is a configuration in which a script writes the access token and its
// end into a file. TestMain looks for tokens in the logs of all tests.
func (s *stack) handedOver(file string) string {
	return s.config(fmt.Sprintf(`
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
	s := start(t)
	if s.PersonalAccessToken == "" {
		t.Skip("the server under test has no personal access token")
	}
	t.Setenv("LABEL_STUDIO_API_KEY", s.PersonalAccessToken)
	file := filepath.Join(t.TempDir(), "token")
	s.testWith(tfversion.SkipBelow(tfversion.Version1_10_0), resource.TestStep{
		Config:            s.handedOver(file),
		ConfigPlanChecks:  resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{noToken{}}},
		ConfigStateChecks: []statecheck.StateCheck{noToken{}},
		PostApplyFunc: func() {
			written, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			token, ends, _ := strings.Cut(strings.TrimSpace(string(written)), " ")
			if user := s.userOf(token); user != s.Username {
				t.Errorf("the token is of %q, want %q", user, s.Username)
			}
			end, err := time.Parse(time.RFC3339, ends)
			if left := time.Until(end); err != nil || left < time.Minute || left > time.Hour {
				t.Errorf("the token ends at %q, %v", ends, err)
			}
		},
	})
}

func TestAccEphemeralTokenNeedsAPersonalAccessToken(t *testing.T) {
	s := start(t)
	if s.LegacyToken == "" {
		t.Skip("the server under test has no legacy token")
	}
	s.testWith(tfversion.SkipBelow(tfversion.Version1_10_0), resource.TestStep{
		Config:      s.handedOver(filepath.Join(t.TempDir(), "token")),
		ExpectError: saying("Access tokens need a personal access token"),
	})
}

// userOf asks the server, without the provider, whom a Bearer token belongs to.
func (s *stack) userOf(token string) string {
	s.t.Helper()
	request, err := http.NewRequestWithContext(s.t.Context(), http.MethodGet, s.URL+"/api/current-user/whoami", http.NoBody)
	if err != nil {
		s.t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+token)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	var user struct{ Email string }
	if err := json.NewDecoder(response.Body).Decode(&user); err != nil {
		s.t.Fatal(err)
	}
	return user.Email
}
