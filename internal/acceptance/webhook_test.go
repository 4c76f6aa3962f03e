package acceptance_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/proxy"
)

// A call is what a receiver got.
type call struct {
	path   string
	header http.Header
	body   map[string]any
}

// calls are those to a real receiver.
type calls struct {
	URL string

	mutex sync.Mutex
	got   []call
}

// receive starts a receiver.
func receive(t *testing.T) *calls {
	t.Helper()
	acctest.NeedsClouds(t) // a user's own server can't reach the receiver, either
	received := &calls{}
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		got := call{path: r.URL.Path, header: r.Header}
		if err := json.NewDecoder(r.Body).Decode(&got.body); err != nil {
			t.Error(err)
		}
		received.mutex.Lock()
		defer received.mutex.Unlock()
		received.got = append(received.got, got)
	}))
	t.Cleanup(server.Close)
	received.URL = server.URL
	return received
}

// control is the path of a webhook that is called after the others. With workers, the
// calls come after the response to the request that causes them.
const control = "/control"

// addControl adds the webhook that is called last.
func (c *calls) addControl(s *acctest.Server, project int64) {
	s.T.Helper()
	s.Call(http.MethodPost, "/api/webhooks/", map[string]any{"project": project, "url": c.URL + control}, nil)
}

// after are the calls that something leads to, without that of the control.
func (c *calls) after(t *testing.T, something func()) (others []call) {
	t.Helper()
	something()
	acctest.Until(t, "the call of the control", func() bool {
		c.mutex.Lock()
		defer c.mutex.Unlock()
		return slices.ContainsFunc(c.got, func(one call) bool { return one.path == control })
	})
	c.mutex.Lock()
	defer c.mutex.Unlock()
	for _, one := range c.got {
		if one.path != control {
			others = append(others, one)
		}
	}
	c.got = nil
	return others
}

// addTask makes a task without the provider.
func addTask(s *acctest.Server, project int64) func() {
	return func() {
		s.T.Helper()
		s.Call(http.MethodPost, fmt.Sprintf("/api/projects/%d/import", project), []map[string]any{{"text": "a task"}}, nil)
	}
}

func TestAccWebhookCallsItsReceiverAsConfiguredUntilItIsDestroyed(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	received, of := receive(t), s.NewProject()
	webhook := s.Instance(webhookType)
	config := acctest.Values{
		"project": of, "url": received.URL + "/hook", "headers": map[string]any{"X-Token": "of the receiver"},
		"send_for_all_actions": false, "actions": []string{"TASKS_CREATED"},
	}
	webhook.Apply(config).Succeeds()
	received.addControl(s, of)

	got := received.after(t, addTask(s, of))
	if len(got) != 1 {
		t.Fatalf("got the calls %v, want one", got)
	}
	project, _ := got[0].body["project"].(map[string]any)
	tasks, _ := got[0].body["tasks"].([]any)
	if got[0].path != "/hook" || got[0].header.Get("X-Token") != "of the receiver" || got[0].body["action"] != "TASKS_CREATED" ||
		!acctest.SameJSON(project["id"], of) || len(tasks) != 1 {
		t.Errorf("got %v", got[0])
	}

	updated := func() { s.Change(projectType, of, map[string]any{"description": "new"}) }
	if got := received.after(t, updated); len(got) != 0 {
		t.Errorf("got the calls %v of another action", got)
	}

	config["send_payload"] = false
	webhook.Apply(config).Succeeds()
	if got := received.after(t, addTask(s, of)); len(got) != 1 || !acctest.SameJSON(got[0].body, map[string]any{"action": "TASKS_CREATED"}) {
		t.Errorf("got the calls %v, want one with the action alone", got)
	}

	config["headers_wo"], config["headers_wo_version"] = map[string]any{"X-Token": "another"}, 1
	delete(config, "headers")
	webhook.Apply(config).Succeeds()
	if got := received.after(t, addTask(s, of)); len(got) != 1 || got[0].header.Get("X-Token") != "another" {
		t.Errorf("got the calls %v, want one with the write-only header", got)
	}

	config["is_active"] = false
	webhook.Apply(config).Succeeds()
	if got := received.after(t, addTask(s, of)); len(got) != 0 {
		t.Errorf("got the calls %v, though it is not active", got)
	}

	config["is_active"] = true
	webhook.Apply(config).Succeeds()
	if got := received.after(t, addTask(s, of)); len(got) != 1 {
		t.Errorf("got the calls %v, want one", got)
	}
	webhook.Apply(nil).Succeeds()
	if got := received.after(t, addTask(s, of)); len(got) != 0 {
		t.Errorf("got the calls %v after the destruction", got)
	}
}

// The documentation warns of both.
func TestAccWebhookGetsTheProjectWithItsPasswordWhenTerraformChangesIt(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	received, project := receive(t), s.Instance(projectType)
	config := acctest.Values{"title": "acceptance test", "task_data_login": "reader", "task_data_password": secretPassword}
	project.Apply(config).Succeeds()
	s.Instance(webhookType).Apply(acctest.Values{"project": project.ID(), "url": received.URL + "/hook"}).Succeeds()
	received.addControl(s, project.ID())

	config["description"] = "new"
	got := received.after(t, func() { project.Apply(config).Succeeds() })
	if len(got) != 1 || got[0].body["action"] != "PROJECT_UPDATED" {
		t.Fatalf("got the calls %v, want one of PROJECT_UPDATED", got)
	}
	if text := fmt.Sprint(got[0].body); !strings.Contains(text, secretPassword) {
		t.Errorf("the receiver does not get the password any more: %s", text)
	}
}

func TestAccWebhookWhoseReceiverIsDownStopsNeitherPlanNorApply(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	project, webhook := s.Instance(projectType), checked(s, webhookType)
	project.Apply(acctest.Values{"title": "acceptance test"}).Succeeds()
	config := acctest.Values{"project": project.ID(), "url": receiver}
	webhook.Apply(config).Succeeds()
	project.Apply(acctest.Values{"title": "acceptance test", "description": "calls the receiver"}).Succeeds()
	config["send_payload"] = false
	webhook.Apply(config).Succeeds()
	webhook.ExpectEmptyPlan(config)
}

// A PATCH without actions would empty them.
func TestAccWebhookKeepsItsActionsInAnyUpdate(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	webhook := s.Instance(webhookType)
	config := acctest.Values{"project": s.NewProject(), "url": receiver, "send_for_all_actions": false, "actions": []string{"TASKS_DELETED", "TASKS_CREATED"}}
	webhook.Apply(config).Succeeds()
	for name, value := range map[string]any{"url": receiver + "/new", "is_active": false, "headers": map[string]any{"a": "b"}} {
		config[name] = value
		webhook.Apply(config).Succeeds()
		if got := s.Fields(webhookType, webhook.ID())["actions"]; !acctest.SameJSON(got, []string{"TASKS_CREATED", "TASKS_DELETED"}) {
			t.Errorf("after a change of %s the actions are %v", name, got)
		}
		webhook.ExpectEmptyPlan(config)
	}
	config["actions"], config["send_for_all_actions"] = []string{}, true
	webhook.Apply(config).Succeeds()
	if got := s.Fields(webhookType, webhook.ID())["actions"]; !acctest.SameJSON(got, []string{}) {
		t.Errorf("the actions are %v, want none", got)
	}
}

func TestAccWebhookPlansRefuseTheActionsThatTheServerCallsNoProjectFor(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	of := s.NewProject()
	var actions map[string]struct {
		OrganizationOnly bool `json:"organization-only"`
	}
	s.Call(http.MethodGet, "/api/webhooks/info/", nil, &actions)
	if len(actions) < 2 {
		t.Fatalf("the server has the actions %v, so this test shows nothing", actions)
	}
	for name, action := range actions {
		planned := s.Instance(webhookType).Plan(acctest.Values{"project": of, "url": receiver, "send_for_all_actions": false, "actions": []string{name}})
		if action.OrganizationOnly {
			planned.Fails("actions", "Action of the organization", name, "Remove it", "TASKS_CREATED")
		} else {
			planned.Succeeds()
		}
	}
	s.Instance(webhookType).Plan(acctest.Values{"project": of, "url": receiver, "actions": []string{"TASK_CREATED"}}).
		Fails("actions", "Unknown action", `no action "TASK_CREATED"`, "TASKS_CREATED", "LABEL_LINK_DELETED")
}

func TestAccWebhookPlansRefuseWhatTheServerRefuses(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	of, many := s.NewProject(), map[string]any{}
	for i := range 11 {
		many[fmt.Sprintf("X-%d", i)] = secretHeader
	}
	for name, test := range map[string]struct {
		attribute string
		value     any
		says      string
	}{
		"no scheme":       {"url", "example.com/hook", "must start with http:// or https://"},
		"a long url":      {"url", "https://example.com/" + strings.Repeat("a", 2048), "must have at most 2048 characters"},
		"11 headers":      {"headers", many, "at most 10 headers"},
		"a bad name":      {"headers", map[string]any{"X Token": secretHeader}, "letters, digits, - and _"},
		"no value":        {"headers", map[string]any{"X-Token": nil}, "a text as the value"},
		"write-only ones": {"headers_wo", map[string]any{"X:" + secretHeader: ""}, "letters, digits, - and _"},
	} {
		t.Run(name, func(t *testing.T) {
			config := acctest.Values{"project": of, "url": receiver, test.attribute: test.value}
			body := map[string]any{"project": of, "url": receiver, strings.TrimSuffix(test.attribute, "_wo"): test.value}
			if test.attribute == "headers_wo" {
				config["headers_wo_version"] = 1
			}
			if status, _ := s.Do(t.Context(), http.MethodPost, "/api/webhooks/", body, nil); status != http.StatusBadRequest {
				t.Fatalf("the server answers %d, so this test shows nothing", status)
			}
			planned := s.In(t).Instance(webhookType).Plan(config)
			problems := planned.Errors()
			if len(problems) != 1 || problems[0].Attribute != test.attribute || !strings.Contains(problems[0].Detail, test.says) {
				t.Errorf("got %v, want %q on %s", planned.Texts(), test.says, test.attribute)
			}
			if strings.Contains(planned.Texts(), secretHeader) {
				t.Errorf("the message shows a header: %s", planned.Texts())
			}
		})
	}
	if asked := s.Proxy.Requests(); len(asked) > 0 {
		t.Errorf("the plans asked for %v", asked)
	}
}

func TestAccWebhookThatNeverFiresIsAWarning(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	webhook, config := s.Instance(webhookType), acctest.Values{"project": s.NewProject(), "url": receiver, "send_for_all_actions": false}
	webhook.Plan(config).Warns("send_for_all_actions", "The webhook never fires", "Add events to actions")
	webhook.Plan(config.With(acctest.Values{"actions": []string{}})).Warns("send_for_all_actions", "The webhook never fires")
	webhook.Plan(config.With(acctest.Values{"actions": acctest.Unknown})).Succeeds()
}

func TestAccWebhookGoesWithItsProject(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	project, webhook := s.Instance(projectType), s.Instance(webhookType)
	project.Apply(acctest.Values{"title": "acceptance test"}).Succeeds()
	config := acctest.Values{"project": project.ID(), "url": receiver}
	webhook.Apply(config).Succeeds()
	id := webhook.ID()
	project.Apply(nil).Succeeds()
	if s.Exists(webhookType, id) {
		t.Error("the server still has it")
	}
	webhook.Apply(nil).Warns("", "The webhook is gone from the server", fmt.Sprintf("webhook %d does not exist any more", id), "The next apply creates a new one")
	if webhook.Exists() {
		t.Error("it is still in the state")
	}
}

func TestAccWebhookTwinsAreLegalAndAPlanNamesTheImportOfTheOneThatIsThere(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	of := s.NewProject()
	first, second := s.Instance(webhookType), checked(s, webhookType)
	config := acctest.Values{"project": of, "url": receiver}
	first.Apply(config).Succeeds()
	second.Plan(config.With(acctest.Values{"url": receiver + "/other"})).Succeeds()
	second.Plan(config.With(acctest.Values{"project": acctest.Unknown})).Succeeds()
	second.Apply(config.With(acctest.Values{"url": " " + receiver})).
		Warns("url", fmt.Sprintf("The webhook %d has this url", first.ID()), fmt.Sprintf("terraform import labelstudio_webhook.<name> %d", first.ID()), "there can be several")
	second.ExpectEmptyPlan(config)
	_, found := s.Provider(acctest.Values{}).Read(webhookType, config)
	found.Fails("", "Several webhooks match", fmt.Sprintf("these ids: %d, %d.", first.ID(), second.ID()))
}

func TestAccWebhookIsFoundByDataSourcesAndListsWithoutItsHeaders(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	of, webhook, other := s.NewProject(), s.Instance(webhookType), s.Instance(webhookType)
	config := acctest.Values{
		"project": of, "url": receiver, "send_for_all_actions": false, "actions": []string{"TASKS_CREATED"}, "headers": map[string]any{"X-Token": secretHeader},
	}
	webhook.Apply(config).Succeeds()
	other.Apply(config.With(acctest.Values{"url": receiver + "/other"})).Succeeds()
	s.Instance(webhookType).Apply(config.With(acctest.Values{"project": s.NewProject()})).Succeeds()

	for _, lookup := range []acctest.Values{{"id": webhook.ID()}, {"project": of, "url": receiver}, {"project": of, "url": " " + receiver + "\n"}} {
		found := expectFound(s, webhookType, lookup, webhook.Attributes(),
			"id", "project", "is_active", "send_payload", "send_for_all_actions", "actions", "organization", "created_at", "updated_at")
		if strings.Contains(fmt.Sprint(found), secretHeader) {
			t.Errorf("the data source shows the headers: %v", found)
		}
	}
	all, read := s.Provider(acctest.Values{}).Read("labelstudio_webhooks", acctest.Values{"project": of})
	read.Succeeds()
	webhooks, _ := all["webhooks"].([]any)
	var ids []any
	for _, one := range webhooks {
		attributes, _ := one.(map[string]any)
		ids = append(ids, attributes["id"])
	}
	if !slices.Equal(ids, []any{webhook.ID(), other.ID()}) || strings.Contains(fmt.Sprint(all), secretHeader) {
		t.Errorf("got %v, want %d and %d without headers", all, webhook.ID(), other.ID())
	}

	listed := s.Provider(acctest.Values{}).List(webhookType, acctest.Values{"project": of}, true, 0)
	if len(listed) != 2 || listed[0].DisplayName != receiver || listed[1].DisplayName != receiver+"/other" {
		t.Fatalf("got %v", listed)
	}
	for _, one := range listed {
		expectAsImported(s, webhookType, one)
	}
}

func TestAccWebhookErrorsOfAnAddressNameCauseAndCure(t *testing.T) {
	t.Parallel()
	s := acctest.StartOwn(t, "LABEL_STUDIO_SSRF_PROTECTION_ENABLED=true")
	webhook, config := s.Instance(webhookType), acctest.Values{"project": s.NewProject(), "url": "http://receiver:8080/hook"}
	const cantCreate = "Can't create the webhook"
	webhook.Apply(config).Fails("url", cantCreate, "Enter a valid URL", "a name with a dot")
	s.Since("1.23.0", "it calls any address")
	for address, says := range map[string][]string{
		receiver:                      {"reserved network address", "SSRF_PROTECTION_ENABLED=false"},
		"http://nowhere.invalid/hook": {"Can't resolve hostname nowhere.invalid", "looks up the name of the receiver"},
	} {
		config["url"] = address
		webhook.Apply(config).Fails("url", cantCreate, says...)
		if webhook.Exists() {
			t.Fatal("the webhook is in the state")
		}
	}
}

// No plan lets such headers pass, but a server of another release may refuse others.
func TestAccWebhookErrorsAboutHeadersDoNotShowThem(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	s.Proxy.Inject(proxy.Fault{Method: http.MethodPost, Do: func(w http.ResponseWriter, r *http.Request, forward http.Handler) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		body = bytes.Replace(body, []byte("X-Token"), []byte("X Token"), 1)
		r.Body = io.NopCloser(bytes.NewReader(body))
		forward.ServeHTTP(w, r)
	}})
	failed := s.Instance(webhookType).Apply(acctest.Values{"project": s.NewProject(), "url": receiver, "headers": map[string]any{"X-Token": secretHeader}}).
		Fails("headers", "Can't create the webhook", "failed JSON schema check", "at most 10 headers")
	if strings.Contains(failed.Texts(), secretHeader) || strings.Contains(read(t, s.ProviderLog()), secretHeader) {
		t.Errorf("the header stands in the log, or in the message: %s", failed.Texts())
	}
}

func TestAccWebhookHeadersStandNowhereButPlainOnesInTheState(t *testing.T) {
	t.Parallel()
	acctest.NeedsTerraform(t, tfversion.Version1_11_0)
	for name, plain := range map[string]bool{"plain": true, "write-only": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := acctest.Start(t)
			tf := s.Terraform("TF_VAR_token=" + secretHeader)
			settings := []string{"headers_wo = { X-Token = var.token }", "headers_wo_version = 1"}
			if plain {
				settings = []string{"headers = { X-Token = var.token }"}
			}
			config := acctest.WebhookIn(s.NewProject(), "test", receiver, settings...)
			expectSecretOnlyInState(tf, s.Config(secretVariable("token", plain)+config), acctest.WebhookAddress, secretHeader, plain)
			if got := s.Fields(webhookType, tf.ID(acctest.WebhookAddress))["headers"]; !acctest.SameJSON(got, map[string]any{"X-Token": secretHeader}) {
				t.Errorf("the server has the headers %v", got)
			}
		})
	}
}
