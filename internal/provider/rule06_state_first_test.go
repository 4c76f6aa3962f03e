package provider_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest"
)

// creation is an object that is created with trouble on the way.
type creation struct {
	typeName, address string
	resource          string
	// count is how many of such objects the server has.
	count func() int
}

// creations are one for each resource, with a title that no other test uses.
func (s *stack) creations() []creation {
	s.t.Helper()
	of := s.newProject()
	inProject := func() int {
		var list []struct{ ID int64 }
		s.call(http.MethodGet, fmt.Sprintf("/api/storages/localfiles/?project=%d", of), nil, &list)
		return len(list)
	}
	title := fmt.Sprintf("made-beside-%d", of)
	titled := func() (ids []int64) {
		var list struct{ Results []struct{ ID int64 } }
		s.call(http.MethodGet, "/api/projects/?title="+title, nil, &list)
		for _, found := range list.Results {
			ids = append(ids, found.ID)
		}
		return ids
	}
	s.t.Cleanup(func() {
		for _, id := range titled() {
			s.remove("labelstudio_project", id)
		}
	})
	return []creation{
		{"labelstudio_project", projectAddress, strings.Replace(project(`description = " with blanks "`), "acceptance test", title, 1), func() int { return len(titled()) }},
		{"labelstudio_local_storage", storageAddress, storageIn(of, "test", s.Folder(s.t, 0)+"/./", `title = " with blanks "`), inProject},
	}
}

func TestAccRule6ACreateWhoseAnswerIsLostIsRecognised(t *testing.T) {
	s := start(t)
	for name, lose := range map[string]labelstudiotest.Action{
		"connection reset": labelstudiotest.ResetAfter(),
		"gateway time-out": labelstudiotest.GatewayTimeout(0),
		"answer cut off":   labelstudiotest.TruncateBody(),
		"half a JSON":      labelstudiotest.RewriteBody(func(body []byte) []byte { return body[:len(body)/2] }),
	} {
		for _, made := range s.creations() {
			t.Run(name+" of "+made.typeName, func(t *testing.T) {
				tf := s.in(t).cli()
				remove := s.proxy.Inject(labelstudiotest.Fault{Method: http.MethodPost, Times: 1, Do: lose})
				defer remove()
				tf.apply(s.config(made.resource)).succeeds()
				if count := made.count(); count != 1 || !s.exists(made.typeName, tf.id(made.address)) {
					t.Errorf("the server has %d such objects, want the one in the state", count)
				}
				if action := tf.plan(s.config(made.resource)).succeeds().action(made.address); action != "nothing" {
					t.Errorf("the next plan will %s", action)
				}
			})
		}
	}
}

// in is the stack for a test within the test.
func (s *stack) in(t *testing.T) *stack {
	t.Helper()
	inner := *s
	inner.t = t
	return &inner
}

// Somebody else makes the same at the same moment: which one is ours can't be known.
func TestAccRule6TwoCandidatesAreAnErrorThatNamesTheirImports(t *testing.T) {
	s := start(t)
	for _, made := range s.creations() {
		t.Run(made.typeName, func(t *testing.T) {
			tf := s.in(t).cli()
			var theirs struct{ ID int64 }
			s.proxy.Inject(labelstudiotest.Fault{Method: http.MethodPost, Times: 1, Do: func(w http.ResponseWriter, r *http.Request, forward http.Handler) {
				body, _ := io.ReadAll(r.Body)
				r.Body = io.NopCloser(bytes.NewReader(body))
				s.call(http.MethodPost, collections[made.typeName].list, json.RawMessage(body), &theirs)
				labelstudiotest.ResetAfter()(w, r, forward)
			}})
			failed := tf.apply(s.config(made.resource))
			failed.fails(fmt.Sprintf("resource %q \"test\" {", made.typeName), "Can't create the "+labels[made.typeName],
				fmt.Sprintf("terraform import %s.<name> %d", made.typeName, theirs.ID),
				fmt.Sprintf("terraform import %s.<name> ", made.typeName))
			if count := made.count(); count != 2 {
				t.Errorf("the server has %d such objects, want 2: nothing may be removed", count)
			}
			if list := tf.run("state", "list").output; strings.Contains(list, made.address) {
				t.Errorf("one of them was adopted: %s", list)
			}
			// What the error says to do.
			if imported := tf.run("import", made.address, fmt.Sprint(theirs.ID)); imported.failed {
				t.Error(imported.output)
			}
			tf.plan(s.config(made.resource)).succeeds()
		})
	}
}

func TestAccRule6ARequestThatNeverArrivedIsAnErrorAndTheNextApplyCreatesOne(t *testing.T) {
	s := start(t)
	tf := s.cli()
	both := s.creations()
	config := s.config(both[0].resource + both[1].resource)
	s.proxy.Inject(labelstudiotest.Fault{Method: http.MethodPost, Times: len(both), Do: labelstudiotest.ResetBefore()})
	failed := tf.apply(config).diagnostics("error")
	if len(failed) != len(both) {
		t.Fatalf("got %v, want an error of each", failed)
	}
	for _, problem := range failed {
		if !strings.Contains(problem.Detail, "No such object was found on the server afterwards, so it is safe to apply again") {
			t.Error(problem.Detail)
		}
	}
	for _, want := range []int{0, 1} {
		for _, made := range both {
			if count := made.count(); count != want {
				t.Errorf("the server has %d objects like %s, want %d", count, made.address, want)
			}
		}
		if want == 0 {
			tf.apply(config).succeeds()
		}
	}
}

// labels are how messages name the objects.
var labels = map[string]string{"labelstudio_project": "project", "labelstudio_local_storage": "local storage"}

// An older object that looks the same is somebody else's.
func TestAccRule6AnObjectThatWasThereBeforeIsNotTaken(t *testing.T) {
	s := start(t)
	tf, older := s.cli(), s.cli()
	both := s.creations()
	config := s.config(both[0].resource + both[1].resource)
	older.apply(config).succeeds()
	time.Sleep(3 * time.Second) // the server tells its time in whole seconds
	s.proxy.Inject(labelstudiotest.Fault{Method: http.MethodPost, Times: len(both), Do: labelstudiotest.ResetAfter()})
	tf.apply(config).succeeds()
	for _, made := range both {
		if tf.id(made.address) == older.id(made.address) || made.count() != 2 {
			t.Errorf("took the object %d, the server has %d", older.id(made.address), made.count())
		}
	}
}

// A storage whose sync fails, in whatever way, is in the state, and not tainted.
func TestAccRule6TheIDIsInTheStateThoughALaterRequestFails(t *testing.T) {
	s := start(t)
	tf := s.cli()
	of := s.newProject()
	config := s.config(storageIn(of, "test", s.Folder(t, 1), "use_blob_urls = true", triggers("1")))
	s.faultySync(0, labelstudiotest.Respond(http.StatusBadRequest, `{"detail":"no"}`))
	if tf.apply(config).failed {
		t.Fatal("the apply failed")
	}
	id := tf.expectPending(true).Values.ID
	s.proxy.Reset()
	tf.apply(config).succeeds()
	if again := tf.expectPending(false).Values.ID; again != id || s.proxy.Count(http.MethodPost, "localfiles/$") != 0 {
		t.Errorf("the storage %d was replaced by %d", id, again)
	}
	s.expectTasks(of, 1)
}

// The answer to the POST is what the state is made of: there is no second request
// that could fail before the id is saved.
func TestAccRule6AnAnswerThatCannotBeReadStillBringsTheID(t *testing.T) {
	s := start(t)
	for _, made := range s.creations() {
		t.Run(made.typeName, func(t *testing.T) {
			tf := s.in(t).cli()
			s.proxy.Inject(labelstudiotest.Fault{Method: http.MethodPost, Times: 1, Do: labelstudiotest.RewriteBody(func(body []byte) []byte {
				return bytes.Replace(body, []byte(`"created_at":"`), []byte(`"created_at":7,"x":"`), 1)
			})})
			failed := tf.apply(s.config(made.resource))
			if !failed.failed {
				t.Fatal("the answer was read")
			}
			if id := tf.id(made.address); !s.exists(made.typeName, id) || made.count() != 1 {
				t.Errorf("the state has %d, the server %d objects", id, made.count())
			}
		})
	}
}
