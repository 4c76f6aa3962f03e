package acceptance_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/proxy"
)

// creation is an object that is created with trouble on the way.
type creation struct {
	typeName, address string
	resource          string
	// count is how many of such objects the server has.
	count func() int
}

// creations are one for each resource, with a title that no other test uses.
func creations(s *acctest.Server) []creation {
	s.T.Helper()
	of, modelled := s.NewProject(), s.NewProject() // an ML backend makes a webhook in its project
	inProject := func(typeName string, of int64) func() int {
		return func() int {
			var list []struct{ ID int64 }
			s.Call(http.MethodGet, fmt.Sprintf("%s?project=%d", acctest.ObjectOf(s.T, typeName).List, of), nil, &list)
			return len(list)
		}
	}
	title := fmt.Sprintf("made-beside-%d", of)
	titled := func() (ids []int64) {
		var list struct{ Results []struct{ ID int64 } }
		s.Call(http.MethodGet, "/api/projects/?title="+title, nil, &list)
		for _, found := range list.Results {
			ids = append(ids, found.ID)
		}
		return ids
	}
	s.T.Cleanup(func() {
		for _, id := range titled() {
			s.RemoveObject("labelstudio_project", id)
		}
	})
	return []creation{
		{"labelstudio_project", acctest.ProjectAddress, strings.Replace(acctest.Project(`description = " with blanks "`), "acceptance test", title, 1), func() int { return len(titled()) }},
		{storageType, acctest.StorageAddress, acctest.StorageIn(of, "test", s.Folder(s.T, 0)+"/./", `title = " with blanks "`), inProject(storageType, of)},
		{viewType, acctest.ViewAddress, acctest.ViewIn(of, "test", " with blanks ", `grid_width = 5`), inProject(viewType, of)},
		{webhookType, acctest.WebhookAddress, acctest.WebhookIn(of, "test", " "+receiver+" ", `headers = { "a" = " with blanks " }`), inProject(webhookType, of)},
		{mlBackendType, acctest.MLBackendAddress, acctest.MLBackendIn(modelled, "test", " "+s.NewMLBackend().URL+" ", `basic_auth_pass = " with blanks "`), inProject(mlBackendType, modelled)},
	}
}

// resources is a configuration with all of them.
func resources(all []creation) string {
	var config strings.Builder
	for _, made := range all {
		config.WriteString(made.resource)
	}
	return config.String()
}

func TestAccStateFirstACreateWhoseAnswerIsLostIsRecognised(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	for name, lose := range map[string]proxy.Action{
		"connection reset": proxy.ResetAfter(),
		"gateway time-out": proxy.GatewayTimeout(0),
		"answer cut off":   proxy.TruncateBody(),
		"half a JSON":      proxy.RewriteBody(func(body []byte) []byte { return body[:len(body)/2] }),
	} {
		for _, made := range creations(s) {
			t.Run(name+" of "+made.typeName, func(t *testing.T) {
				tf := s.In(t).Terraform()
				remove := s.Proxy.Inject(proxy.Fault{Method: http.MethodPost, Times: 1, Do: lose})
				defer remove()
				tf.Apply(s.Config(made.resource)).Succeeds()
				if count := made.count(); count != 1 || !s.Exists(made.typeName, tf.ID(made.address)) {
					t.Errorf("the server has %d such objects, want the one in the state", count)
				}
				if action := tf.Plan(s.Config(made.resource)).Succeeds().Action(made.address); action != "nothing" {
					t.Errorf("the next plan will %s", action)
				}
			})
		}
	}
}

// Somebody else makes the same at the same moment: which one is ours can't be known.
func TestAccStateFirstTwoCandidatesAreAnErrorThatNamesTheirImports(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	for _, made := range creations(s) {
		t.Run(made.typeName, func(t *testing.T) {
			tf := s.In(t).Terraform()
			var theirs struct{ ID int64 }
			s.Proxy.Inject(proxy.Fault{Method: http.MethodPost, Times: 1, Do: func(w http.ResponseWriter, r *http.Request, forward http.Handler) {
				body, _ := io.ReadAll(r.Body)
				r.Body = io.NopCloser(bytes.NewReader(body))
				s.Call(http.MethodPost, acctest.ObjectOf(t, made.typeName).List, json.RawMessage(body), &theirs)
				proxy.ResetAfter()(w, r, forward)
			}})
			failed := tf.Apply(s.Config(made.resource))
			failed.Fails(fmt.Sprintf("resource %q \"test\" {", made.typeName), "Can't create the "+acctest.ObjectOf(t, made.typeName).Label,
				fmt.Sprintf("terraform import %s.<name> %d", made.typeName, theirs.ID),
				fmt.Sprintf("terraform import %s.<name> ", made.typeName))
			if count := made.count(); count != 2 {
				t.Errorf("the server has %d such objects, want 2: nothing may be removed", count)
			}
			if list := tf.Run("state", "list").Output; strings.Contains(list, made.address) {
				t.Errorf("one of them was adopted: %s", list)
			}
			// What the error says to do.
			if imported := tf.Run("import", made.address, fmt.Sprint(theirs.ID)); imported.Failed {
				t.Error(imported.Output)
			}
			tf.Plan(s.Config(made.resource)).Succeeds()
		})
	}
}

func TestAccStateFirstARequestThatNeverArrivedIsAnErrorAndTheNextApplyCreatesOne(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	tf := s.Terraform()
	all := creations(s)
	config := s.Config(resources(all))
	s.Proxy.Inject(proxy.Fault{Method: http.MethodPost, Times: len(all), Do: proxy.ResetBefore()})
	failed := tf.Apply(config).Errors()
	if len(failed) != len(all) {
		t.Fatalf("got %v, want an error of each", failed)
	}
	for _, problem := range failed {
		if !strings.Contains(problem.Detail, "No such object was found on the server afterwards. It is safe to apply again") {
			t.Error(problem.Detail)
		}
	}
	for _, want := range []int{0, 1} {
		for _, made := range all {
			if count := made.count(); count != want {
				t.Errorf("the server has %d objects like %s, want %d", count, made.address, want)
			}
		}
		if want == 0 {
			tf.Apply(config).Succeeds()
		}
	}
}

// An older object that looks the same is somebody else's.
func TestAccStateFirstAnObjectThatWasThereBeforeIsNotTaken(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	tf, older := s.Terraform(), s.Terraform()
	all := creations(s)
	config := s.Config(resources(all))
	older.Apply(config).Succeeds()
	time.Sleep(3 * time.Second) // the server tells its time in whole seconds
	s.Proxy.Inject(proxy.Fault{Method: http.MethodPost, Times: len(all), Do: proxy.ResetAfter()})
	tf.Apply(config).Succeeds()
	for _, made := range all {
		if tf.ID(made.address) == older.ID(made.address) || made.count() != 2 {
			t.Errorf("took the object %d, the server has %d", older.ID(made.address), made.count())
		}
	}
}

// A storage whose sync fails, in whatever way, is in the state, and not tainted.
func TestAccStateFirstTheIDIsInTheStateThoughALaterRequestFails(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	tf := s.Terraform()
	of := s.NewProject()
	config := s.Config(acctest.StorageIn(of, "test", s.Folder(t, 1), "use_blob_urls = true", acctest.Triggers("1")))
	s.FaultySync(0, proxy.Respond(http.StatusBadRequest, `{"detail":"no"}`))
	if tf.Apply(config).Failed {
		t.Fatal("the apply failed")
	}
	id := tf.ExpectPending(true).Values.ID
	s.Proxy.Reset()
	tf.Apply(config).Succeeds()
	if again := tf.ExpectPending(false).Values.ID; again != id || s.Proxy.Count(http.MethodPost, "localfiles/$") != 0 {
		t.Errorf("the storage %d was replaced by %d", id, again)
	}
	s.ExpectTasks(of, 1)
}

// The answer to the POST is what the state is made of: there is no second request
// that could fail before the id is saved.
func TestAccStateFirstAnAnswerThatCannotBeReadStillBringsTheID(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	for _, made := range creations(s) {
		t.Run(made.typeName, func(t *testing.T) {
			tf := s.In(t).Terraform()
			s.Proxy.Inject(proxy.Fault{Method: http.MethodPost, Times: 1, Do: proxy.RewriteBody(func(body []byte) []byte {
				body = bytes.Replace(body, []byte(`"created_at":"`), []byte(`"created_at":7,"x":"`), 1)
				return bytes.Replace(body, []byte(`"order":`), []byte(`"order":"x","x":`), 1) // of a view, which has no such time
			})})
			failed := tf.Apply(s.Config(made.resource))
			if !failed.Failed {
				t.Fatal("the answer was read")
			}
			if id := tf.ID(made.address); !s.Exists(made.typeName, id) || made.count() != 1 {
				t.Errorf("the state has %d, the server %d objects", id, made.count())
			}
		})
	}
}
