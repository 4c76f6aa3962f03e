package acceptance_test

import (
	"bytes"
	"fmt"
	"net/http"
	"regexp"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/proxy"
)

// Settings of the organization always exist, and the server has no id for them. The tests
// over all resources change them, too.

const (
	jwtType     = "labelstudio_jwt_settings"
	sessionType = "labelstudio_session_policy"
)

func TestAccSettingsOfTheOrganizationChangeWhatIsConfiguredAndLeaveTheRest(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	policy := s.Instance(sessionType)
	s.Change(sessionType, 0, map[string]any{"max_session_age": 1000, "max_time_between_activity": 100})
	config := acctest.Values{"max_session_age": 1000}
	const whoami, get, patch = "GET /api/current-user/whoami", "GET /api/session-policy/", "PATCH /api/session-policy/"

	s.Proxy.Reset()
	policy.Apply(config).Succeeds()
	expectAsked(s, "creation with the values of the server", whoami, get)
	if policy.ID() != s.Organization() || policy.Attribute("max_time_between_activity") != int64(100) {
		t.Errorf("got %v", policy.Attributes())
	}
	policy.ExpectEmptyPlan(config)

	// What is not configured may change.
	s.Change(sessionType, 0, map[string]any{"max_time_between_activity": 200})
	policy.ExpectEmptyPlan(config)

	config["max_session_age"] = 2000
	s.Proxy.Reset()
	policy.Apply(config).Succeeds()
	expectAsked(s, "change", whoami, get, whoami, get, patch)
	stored := s.Fields(sessionType, 0)
	if stored["max_session_age"] != 2000.0 || stored["max_time_between_activity"] != 200.0 {
		t.Errorf("the server has %v", stored)
	}

	plan := policy.Plan(nil)
	plan.Warns("", "The session policy stays as it is", "can't be deleted", "the server keeps its values")
	s.Proxy.Reset()
	policy.Change(nil)
	expectAsked(s, "destruction")
	if policy.Exists() || s.Fields(sessionType, 0)["max_session_age"] != 2000.0 {
		t.Errorf("after the destruction the state has %v and the server %v", policy.Attributes(), s.Fields(sessionType, 0))
	}

	policy.Apply(acctest.Values{"max_session_age": 0}).Fails("max_session_age", "Invalid Attribute Value", "at least 1")
}

func TestAccSettingsOfTokensThatWouldLockTheProviderOutAreRefusedInThePlan(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	if s.LegacyToken == "" || s.PersonalAccessToken == "" {
		t.Skip("the test needs a server with both kinds of tokens")
	}
	const personal, legacy = "api_tokens_enabled", "legacy_api_tokens_enabled"
	settings := s.Instance(jwtType)
	s.Proxy.Reset()
	for token, test := range map[string]struct{ attribute, inUse, instead string }{
		s.LegacyToken:         {legacy, "is a legacy token", "to a personal access token"},
		s.PersonalAccessToken: {personal, "is a personal access token", "to a legacy token"},
	} {
		settings.Settings = acctest.Values{"api_key": token}
		settings.Apply(acctest.Values{test.attribute: false}).Fails(test.attribute, "The provider would lock itself out", test.inUse, test.instead)
		if plan := settings.PlanUnrefreshed(acctest.Values{test.attribute: acctest.Unknown}); plan.Failed {
			t.Error(plan.Texts())
		}
		settings.Apply(acctest.Values{test.attribute: true}).Succeeds()
		settings.Apply(acctest.Values{test.attribute: false}).Fails(test.attribute, "The provider would lock itself out")
		settings.Forget()
	}
	if changes := s.Proxy.Count(http.MethodPost, "/api/jwt/settings"); changes > 0 {
		t.Errorf("the settings were changed: %v", s.Proxy.Requests())
	}

	// With a personal access token the legacy ones can be switched off, and on again.
	settings.Settings = acctest.Values{"api_key": s.PersonalAccessToken}
	defer func() { settings.Apply(acctest.Values{legacy: true}).Succeeds() }() // the tests need them
	off := acctest.Values{legacy: false}
	settings.Apply(off).Succeeds()
	settings.ExpectEmptyPlan(off)
	_, refused := s.Provider(acctest.Values{"api_key": s.LegacyToken}).Read(jwtType, acctest.Values{})
	refused.Fails("", "Can't read the API token policy", "legacy token authentication has been disabled")
	found, read := s.Provider(settings.Settings).Read(jwtType, acctest.Values{})
	read.Succeeds()
	if found[legacy] != false || found[personal] != true || found["id"] != settings.ID() {
		t.Errorf("the data source finds %v", found)
	}
}

func TestAccSettingsOfAnotherOrganizationAreNeitherReadNorChanged(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	policy, config := s.Instance(sessionType), acctest.Values{"max_session_age": 1000}
	policy.Apply(config).Succeeds()
	before := policy.Attributes()
	expectRefused := func(summary string, says ...string) {
		t.Helper()
		policy.Apply(acctest.Values{"max_session_age": 2000}).Fails("", "Can't read the session policy", says...)
		policy.Change(acctest.Values{"max_session_age": 2000}).Fails("", summary, says...)
		if !acctest.SameJSON(policy.Attributes(), before) || s.Proxy.Count(http.MethodPatch, "/session-policy/") > 0 {
			t.Errorf("the state has %v after %v", policy.Attributes(), s.Proxy.Requests())
		}
		s.Proxy.Reset()
	}
	s.Proxy.Reset()
	s.Proxy.Inject(proxy.Fault{Path: "/whoami", Do: proxy.RewriteBody(func(body []byte) []byte {
		return regexp.MustCompile(`"active_organization":\d+`).ReplaceAll(body, []byte(`"active_organization":987654321`))
	})})
	expectRefused("Can't update the session policy", fmt.Sprintf("works in organization 987654321, not in organization %d", s.Organization()), "terraform state rm")

	// The same organization has settings of another time on another server.
	s.Proxy.Inject(proxy.Fault{Path: "/session-policy/", Do: proxy.RewriteBody(func(body []byte) []byte {
		return bytes.ReplaceAll(body, []byte(`"created_at":"20`), []byte(`"created_at":"19`))
	})})
	policy.Apply(config).Fails("created_at", "Another session policy has this id", "Check url")
	s.Proxy.Reset()

	// An older server, or another edition, may not have them.
	s.Proxy.Inject(proxy.Fault{Path: "/session-policy/", Do: proxy.Respond(http.StatusNotFound, "<html><title>Page not found</title></html>", "Content-Type", "text/html")})
	expectRefused("Can't update the session policy", "does not offer api/session-policy/")
	policy.ExpectEmptyPlan(config)

	policy.Forget()
	policy.Import(987654321).Fails("", "Can't read the session policy", "not in organization 987654321")
}

func TestAccSettingsWhoseChangeFailsAreChangedByTheNextApply(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	for typeName, config := range map[string]acctest.Values{
		jwtType:     {"api_tokens_enabled": false},
		sessionType: {"max_session_age": 1234},
	} {
		object := acctest.ObjectOf(t, typeName)
		if typeName == jwtType && s.LegacyToken == "" {
			continue
		}
		for name, trouble := range map[string]proxy.Action{"refused": proxy.Respond(http.StatusForbidden, `{"detail":"not for you"}`, "Content-Type", "application/json"), "lost": proxy.ResetAfter()} {
			t.Run(typeName+" "+name, func(t *testing.T) {
				s := s.In(t)
				settings := s.Instance(typeName)
				settings.Settings["retries"] = int64(0)
				remove := s.Proxy.Inject(proxy.Fault{Method: object.Change(), Path: object.Item, Times: 1, Do: trouble})
				if failed := settings.Apply(config); !failed.Failed || settings.Exists() {
					t.Errorf("the state has %v:%s", settings.Attributes(), failed.Texts())
				}
				remove()
				settings.Apply(config).Succeeds()
				settings.ExpectEmptyPlan(config)
			})
		}
	}
}

func TestAccListGivesTheSettingsOfTheOrganizationAsAnImportReadsThem(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	p := s.Provider(acctest.Values{})
	for typeName, name := range map[string]string{jwtType: "API token policy", sessionType: "session policy"} {
		results := p.List(typeName, acctest.Values{}, true, 0)
		if len(results) != 1 || results[0].DisplayName != fmt.Sprintf("%s %d", name, s.Organization()) {
			t.Fatalf("got %+v", results)
		}
		expectAsImported(s, typeName, results[0])
		found := readSource(s, typeName, acctest.Values{})
		if !acctest.SameJSON(found, results[0].Attributes) {
			t.Errorf("the data source finds %v, and the list %v", found, results[0].Attributes)
		}
	}
}
