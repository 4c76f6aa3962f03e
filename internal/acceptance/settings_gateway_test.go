package acceptance_test

import (
	"encoding/base64"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/proxy"
)

// behindGateway puts a gateway in front of the server that lets only requests with the
// header pass, as basic auth of nginx and a private Space of Hugging Face do. It passes
// the header on. If that is Authorization, the token has to come in another header.
func behindGateway(s *acctest.Server, header, want string) {
	s.Proxy.Reset()
	page := proxy.Respond(http.StatusUnauthorized, "<html><head><title>401 Authorization Required</title></head></html>", "Content-Type", "text/html", "WWW-Authenticate", "Basic")
	s.Proxy.Inject(proxy.Fault{Do: func(w http.ResponseWriter, r *http.Request, forward http.Handler) {
		if got := r.Header.Values(header); len(got) != 1 || got[0] != want {
			page(w, r, forward)
			return
		}
		if token := r.Header.Values("X-Api-Key"); (header == "Authorization") != (len(token) == 1) {
			s.T.Errorf("got %d tokens in X-Api-Key beside %s", len(token), header)
		}
		forward.ServeHTTP(w, r)
	}})
}

func TestAccSettingsAGatewayMayTakeTheAuthorizationHeader(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	if s.LegacyToken == "" || s.PersonalAccessToken == "" {
		t.Skip("the server under test has not both kinds of tokens")
	}
	const basic, wrong = "Basic dGVhbTpzM2NyZXQ=", "Basic d3Jvbmc="
	object := acctest.Values{"title": "behind a gateway", "label_config": "<View></View>"}
	headers := func(header, value string) map[string]any { return map[string]any{header: value} }
	for name, test := range map[string]struct{ header, key string }{
		"legacy token beside Authorization":                {"Authorization", s.LegacyToken},
		"legacy token beside Proxy-Authorization":          {"Proxy-Authorization", s.LegacyToken},
		"personal access token beside another header":      {"X-Gateway", s.PersonalAccessToken},
		"personal access token beside Proxy-Authorization": {"Proxy-Authorization", s.PersonalAccessToken},
	} {
		t.Run(name, func(t *testing.T) {
			s := s.In(t)
			behindGateway(s, test.header, basic)
			project := checked(s, projectType)
			project.Settings = acctest.Values{"api_key": test.key, "http_headers": headers(test.header, basic)}
			project.Apply(object).Succeeds()
			project.Apply(object.With(acctest.Values{"description": "changed"})).Succeeds()
			project.ExpectEmptyPlan(object.With(acctest.Values{"description": "changed"}))
			project.Settings["http_headers"] = headers(test.header, wrong)
			project.Plan(object).Fails("", "Can't read the project", "401 Authorization Required", "the log-in page of a gateway", "`http_headers`")
			project.Settings["http_headers"] = headers(test.header, basic)
			project.Apply(nil).Succeeds()
		})
	}

	// A refused token is the token's mistake, not the gateway's.
	behindGateway(s, "Authorization", basic)
	project := checked(s, projectType)
	project.Settings = acctest.Values{"api_key": strings.Repeat("0", 40), "http_headers": headers("Authorization", basic)}
	project.Plan(object).Warns("", noAccess, "Invalid token.")
}

func TestAccSettingsTheExamplesOfGatewaysCanBePasted(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	if s.LegacyToken == "" {
		t.Skip("the server under test has no such token")
	}
	examples := guideSection(t, "tokens.md", "## Gateways", "## Errors")
	wanted := []struct{ header, value string }{
		{"Authorization", "Basic " + base64.StdEncoding.EncodeToString([]byte("terraform:s3cret"))},
		{"Authorization", "Bearer s3cret"},
		{"Proxy-Authorization", "Bearer s3cret"},
	}
	if len(examples) != len(wanted) {
		t.Fatalf("the guide has %d examples, want %d", len(examples), len(wanted))
	}
	for i, example := range examples {
		behindGateway(s, wanted[i].header, wanted[i].value)
		config := regexp.MustCompile(`https://[\w.-]+`).ReplaceAllString(example.code, s.Proxy.URL)
		s.Terraform("TF_VAR_gateway_password=s3cret", "TF_VAR_hugging_face_token=s3cret", "TF_VAR_iap_token=s3cret").Plan(config + listing).Succeeds()
	}
}

func TestAccSettingsAPersonalAccessTokenNeedsTheAuthorizationHeader(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	if s.PersonalAccessToken == "" {
		t.Skip("the server under test has no such token")
	}
	settings := "http_headers = { Authorization = \"Basic dGVhbTpzM2NyZXQ=\" }\nurl = " + acctest.Quoted(s.Proxy.URL)
	s.Terraform("LABEL_STUDIO_API_KEY="+s.PersonalAccessToken).Plan(provided(settings, listing)).
		Fails("http_headers", "Invalid provider setting", "while api_key is a personal access token", "Set api_key to a legacy token", "Proxy-Authorization")

	// The server takes neither the token nor its access token in the other header.
	var exchanged struct{ Access string }
	s.Call(http.MethodPost, "/api/token/refresh/", map[string]string{"refresh": s.PersonalAccessToken}, &exchanged)
	for _, token := range []string{s.PersonalAccessToken, exchanged.Access} {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL+"/api/current-user/whoami", nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("X-Api-Key", token)
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		if err := response.Body.Close(); err != nil || response.StatusCode != http.StatusUnauthorized {
			t.Errorf("the server says %s to X-Api-Key, %v", response.Status, err)
		}
	}
}
