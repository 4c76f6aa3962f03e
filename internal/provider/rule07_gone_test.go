package provider_test

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest"
)

var addresses = []string{projectAddress, storageAddress}

// independent is an object of each resource, neither of which needs the other.
func (s *stack) independent() string {
	s.t.Helper()
	return project() + storageIn(s.newProject(), "test", s.Folder(s.t, 0))
}

func TestAccRule7AVanishedStorageLeavesTheStateWithAWarningAndIsCreatedAgain(t *testing.T) {
	s := start(t)
	tf := s.cli()
	config := s.config(project() + pictures(s.Folder(t, 2), triggers("1")))
	tf.apply(config).succeeds()
	id := tf.id(storageAddress)
	s.remove("labelstudio_local_storage", id)
	const summary = "The local storage is gone from the server"
	says := []string{fmt.Sprintf("local storage %d does not exist any more", id), "every file is imported a second time"}
	planned := tf.plan(config).expectAction("create")
	planned.warns(storageBlock, summary, says...)
	tf.apply(config).warns(storageBlock, summary, says...)
	s.expectTasks(tf.id(projectAddress), 4)
	tf.plan(config).succeeds().expectAction("nothing")
}

func TestAccRule7AVanishedProjectTakesItsStoragesAlong(t *testing.T) {
	s := start(t)
	tf := s.cli()
	config := s.config(project() + storage(s.Folder(t, 0)))
	tf.apply(config).succeeds()
	s.remove("labelstudio_project", tf.id(projectAddress))
	planned := tf.plan(config)
	for _, address := range addresses {
		if action := planned.action(address); action != "create" {
			t.Errorf("the plan will %s %s, want create", action, address)
		}
	}
	var summaries []string
	for _, warning := range tf.apply(config).diagnostics("warning") {
		summaries = append(summaries, warning.Summary)
	}
	if len(summaries) != 2 || !strings.Contains(fmt.Sprint(summaries), "The project is gone") || !strings.Contains(fmt.Sprint(summaries), "The local storage is gone") {
		t.Errorf("got the warnings %q", summaries)
	}
	tf.plan(config).succeeds().expectAction("nothing")
}

func TestAccRule7AnObjectThatVanishesBeforeItsDestructionIsNoError(t *testing.T) {
	s := start(t)
	tf := s.cli()
	config := s.config(project() + storage(s.Folder(t, 0)))
	tf.apply(config).succeeds()
	ofProject, ofStorage := tf.id(projectAddress), tf.id(storageAddress)
	s.proxy.Inject(labelstudiotest.Fault{Method: http.MethodDelete, Path: "/localfiles/", Times: 1, Do: labelstudiotest.Before(func(*http.Request) {
		s.remove("labelstudio_local_storage", ofStorage)
	})})
	s.proxy.Inject(labelstudiotest.Fault{Method: http.MethodDelete, Path: "/projects/", Times: 1, Do: labelstudiotest.Before(func(*http.Request) {
		s.remove("labelstudio_project", ofProject)
	})})
	tf.apply(s.config("")).succeeds()
	if s.proxy.Count(http.MethodDelete, "") != 2 {
		t.Errorf("got %v", s.proxy.Requests())
	}
}

// A 404 with a page says nothing: the server answers so for a wrong address, too.
func TestAccRule7NothingLeavesTheStateWhenTheAPIIsNotThere(t *testing.T) {
	page := func(status int) labelstudiotest.Action {
		return labelstudiotest.Respond(status, "<html><title>Sign in</title></html>", "Content-Type", "text/html")
	}
	const items, whoami = `/api/(projects|storages/localfiles)/\d+/?$`, "/whoami"
	s := start(t)
	tf := s.cli()
	objects := s.independent()
	config := s.config(objects)
	tf.apply(config).succeeds()
	before := tf.state()

	for name, trouble := range map[string]struct {
		url    string
		faults []labelstudiotest.Fault
		says   string
	}{
		"wrong path prefix":     {url: "/label-studio", says: "check `url` and its path prefix"},
		"page that is missing":  {faults: []labelstudiotest.Fault{{Do: page(http.StatusNotFound)}}, says: "no Label Studio API at"},
		"whoami is refused":     {faults: []labelstudiotest.Fault{{Path: items, Do: page(http.StatusNotFound)}, {Path: whoami, Do: page(http.StatusForbidden)}}, says: "it is not known whether the object is missing or the API"},
		"whoami is a page":      {faults: []labelstudiotest.Fault{{Path: items, Do: page(http.StatusNotFound)}, {Path: whoami, Do: page(http.StatusOK)}}, says: "no Label Studio API at"},
		"whoami names nobody":   {faults: []labelstudiotest.Fault{{Path: items, Do: page(http.StatusNotFound)}, {Path: whoami, Do: labelstudiotest.Respond(http.StatusOK, `{}`)}}, says: "does not name a user"},
		"whoami is unreachable": {faults: []labelstudiotest.Fault{{Path: items, Do: page(http.StatusNotFound)}, {Path: whoami, Do: labelstudiotest.ResetBefore()}}, says: "it is not known whether the object is missing or the API"},
		"lists are not there":   {faults: []labelstudiotest.Fault{{Path: items + `|/api/projects/$|/api/storages/localfiles/$`, Do: page(http.StatusNotFound)}}, says: "does not offer"},
	} {
		t.Run(name, func(t *testing.T) {
			s.proxy.Reset()
			for _, fault := range trouble.faults {
				s.proxy.Inject(fault)
			}
			tf.write("main.tf", strings.Replace(s.configWith("retries = 0", objects), s.proxy.URL, s.proxy.URL+trouble.url, 1))
			for _, command := range []struct {
				args   []string
				errors int
			}{{[]string{"apply"}, len(addresses)}, {[]string{"destroy", "-refresh=false", "-target=" + storageAddress}, 1}} {
				failed := tf.run(append(command.args, "-auto-approve", "-json", "-input=false")...)
				problems := failed.diagnostics("error")
				if len(problems) != command.errors {
					t.Errorf("%s: got %d errors, want %d:\n%s", command.args, len(problems), command.errors, failed.messages())
				}
				for _, problem := range problems {
					if !strings.Contains(problem.Detail, trouble.says) {
						t.Errorf("the detail lacks %q:\n%s", trouble.says, problem.Detail)
					}
				}
				if after := tf.state(); after != before {
					t.Errorf("%s: the state was\n%s\nand is\n%s", command.args, before, after)
				}
			}
		})
	}
	s.proxy.Reset()
	tf.plan(config).succeeds().expectAction("nothing")
}

func TestAccRule7AnObjectOfAnotherLifeIsNeitherAdoptedNorDropped(t *testing.T) {
	s := start(t)
	tf := s.cli()
	config := s.config(s.independent())
	tf.apply(config).succeeds()
	before := tf.state()
	s.proxy.Inject(labelstudiotest.Fault{Method: http.MethodGet, Do: labelstudiotest.RewriteBody(func(body []byte) []byte {
		return bytes.ReplaceAll(body, []byte(`"created_at":"20`), []byte(`"created_at":"19`))
	})})
	failed := tf.apply(config)
	for _, problem := range failed.diagnostics("error") {
		if !strings.HasPrefix(problem.Summary, "Another ") || !strings.HasSuffix(problem.Summary, "has this id") ||
			!strings.Contains(problem.Detail, "Check url") || !strings.Contains(problem.Detail, "terraform state rm") {
			t.Errorf("%s: %s", problem.Summary, problem.Detail)
		}
	}
	if count := len(failed.diagnostics("error")); count != len(addresses) {
		t.Errorf("got %d errors, want one of each object:\n%s", count, failed.messages())
	}
	if after := tf.state(); after != before {
		t.Errorf("the state was\n%s\nand is\n%s", before, after)
	}
	if changes := s.proxy.Count(http.MethodPatch, "") + s.proxy.Count(http.MethodPost, "") + s.proxy.Count(http.MethodDelete, ""); changes != 2 {
		t.Errorf("the server got %v", s.proxy.Requests())
	}
	s.proxy.Reset()
	tf.plan(config).succeeds().expectAction("nothing")
}
