package acceptance_test

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/proxy"
)

var addresses = []string{acctest.ProjectAddress, acctest.StorageAddress, acctest.ViewAddress, acctest.WebhookAddress, acctest.MLBackendAddress}

// receiver is the address of a receiver that is not there.
const receiver = "http://127.0.0.1:9/hook"

// independent is a project, a storage, a view, a webhook and an ML backend, none of which
// needs the others.
func independent(s *acctest.Server) string {
	s.T.Helper()
	return acctest.Project() + acctest.StorageIn(s.NewProject(), "test", s.Folder(s.T, 0)) + acctest.ViewIn(s.NewProject(), "test", "mine") + acctest.WebhookIn(s.NewProject(), "test", receiver) +
		acctest.MLBackendIn(s.NewProject(), "test", s.NewMLBackend().URL)
}

func TestAccGoneOnlyWhenProvenAVanishedStorageLeavesTheStateWithAWarningAndIsCreatedAgain(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	tf := s.Terraform()
	config := s.Config(acctest.Project() + acctest.Pictures(s.Folder(t, 2), acctest.Triggers("1")))
	tf.Apply(config).Succeeds()
	id := tf.ID(acctest.StorageAddress)
	s.RemoveObject("labelstudio_local_storage", id)
	const summary = "The local storage is gone from the server"
	says := []string{fmt.Sprintf("local storage %d does not exist any more", id), "every file is imported a second time"}
	planned := tf.Plan(config).ExpectAction("create")
	planned.Warns(storageBlock, summary, says...)
	tf.Apply(config).Warns(storageBlock, summary, says...)
	s.ExpectTasks(tf.ID(acctest.ProjectAddress), 4)
	tf.Plan(config).Succeeds().ExpectAction("nothing")
}

func TestAccGoneOnlyWhenProvenAVanishedProjectTakesItsStoragesAlong(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	tf := s.Terraform()
	config := s.Config(acctest.Project() + acctest.Storage(s.Folder(t, 0)))
	tf.Apply(config).Succeeds()
	s.RemoveObject("labelstudio_project", tf.ID(acctest.ProjectAddress))
	planned := tf.Plan(config)
	for _, address := range []string{acctest.ProjectAddress, acctest.StorageAddress} {
		if action := planned.Action(address); action != "create" {
			t.Errorf("the plan will %s %s, want create", action, address)
		}
	}
	var summaries []string
	for _, warning := range tf.Apply(config).Warnings() {
		summaries = append(summaries, warning.Summary)
	}
	if len(summaries) != 2 || !strings.Contains(fmt.Sprint(summaries), "The project is gone") || !strings.Contains(fmt.Sprint(summaries), "The local storage is gone") {
		t.Errorf("got the warnings %q", summaries)
	}
	tf.Plan(config).Succeeds().ExpectAction("nothing")
}

func TestAccGoneOnlyWhenProvenAnObjectThatVanishesBeforeItsDestructionIsNoError(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	tf := s.Terraform()
	config := s.Config(acctest.Project() + acctest.Storage(s.Folder(t, 0)))
	tf.Apply(config).Succeeds()
	ofProject, ofStorage := tf.ID(acctest.ProjectAddress), tf.ID(acctest.StorageAddress)
	s.Proxy.Inject(proxy.Fault{Method: http.MethodDelete, Path: "/localfiles/", Times: 1, Do: proxy.Before(func(*http.Request) {
		s.RemoveObject("labelstudio_local_storage", ofStorage)
	})})
	s.Proxy.Inject(proxy.Fault{Method: http.MethodDelete, Path: "/projects/", Times: 1, Do: proxy.Before(func(*http.Request) {
		s.RemoveObject("labelstudio_project", ofProject)
	})})
	tf.Apply(s.Config("")).Succeeds()
	if s.Proxy.Count(http.MethodDelete, "") != 2 {
		t.Errorf("got %v", s.Proxy.Requests())
	}
}

// A 404 with a page says nothing: the server answers so for a wrong address, too.
func TestAccGoneOnlyWhenProvenNothingLeavesTheStateWhenTheAPIIsNotThere(t *testing.T) {
	t.Parallel()
	page := func(status int) proxy.Action {
		return proxy.Respond(status, "<html><title>Sign in</title></html>", "Content-Type", "text/html")
	}
	const items, whoami = `/api/(projects|storages/localfiles|dm/views|webhooks|ml)/\d+/?($|\?)`, "/whoami"
	s := acctest.Start(t)
	tf := s.Terraform()
	objects := independent(s)
	config := s.Config(objects)
	tf.Apply(config).Succeeds()
	before := tf.State()

	for name, trouble := range map[string]struct {
		url    string
		faults []proxy.Fault
		says   string
	}{
		"wrong path prefix":     {url: "/label-studio", says: "Check `url` and its path prefix"},
		"page that is missing":  {faults: []proxy.Fault{{Do: page(http.StatusNotFound)}}, says: "no Label Studio API at"},
		"whoami is refused":     {faults: []proxy.Fault{{Path: items, Do: page(http.StatusNotFound)}, {Path: whoami, Do: page(http.StatusForbidden)}}, says: "it is not known whether the object is missing or the API"},
		"whoami is a page":      {faults: []proxy.Fault{{Path: items, Do: page(http.StatusNotFound)}, {Path: whoami, Do: page(http.StatusOK)}}, says: "`url` may be that of a log-in page"},
		"whoami names nobody":   {faults: []proxy.Fault{{Path: items, Do: page(http.StatusNotFound)}, {Path: whoami, Do: proxy.Respond(http.StatusOK, `{}`)}}, says: "does not name a user"},
		"whoami is unreachable": {faults: []proxy.Fault{{Path: items, Do: page(http.StatusNotFound)}, {Path: whoami, Do: proxy.ResetBefore()}}, says: "it is not known whether the object is missing or the API"},
		"lists are not there":   {faults: []proxy.Fault{{Path: items + `|/api/projects/$|/api/storages/localfiles/$|/api/(dm/views|webhooks|ml)/$`, Do: page(http.StatusNotFound)}}, says: "does not offer"},
	} {
		t.Run(name, func(t *testing.T) {
			s.Proxy.Reset()
			for _, fault := range trouble.faults {
				s.Proxy.Inject(fault)
			}
			tf.Write("main.tf", strings.Replace(s.ConfigWith("retries = 0", objects), s.Proxy.URL, s.Proxy.URL+trouble.url, 1))
			for _, command := range []struct {
				args   []string
				errors int
			}{{[]string{"apply"}, len(addresses)}, {[]string{"destroy", "-refresh=false", "-target=" + acctest.StorageAddress}, 1}} {
				failed := tf.Run(append(command.args, "-auto-approve", "-json", "-input=false")...)
				problems := failed.Errors()
				if len(problems) != command.errors {
					t.Errorf("%s: got %d errors, want %d:\n%s", command.args, len(problems), command.errors, failed.Texts())
				}
				for _, problem := range problems {
					if !strings.Contains(problem.Detail, trouble.says) {
						t.Errorf("the detail lacks %q:\n%s", trouble.says, problem.Detail)
					}
				}
				if after := tf.State(); after != before {
					t.Errorf("%s: the state was\n%s\nand is\n%s", command.args, before, after)
				}
			}
		})
	}
	s.Proxy.Reset()
	tf.Plan(config).Succeeds().ExpectAction("nothing")
}

func TestAccGoneOnlyWhenProvenAnObjectOfAnotherLifeIsNeitherAdoptedNorDropped(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	tf := s.Terraform()
	config := s.Config(independent(s))
	tf.Apply(config).Succeeds()
	before := tf.State()
	s.Proxy.Inject(proxy.Fault{Method: http.MethodGet, Do: proxy.RewriteBody(func(body []byte) []byte {
		body = bytes.ReplaceAll(body, []byte(`"created_at":"20`), []byte(`"created_at":"19`))
		return bytes.ReplaceAll(body, []byte(`"project":`), []byte(`"project":1`)) // a view is known by it alone
	})})
	failed := tf.Apply(config)
	for _, problem := range failed.Errors() {
		if !strings.HasPrefix(problem.Summary, "Another ") || !strings.HasSuffix(problem.Summary, "has this id") ||
			!strings.Contains(problem.Detail, "Check url") || !strings.Contains(problem.Detail, "terraform state rm") {
			t.Errorf("%s: %s", problem.Summary, problem.Detail)
		}
	}
	if count := len(failed.Errors()); count != len(addresses) {
		t.Errorf("got %d errors, want one of each object:\n%s", count, failed.Texts())
	}
	if after := tf.State(); after != before {
		t.Errorf("the state was\n%s\nand is\n%s", before, after)
	}
	if changes := s.Proxy.Count(http.MethodPatch, "") + s.Proxy.Count(http.MethodPost, "") + s.Proxy.Count(http.MethodDelete, ""); changes != len(addresses) {
		t.Errorf("the server got %v", s.Proxy.Requests())
	}
	s.Proxy.Reset()
	tf.Plan(config).Succeeds().ExpectAction("nothing")
}
