package acceptance_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/proxy"
)

// mlRequest is the path of the requests about one ML backend.
const mlRequest = `^/api/ml/\d+$`

// webhookURLs are the addresses of a project's webhooks.
func webhookURLs(s *acctest.Server, project int64) []string {
	s.T.Helper()
	var webhooks []struct{ URL string }
	s.Call(http.MethodGet, fmt.Sprintf("/api/webhooks/?project=%d", project), nil, &webhooks)
	urls := make([]string, len(webhooks))
	for i, webhook := range webhooks {
		urls[i] = webhook.URL
	}
	slices.Sort(urls)
	return urls
}

// expectWebhooks compares the addresses of a project's webhooks.
func expectWebhooks(s *acctest.Server, project int64, want ...string) {
	s.T.Helper()
	slices.Sort(want)
	if got := webhookURLs(s, project); !slices.Equal(got, want) {
		s.T.Errorf("the project has the webhooks %q, want %q", got, want)
	}
}

// countMLBackends counts those of a project.
func countMLBackends(s *acctest.Server, project int64) int {
	s.T.Helper()
	var all []struct{ ID int64 }
	s.Call(http.MethodGet, fmt.Sprintf("/api/ml/?project=%d", project), nil, &all)
	return len(all)
}

func TestAccMLBackendTakesItsWebhookAlongToAnotherURLAndToItsEnd(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	model, other, of := s.NewMLBackend(), s.NewMLBackend(), s.NewProject()
	backend := s.Instance(mlBackendType)
	config := acctest.Values{"project": of, "url": model.URL + "/"}
	backend.Apply(config).Succeeds()
	backend.ExpectEmptyPlan(config)
	expectWebhooks(s, of, model.URL+"/webhook")
	id, _ := backend.Attribute("webhook_id").(int64)
	if got := s.Fields(webhookType, id)["url"]; got != model.URL+"/webhook" {
		t.Fatalf("webhook_id is that of %v", got)
	}
	before := s.Fields(webhookType, id)

	config["url"] = other.URL
	backend.Apply(config).Succeeds()
	backend.ExpectEmptyPlan(config)
	expectWebhooks(s, of, other.URL+"/webhook")
	after := s.Fields(webhookType, id)
	for _, name := range []string{"actions", "send_for_all_actions", "send_payload", "is_active", "headers"} {
		if !acctest.SameJSON(after[name], before[name]) {
			t.Errorf("%s of the webhook is %v, and was %v", name, after[name], before[name])
		}
	}
	model.Calls("/webhook")
	addTask(s, of)()
	acctest.Until(t, "the call of the new URL", func() bool { return len(other.Calls("/webhook")) > 0 })
	if calls := model.Calls("/webhook"); len(calls) > 0 {
		t.Errorf("the old URL got %v", calls)
	}

	backend.Apply(nil).Succeeds()
	expectWebhooks(s, of)
}

func TestAccMLBackendLeavesWebhooksAloneThatItsCreationDidNotMake(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	model, of := s.NewMLBackend(), s.NewProject()
	address := model.URL + "/webhook"
	first := s.Instance(webhookType)
	first.Apply(acctest.Values{"project": of, "url": address}).Succeeds()
	backend := s.Instance(mlBackendType)
	config := acctest.Values{"project": of, "url": model.URL}
	backend.Apply(config).Succeeds()
	if got := backend.Attribute("webhook_id"); got != nil {
		t.Errorf("webhook_id is %v, though the webhook was there before", got)
	}
	config["url"] = s.NewMLBackend().URL
	backend.Apply(config).Succeeds()
	expectWebhooks(s, of, address)
	backend.Apply(nil).Succeeds()
	expectWebhooks(s, of, address)
}

func TestAccWebhookListsLeaveOutThoseOfMLBackendsIfAsked(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	of := s.NewProject()
	first := s.NewMLBackend().URL
	byHand := acctest.ObjectOf(t, webhookType).Create(s, map[string]any{"project": of, "url": first + "/webhook"})
	for _, model := range []string{first, s.NewMLBackend().URL} {
		acctest.ObjectOf(t, mlBackendType).Create(s, map[string]any{"project": of, "url": model})
	}
	for _, test := range []struct {
		config acctest.Values
		want   int
	}{
		{acctest.Values{"project": of}, 2},
		{acctest.Values{"project": of, "exclude_ml_backend_webhooks": false}, 2},
		{acctest.Values{"project": of, "exclude_ml_backend_webhooks": true}, 1},
	} {
		p := s.Provider(acctest.Values{})
		read, result := p.Read("labelstudio_webhooks", test.config)
		result.Succeeds()
		found, _ := read["webhooks"].([]any)
		if first, _ := found[0].(map[string]any); len(found) != test.want || first["id"] != byHand {
			t.Errorf("%v: the data source finds %v, want %d of them, and %d first", test.config, found, test.want, byHand)
		}
		if listed := p.List(webhookType, test.config, false, 0); len(listed) != test.want || listed[0].ID != byHand {
			t.Errorf("%v: the query finds %v, want %d of them, and %d first", test.config, listed, test.want, byHand)
		}
	}

	s.Proxy.Inject(proxy.Fault{Method: http.MethodGet, Path: `^/api/ml/`, Do: proxy.Respond(http.StatusForbidden, `{"detail":"not for you"}`, "Content-Type", "application/json")})
	listed := s.Provider(acctest.Values{}).List(webhookType, acctest.Values{"project": of, "exclude_ml_backend_webhooks": true}, false, 0)
	if len(listed) != 1 || !listed[0].Failed || !strings.Contains(listed[0].Texts(), "not for you") {
		t.Errorf("without the ML backends, the query finds %v", listed)
	}
}

func TestAccMLBackendLeavesItsWebhookToAnotherOneWithTheSameURL(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	model, of := s.NewMLBackend(), s.NewProject()
	first, second := s.Instance(mlBackendType), s.Instance(mlBackendType)
	config := acctest.Values{"project": of, "url": model.URL}
	first.Apply(config).Succeeds()
	second.Apply(config).Succeeds()
	if got := second.Attribute("webhook_id"); got != nil {
		t.Errorf("the second one has the webhook %v of the first", got)
	}
	first.Apply(nil).Succeeds()
	expectWebhooks(s, of, model.URL+"/webhook")
}

func TestAccMLBackendLeavesAWebhookAloneThatSomebodyHasGivenAnotherURL(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	of := s.NewProject()
	backend := s.Instance(mlBackendType)
	config := acctest.Values{"project": of, "url": s.NewMLBackend().URL}
	backend.Apply(config).Succeeds()
	id, _ := backend.Attribute("webhook_id").(int64)
	s.Change(webhookType, id, map[string]any{"url": receiver, "actions": []string{}})
	config["url"] = s.NewMLBackend().URL
	backend.Apply(config).Succeeds()
	backend.Apply(nil).Succeeds()
	expectWebhooks(s, of, receiver)
}

func TestAccMLBackendWhoseWebhookIsGoneCanBeChangedAndDestroyed(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	backend := s.Instance(mlBackendType)
	config := acctest.Values{"project": s.NewProject(), "url": s.NewMLBackend().URL}
	backend.Apply(config).Succeeds()
	id, _ := backend.Attribute("webhook_id").(int64)
	s.RemoveObject(webhookType, id)
	config["url"] = s.NewMLBackend().URL
	backend.Apply(config).Succeeds()
	backend.Apply(nil).Succeeds()
}

func TestAccMLBackendKeepsItsPasswordUntilItIsChanged(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	model, backend := s.NewMLBackend(), s.Instance(mlBackendType)
	model.Protect("reader", secretPassword)
	config := acctest.Values{"project": s.NewProject(), "url": model.URL, "auth_method": "BASIC_AUTH", "basic_auth_user": "reader", "basic_auth_pass": secretPassword}
	backend.Apply(config).Succeeds()
	if backend.Attribute("basic_auth_pass_is_set") != true || backend.Attribute("state") != "CO" {
		t.Errorf("got %v", backend.Attributes())
	}
	sent := s.Sent(http.MethodPatch)
	config["title"] = "new"
	backend.Apply(config).Succeeds()
	if got := (*sent)[0]["basic_auth_pass"]; got != "" {
		t.Errorf("an update of the title sends the password %v, want an empty one, which keeps it", got)
	}
	backend.ExpectEmptyPlan(config)

	model.Protect("reader", "another")
	config["basic_auth_pass_wo"], config["basic_auth_pass_wo_version"] = "another", 1
	delete(config, "basic_auth_pass")
	backend.Apply(config).Succeeds()
	if backend.Attribute("state") != "CO" {
		t.Errorf("the backend refuses the new password: %v", backend.Attributes())
	}
	config["title"] = "newer"
	backend.Apply(config).Succeeds()
	backend.ExpectEmptyPlan(config)
}

func TestAccMLBackendIsReplacedWhenItsPasswordIsRemoved(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	for name, secret := range map[string]acctest.Values{
		"plain":      {"basic_auth_pass": secretPassword},
		"write-only": {"basic_auth_pass_wo": secretPassword, "basic_auth_pass_wo_version": 1},
	} {
		t.Run(name, func(t *testing.T) {
			s := s.In(t)
			backend, plain := s.Instance(mlBackendType), acctest.Values{"project": s.NewProject(), "url": s.NewMLBackend().URL}
			backend.Apply(plain.With(secret)).Succeeds()
			if planned := backend.Plan(plain); planned.Action != "replace" {
				t.Errorf("the plan will %s", planned.Action)
			}
			backend.Apply(plain).Succeeds()
			if backend.Attribute("basic_auth_pass_is_set") != false {
				t.Error("the server still has a password")
			}
		})
	}
}

func TestAccMLBackendKeepsAPasswordThatOnlyTheServerKnows(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	model, backend := s.NewMLBackend(), s.Instance(mlBackendType)
	model.Protect("reader", secretPassword)
	config := acctest.Values{"project": s.NewProject(), "url": model.URL, "auth_method": "BASIC_AUTH", "basic_auth_user": "reader"}
	backend.Import(acctest.ObjectOf(t, mlBackendType).Create(s, config.With(acctest.Values{"basic_auth_pass": secretPassword}))).Succeeds()
	backend.ExpectEmptyPlan(config)
	config["title"] = "new"
	backend.Apply(config).Succeeds()
	backend.ExpectEmptyPlan(config)
}

// putBack lets somebody who read the ML backend before an update save it after that.
func putBack(s *acctest.Server, backend *acctest.Instance, times int) {
	s.T.Helper()
	old := s.Fields(mlBackendType, backend.ID())
	s.Proxy.Inject(proxy.Fault{Method: http.MethodPatch, Path: mlRequest, Times: times, Do: proxy.After(func(*http.Request) {
		s.Change(mlBackendType, backend.ID(), map[string]any{"project": old["project"], "url": old["url"], "title": old["title"]})
	})})
}

func TestAccMLBackendUpdateThatAReaderUndoesIsMadeOnceMore(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	backend := s.Instance(mlBackendType)
	config := acctest.Values{"project": s.NewProject(), "url": s.NewMLBackend().URL}
	backend.Apply(config).Succeeds()
	putBack(s, backend, 1)
	config["title"] = "new"
	backend.Apply(config).Succeeds()
	if count := s.Proxy.Count(http.MethodPatch, mlRequest); count != 2 {
		t.Errorf("got %d updates, want 2", count)
	}
	backend.ExpectEmptyPlan(config)
}

func TestAccMLBackendUpdateThatReadersUndoTwiceIsAnError(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	backend := s.Instance(mlBackendType)
	config := acctest.Values{"project": s.NewProject(), "url": s.NewMLBackend().URL}
	backend.Apply(config).Succeeds()
	putBack(s, backend, 2)
	config["title"] = "new"
	backend.Apply(config).Fails("title", "Somebody else undoes the update of the ML backend", fmt.Sprintf("ML backend %d", backend.ID()), "Apply again")
	if got := backend.Attribute("title"); got != "default" {
		t.Errorf("the state has the title %v", got)
	}
	backend.Apply(config).Succeeds()
	backend.ExpectEmptyPlan(config)
}

func TestAccMLBackendThatIsDownCanBeReadAndDestroyedButNotChanged(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	model, backend, of := s.NewMLBackend(), s.Instance(mlBackendType), s.NewProject()
	config := acctest.Values{"project": of, "url": model.URL}
	backend.Apply(config).Succeeds()
	model.Stop()
	backend.ExpectEmptyPlan(config)
	failed := backend.Apply(config.With(acctest.Values{"title": "new"})).
		Fails("url", "Can't update the ML backend", "health check failed", "<url>/health", "Start the backend")
	if strings.Contains(failed.Texts(), "<a ") || strings.Contains(failed.Texts(), "Learn more") {
		t.Errorf("the message shows HTML: %s", failed.Texts())
	}
	if backend.Attribute("state") != "DI" || backend.Attribute("readable_state") != "Disconnected" {
		t.Errorf("got %v", backend.Attributes())
	}
	backend.Apply(nil).Succeeds()
	expectWebhooks(s, of)

	s.Instance(mlBackendType).Apply(config).Fails("url", "Can't create the ML backend", "health check failed")
	model.Restart()
	backend.Apply(config).Succeeds()
}

func TestAccMLBackendErrorsOfTheBackendNameCauseAndCure(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	of := s.NewProject()
	const cantCreate = "Can't create the ML backend"
	protected, broken := s.NewMLBackend(), s.NewMLBackend()
	protected.Protect("reader", secretPassword)
	broken.Break()
	s.Instance(mlBackendType).Apply(acctest.Values{"project": of, "url": protected.URL}).
		Fails("basic_auth_user", cantCreate, "either not provided or are incorrect", `auth_method = "BASIC_AUTH"`)
	s.Instance(mlBackendType).Apply(acctest.Values{"project": of, "url": broken.URL}).
		Fails("url", cantCreate, "doesn't look like a valid ML backend", "<url>/setup", "labeling configuration")
	if count := countMLBackends(s, of); count != 0 {
		t.Errorf("the server has %d ML backends", count)
	}
}

// The server looks for the token of the user who created the project.
func TestAccMLBackendOfADeletedUserIsExplained(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	backend := s.Instance(mlBackendType)
	config := acctest.Values{"project": s.NewProject(), "url": s.NewMLBackend().URL}
	backend.Apply(config).Succeeds()
	backend.Settings["retries"] = 0
	defer s.Proxy.Inject(proxy.Fault{Path: "^/api/ml/", Do: proxy.Respond(http.StatusInternalServerError,
		`{"status_code":500,"detail":"'NoneType' object has no attribute 'auth_token'"}`, "Content-Type", "application/json")})()
	for name, failed := range map[string]acctest.Result{
		"Can't read the ML backend":   backend.Apply(config),
		"Can't delete the ML backend": backend.Change(nil),
		"Can't create the ML backend": s.Instance(mlBackendType).Change(config),
	} {
		failed.Fails("", name, "no attribute 'auth_token'", "The user who created the project was deleted", "delete it: this deletes its ML backends, too")
	}
}

func TestAccMLBackendPlansRefuseWhatTheServerRefuses(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	config := acctest.Values{"project": s.NewProject(), "url": s.NewMLBackend().URL}
	for name, test := range map[string]struct {
		attribute string
		set       acctest.Values
		says      string
	}{
		"no scheme":              {"url", acctest.Values{"url": "model.example.com"}, "must begin with http:// or https://"},
		"another method":         {"auth_method", acctest.Values{"auth_method": "TOKEN"}, "BASIC_AUTH"},
		"no user":                {"basic_auth_user", acctest.Values{"auth_method": "BASIC_AUTH", "basic_auth_pass": "a"}, "needs basic_auth_user"},
		"a user of blanks":       {"basic_auth_user", acctest.Values{"auth_method": "BASIC_AUTH", "basic_auth_user": " ", "basic_auth_pass": "a"}, "needs basic_auth_user"},
		"no password":            {"basic_auth_pass", acctest.Values{"auth_method": "BASIC_AUTH", "basic_auth_user": "a"}, "needs basic_auth_pass or basic_auth_pass_wo"},
		"a password of blanks":   {"basic_auth_pass", acctest.Values{"basic_auth_pass": " \n"}, "is empty"},
		"no JSON":                {"extra_params", acctest.Values{"extra_params": "{"}, "jsonencode"},
		"a version that changes": {"model_version", acctest.Values{"model_version": "v2"}, "set auto_update = false"},
	} {
		t.Run(name, func(t *testing.T) {
			planned := s.In(t).Instance(mlBackendType).Plan(config.With(test.set))
			problems := planned.Errors()
			if len(problems) != 1 || problems[0].Attribute != test.attribute || !strings.Contains(problems[0].Detail, test.says) {
				t.Errorf("got %v, want %q on %s", planned.Texts(), test.says, test.attribute)
			}
		})
	}
	for name, set := range map[string]acctest.Values{
		"an unknown user":     {"auth_method": "BASIC_AUTH", "basic_auth_user": acctest.Unknown, "basic_auth_pass": "a"},
		"an unknown password": {"auth_method": "BASIC_AUTH", "basic_auth_user": "a", "basic_auth_pass": acctest.Unknown},
		"a write-only one":    {"auth_method": "BASIC_AUTH", "basic_auth_user": "a", "basic_auth_pass_wo": "a", "basic_auth_pass_wo_version": 1},
		"an unknown method":   {"auth_method": acctest.Unknown},
	} {
		t.Run(name, func(t *testing.T) {
			s.In(t).Instance(mlBackendType).Plan(config.With(set)).Succeeds()
		})
	}
}

func TestAccMLBackendFollowsTheVersionOfTheModelUnlessToldNotTo(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	model, backend := s.NewMLBackend(), s.Instance(mlBackendType)
	config := acctest.Values{"project": s.NewProject(), "url": model.URL}
	backend.Apply(config).Succeeds()
	model.SetVersion("v2")
	backend.ExpectEmptyPlan(config)
	config["title"] = "new"
	backend.Apply(config).Succeeds()
	if got := backend.Attribute("model_version"); got != "v2" {
		t.Errorf("the state has the version %v, want v2", got)
	}
	// A configuration that Terraform generates of an import has both.
	backend.ExpectEmptyPlan(config.With(acctest.Values{"auto_update": true, "model_version": "v2"}))

	config["auto_update"] = false
	backend.Apply(config).Succeeds()
	model.SetVersion("v3")
	backend.ExpectEmptyPlan(config)
	if got := s.Fields(mlBackendType, backend.ID())["model_version"]; got != "v2" {
		t.Errorf("the server has the version %v, want v2", got)
	}
	config["model_version"] = "mine"
	backend.Apply(config).Succeeds()
	backend.ExpectEmptyPlan(config)
	if got := s.Fields(mlBackendType, backend.ID())["model_version"]; got != "mine" {
		t.Errorf("the server has the version %v, want mine", got)
	}
}

// The documentation warns of the token.
func TestAccMLBackendGetsItsParametersAndTheTokenOfTheProjectsCreatorWithEachSetUp(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	model, backend := s.NewMLBackend(), s.Instance(mlBackendType)
	config := acctest.Values{"project": s.NewProject(), "url": model.URL, "extra_params": `{"threshold": 0.80, "a": [1]}`}
	backend.Apply(config).Succeeds()
	config["extra_params"] = `{"a":[1],"threshold":0.8}`
	backend.ExpectEmptyPlan(config)
	config["title"] = "new"
	backend.Apply(config).Succeeds()
	calls := model.Calls("/setup")
	for _, call := range calls {
		if !acctest.SameJSON(call.Body["extra_params"], map[string]any{"a": []int{1}, "threshold": 0.8}) {
			t.Errorf("a set-up got the parameters %v", call.Body["extra_params"])
		}
		if token, _ := call.Body["access_token"].(string); token == "" || s.LegacyToken != "" && token != s.LegacyToken {
			t.Errorf("a set-up got the token %q", token)
		}
	}
	if len(calls) < 3 {
		t.Errorf("got %d set-ups, so this test shows nothing", len(calls))
	}
}

// The 500 of a create that was carried out comes in JSON, so it is no lost response.
func TestAccMLBackendThatTheServerHasMadeDespiteItsErrorIsAdopted(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	of, backend := s.NewProject(), s.Instance(mlBackendType)
	s.Proxy.Inject(proxy.Fault{Method: http.MethodPost, Path: "^/api/ml/$", Times: 1, Do: func(w http.ResponseWriter, r *http.Request, forward http.Handler) {
		forward.ServeHTTP(httptest.NewRecorder(), r)
		proxy.Respond(http.StatusInternalServerError, `{"status_code":500,"detail":"Can't resolve hostname model.internal"}`, "Content-Type", "application/json")(w, r, forward)
	}})
	config := acctest.Values{"project": of, "url": s.NewMLBackend().URL}
	backend.Apply(config).Warns("url", "The server has created the ML backend, and reports an error", "Terraform has saved it in the state", "Can't resolve hostname")
	backend.ExpectEmptyPlan(config)
	if count := countMLBackends(s, of); count != 1 {
		t.Errorf("the server has %d ML backends, want 1", count)
	}
}

func TestAccMLBackendThatTheServerHasRefusedIsLookedForOnce(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	backend, of := s.Instance(mlBackendType), s.NewProject()
	s.Proxy.Inject(proxy.Fault{Method: http.MethodPost, Path: "^/api/ml/$", Do: proxy.Respond(http.StatusForbidden, `{"detail":"The provided URL was not allowed."}`, "Content-Type", "application/json")})
	backend.Apply(acctest.Values{"project": of, "url": s.NewMLBackend().URL}).
		Fails("url", "Can't create the ML backend", "The provided URL was not allowed", "only addresses with http:// or https://")
	if lists := s.Proxy.Count(http.MethodGet, `^/api/ml/\?`); lists != 1 || backend.Exists() {
		t.Errorf("got %d lists, and %v in the state", lists, backend.Attributes())
	}
}

func TestAccMLBackendInAPrivateNetworkIsAdoptedWithoutItsWebhook(t *testing.T) {
	t.Parallel()
	s := acctest.StartOwn(t, "LABEL_STUDIO_SSRF_PROTECTION_ENABLED=true")
	s.Since("1.23.0", "it calls any address")
	backend, of, model := s.Instance(mlBackendType), s.NewProject(), s.NewMLBackend()
	config := acctest.Values{"project": of, "url": model.URL}
	backend.Apply(config).Warns("url", "The server has created the ML backend, and reports an error",
		"reserved network address", "SSRF_PROTECTION_ENABLED=false", "ML_BLOCK_LOCAL_IP=false", "not the webhook")
	if backend.Attribute("webhook_id") != nil || backend.Attribute("state") != "CO" {
		t.Errorf("got %v", backend.Attributes())
	}
	if count := countMLBackends(s, of); count != 1 {
		t.Errorf("the server has %d ML backends, want 1", count)
	}
	expectWebhooks(s, of)
	backend.ExpectEmptyPlan(config)
	config["title"] = "new"
	backend.Apply(config).Succeeds()
	backend.Apply(nil).Succeeds()
}

// In parallel, SQLite multiplies them.
func TestAccMLBackendsOfOneApplyAreMadeOnceAndChangedAndDestroyed(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	tf, of, model := s.Terraform(), s.NewProject(), s.NewMLBackend()
	const many = 8
	config := func(title string) string {
		return s.Config(acctest.MLBackendIn(of, "test", model.URL+"/${count.index}", fmt.Sprintf("count = %d", many), fmt.Sprintf("title = %q", title)))
	}
	var webhooks []string
	for i := range many {
		webhooks = append(webhooks, fmt.Sprintf("%s/%d/webhook", model.URL, i))
	}
	for _, title := range []string{"one", "other"} {
		tf.Apply(config(title)).Succeeds()
		if count := countMLBackends(s, of); count != many {
			t.Errorf("the server has %d ML backends, want %d", count, many)
		}
		expectWebhooks(s, of, webhooks...)
		if action := tf.Plan(config(title)).Succeeds().Action(acctest.MLBackendAddress + "[0]"); action != "nothing" {
			t.Errorf("the next plan will %s", action)
		}
	}
	tf.Apply(s.Config("")).Succeeds()
	if count := countMLBackends(s, of); count != 0 {
		t.Errorf("the server still has %d ML backends", count)
	}
	expectWebhooks(s, of)
}

func TestAccMLBackendTwinsAreLegalAndAPlanNamesTheImportOfTheOneThatIsThere(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	first, second := s.Instance(mlBackendType), checked(s, mlBackendType)
	config := acctest.Values{"project": s.NewProject(), "url": s.NewMLBackend().URL}
	first.Apply(config).Succeeds()
	second.Plan(config.With(acctest.Values{"url": s.NewMLBackend().URL})).Succeeds()
	second.Plan(config.With(acctest.Values{"project": acctest.Unknown})).Succeeds()
	second.Apply(config).Warns("url", fmt.Sprintf("The ML backend %d has this url", first.ID()), fmt.Sprintf("terraform import labelstudio_ml_backend.<name> %d", first.ID()))
	second.ExpectEmptyPlan(config)
}

func TestAccMLBackendGoesWithItsProject(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	project, backend := s.Instance(projectType), s.Instance(mlBackendType)
	project.Apply(acctest.Values{"title": "acceptance test", "force_destroy": true}).Succeeds()
	backend.Apply(acctest.Values{"project": project.ID(), "url": s.NewMLBackend().URL}).Succeeds()
	id := backend.ID()
	project.Apply(nil).Succeeds()
	backend.Apply(nil).Warns("", "The ML backend is gone from the server", fmt.Sprintf("ML backend %d does not exist any more", id))
}

func TestAccMLBackendIsFoundByDataSourcesAndListsWithoutItsPassword(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	of, backend, other, model := s.NewProject(), s.Instance(mlBackendType), s.Instance(mlBackendType), s.NewMLBackend()
	config := acctest.Values{"project": of, "url": model.URL, "title": "cats", "basic_auth_user": "reader", "basic_auth_pass": secretPassword, "extra_params": `{"a":1}`}
	backend.Apply(config).Succeeds()
	other.Apply(acctest.Values{"project": of, "url": s.NewMLBackend().URL, "title": "dogs"}).Succeeds()
	for _, lookup := range []acctest.Values{{"id": backend.ID()}, {"project": of, "url": " " + model.URL}, {"project": of, "title": "cats"}} {
		found := expectFound(s, mlBackendType, lookup, backend.Attributes(),
			"id", "project", "description", "is_interactive", "auth_method", "basic_auth_user", "basic_auth_pass_is_set",
			"extra_params", "auto_update", "model_version", "state", "readable_state", "error_message", "created_at")
		if strings.Contains(fmt.Sprint(found), secretPassword) || found["updated_at"] == nil {
			t.Errorf("got %v", found)
		}
	}
	all, read := s.Provider(acctest.Values{}).Read("labelstudio_ml_backends", acctest.Values{"project": of})
	read.Succeeds()
	if backends, _ := all["ml_backends"].([]any); len(backends) != 2 || strings.Contains(fmt.Sprint(all), secretPassword) {
		t.Errorf("got %v", all)
	}
	listed := s.Provider(acctest.Values{}).List(mlBackendType, acctest.Values{"project": of}, true, 0)
	if len(listed) != 2 || listed[0].DisplayName != "cats ("+model.URL+")" || !acctest.SameJSON(listed[0].Attributes["extra_params"], backend.Attribute("extra_params")) {
		t.Errorf("got %v", listed)
	}
}

func TestAccMLBackendPasswordStandsNowhereButAPlainOneInTheState(t *testing.T) {
	t.Parallel()
	acctest.NeedsTerraform(t, tfversion.Version1_11_0)
	for name, plain := range map[string]bool{"plain": true, "write-only": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := acctest.Start(t)
			model := s.NewMLBackend()
			model.Protect("reader", secretPassword)
			tf := s.Terraform("TF_VAR_password=" + secretPassword)
			settings := []string{`auth_method = "BASIC_AUTH"`, `basic_auth_user = "reader"`, "basic_auth_pass_wo = var.password", "basic_auth_pass_wo_version = 1"}
			if plain {
				settings = append(settings[:2], "basic_auth_pass = var.password")
			}
			config := s.Config(secretVariable("password", plain) + acctest.MLBackendIn(s.NewProject(), "test", model.URL, settings...))
			expectSecretOnlyInState(tf, config, acctest.MLBackendAddress, secretPassword, plain)

			model.Stop()
			failed := tf.Apply(strings.Replace(config, "  project =", "  title = \"new\"\n  project =", 1))
			if text := failed.Texts() + read(t, tf.Log()); !failed.Failed || strings.Contains(text, secretPassword) {
				t.Errorf("the password stands in the error of an update, or in its log: %s", failed.Texts())
			}
		})
	}
}

func TestAccActionTrainsTheModelOfAnMLBackend(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	const train, cantTrain = "labelstudio_ml_backend_train", "Can't train the model of the ML backend"
	model, backend, of := s.NewMLBackend(), s.Instance(mlBackendType), s.NewProject()
	backend.Apply(acctest.Values{"project": of, "url": model.URL}).Succeeds()
	config := acctest.Values{"id": backend.ID()}
	model.Calls("/webhook")
	progress, result := s.Provider(acctest.Values{}).Invoke(train, config)
	result.Succeeds()
	if len(progress) != 1 || !strings.HasSuffix(progress[0], "Label Studio has sent START_TRAINING to <url>/webhook") {
		t.Errorf("got %q", progress)
	}
	calls := model.Calls("/webhook")
	if len(calls) != 1 || calls[0].Body["action"] != "START_TRAINING" {
		t.Errorf("the backend got %v", calls)
	}

	model.Stop()
	_, result = s.Provider(acctest.Values{}).Invoke(train, config)
	result.Fails("", cantTrain, fmt.Sprintf("ML backend %d is not connected", backend.ID()), "Disconnected", "Start the backend")
	_, result = s.Provider(acctest.Values{}).Invoke(train, acctest.Values{"id": int64(999999)})
	result.Fails("", cantTrain, "does not exist on the server")
}
