package acceptance_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/proxy"
)

const noAccess = "Can't access Label Studio"

func TestAccPlansTellTheTruthNoAccessIsAWarningOfThePlan(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	const signIn = "<html><head><title>Sign in</title></head></html>"
	page := proxy.Respond(http.StatusOK, signIn, "Content-Type", "text/html")
	for name, test := range map[string]struct {
		settings acctest.Values
		fault    proxy.Action
		requests int
		says     []string
	}{
		"unreachable":          {acctest.Values{"url": "http://127.0.0.1:1"}, nil, 0, []string{"cannot reach http://127.0.0.1:1", "this machine reaches it"}},
		"HTTPS to HTTP":        {acctest.Values{"url": strings.Replace(s.Proxy.URL, "http:", "https:", 1)}, nil, 0, []string{"does not speak HTTPS", "begin with http://"}},
		"connection reset":     {nil, proxy.ResetBefore(), 1, []string{"the connection broke", "Check that Label Studio runs"}},
		"no response":          {acctest.Values{"request_timeout": "200ms"}, proxy.SlowHeaders(time.Minute), 1, []string{"no response from " + s.Proxy.URL, "Check that Label Studio is not overloaded"}},
		"server starts":        {nil, proxy.Respond(http.StatusServiceUnavailable, "starting"), 1, []string{"503 Service Unavailable", "Check that Label Studio runs"}},
		"refused token":        {acctest.Values{"api_key": strings.Repeat("0", 40)}, nil, 1, []string{"Invalid token.", "Check that api_key and url belong to the same server"}},
		"other path prefix":    {acctest.Values{"url": s.Proxy.URL + "/wrong"}, nil, 1, []string{"no Label Studio API at " + s.Proxy.URL + "/wrong", "Check `url` and its path prefix"}},
		"another server":       {nil, proxy.Respond(http.StatusOK, `{"status":"UP"}`), 1, []string{"no Label Studio API at " + s.Proxy.URL, "does not name a user"}},
		"log-in page":          {nil, page, 1, []string{`a web page "Sign in"`, "`url` may be that of a log-in page"}},
		"log-in page with 401": {nil, proxy.Respond(http.StatusUnauthorized, signIn, "Content-Type", "text/html"), 1, []string{"the log-in page of a gateway", "`api_key` is not the problem"}},
		"log-in page beside it": {nil, func(w http.ResponseWriter, r *http.Request, forward http.Handler) {
			if r.URL.Path == "/oauth2/start" {
				page(w, r, forward)
				return
			}
			proxy.Redirect(http.StatusFound, "/oauth2/start")(w, r, forward)
		}, 2, []string{`a web page "Sign in"`, "the log-in page of a gateway", "`api_key` is not the problem"}},
		"log-in page elsewhere": {nil, proxy.Redirect(http.StatusFound, "https://sso.example.com/login?next=/"), 1, []string{"redirects to https://sso.example.com/login", "the log-in page of a gateway"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := s.In(t)
			for typeName, config := range map[string]acctest.Values{
				projectType:   {"title": "not there yet", "label_config": "<View></View>"},
				storageType:   {"project": 1, "path": "/data/images", "regex_filter": ".*"},
				viewType:      {"project": 1, "title": "not there yet", "ordering": []string{"tasks:id"}},
				webhookType:   {"project": 1, "url": receiver},
				mlBackendType: {"project": 1, "url": receiver},
				sessionType:   {"max_session_age": 1000},
			} {
				s.Proxy.Reset()
				if test.fault != nil {
					s.Proxy.Inject(proxy.Fault{Do: test.fault})
				}
				instance := checked(s, typeName)
				instance.Settings = instance.Settings.With(test.settings)
				instance.Plan(config).Warns("", noAccess, append(test.says, "The apply fails if this is still so by then")...)
				// No retry, and no further check.
				if asked := s.Proxy.Requests(); len(asked) != test.requests {
					t.Errorf("%s: got the requests %v, want %d", typeName, asked, test.requests)
				}
			}
		})
	}
}

func TestAccPlansTellTheTruthARefusedPersonalAccessTokenIsAWarningOfThePlan(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	if s.PersonalAccessToken == "" {
		t.Skip("the server under test has no such token")
	}
	project, config := checked(s, projectType), acctest.Values{"title": "not there yet", "label_config": "<View></View>"}
	project.Settings["api_key"] = s.PersonalAccessToken[:strings.LastIndex(s.PersonalAccessToken, ".")] + ".c2lnbmF0dXJl"
	project.Plan(config).Warns("", noAccess, "Token is invalid", "it was cut off when it was copied")
	project.Settings["api_key"] = s.PersonalAccessToken
	s.Proxy.Reset()
	project.Plan(config).Succeeds()
	expectAsked(s, "plan with a personal access token", "POST /api/token/refresh/", "GET /api/current-user/whoami", "GET /api/projects/", "POST /api/projects/validate/")
}

func TestAccPlansTellTheTruthNoAccessIsAskedForAndWarnedOfOnce(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	id := s.NewProject()
	var objects string
	for i := range 5 {
		title := fmt.Sprintf("title = \"number %d\"\n", i)
		objects += acctest.StorageIn(id, fmt.Sprintf("s%d", i), "/data/images", title) + strings.Replace(acctest.Project(fmt.Sprintf(choices, "c")), `"test"`, fmt.Sprintf(`"p%d"`, i), 1)
	}
	s.Proxy.Inject(proxy.Fault{Do: proxy.ResetBefore()})
	planned := s.Terraform().Plan(s.Checking(objects))
	if warnings := planned.Warnings(); planned.Failed || len(warnings) != 1 || warnings[0].Summary != noAccess {
		t.Errorf("want one warning:%s", planned.Texts())
	}
	expectAsked(s, "plan of many objects", "GET /api/current-user/whoami")
}

// The response that shows the access tells the edition, too.
func TestAccErrorsOfTheCommunityEditionDoNotSpeakOfAnother(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	refused := checked(s, projectType).Plan(acctest.Values{"title": "labelled", "label_config": "<View>"}).
		Fails("label_config", "The server refuses the labeling configuration")
	if detail := refused.Errors()[0].Detail; s.Proxy.Count(http.MethodGet, "/whoami$") != 1 || strings.Contains(detail, "Enterprise") {
		t.Errorf("after %v the server is taken for one of the Enterprise edition: %s", s.Proxy.Requests(), detail)
	}
}
