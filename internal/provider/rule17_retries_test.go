package provider_test

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest"
)

const jsonType = "application/json"

var (
	locked   = labelstudiotest.Respond(http.StatusInternalServerError, `{"status_code":500,"detail":"database is locked"}`, "Content-Type", jsonType)
	mistake  = labelstudiotest.Respond(http.StatusInternalServerError, `{"status_code":500,"detail":"a mistake of the user's"}`, "Content-Type", jsonType)
	tooMany  = labelstudiotest.Respond(http.StatusTooManyRequests, `{"detail":"slow down"}`, "Content-Type", jsonType, "Retry-After", "2")
	overload = labelstudiotest.Respond(http.StatusServiceUnavailable, "")

	// passing are the faults after which a request may succeed.
	passing = map[string]labelstudiotest.Action{
		"429":    tooMany,
		"502":    labelstudiotest.Respond(http.StatusBadGateway, ""),
		"503":    overload,
		"504":    labelstudiotest.Respond(http.StatusGatewayTimeout, ""),
		"reset":  labelstudiotest.ResetBefore(),
		"lost":   labelstudiotest.ResetAfter(),
		"locked": locked,
	}
)

func TestAccRule17GetPatchAndDeleteAreRepeatedOnWhatPasses(t *testing.T) {
	s := start(t)
	id, folder := s.newProject(), s.Folder(t, 0)
	config := func(description string) string {
		var storages strings.Builder
		for _, name := range sorted(passing) {
			storages.WriteString(storageIn(id, "_"+name, folder, fmt.Sprintf("title = %q", name), fmt.Sprintf("description = %q", description)))
		}
		return s.config(storages.String())
	}
	tf := s.cli()
	tf.apply(config("one")).succeeds()
	var made []struct {
		ID    int64
		Title string
	}
	s.call(http.MethodGet, fmt.Sprintf("/api/storages/localfiles/?project=%d", id), nil, &made)
	if len(made) != len(passing) {
		t.Fatalf("got %d storages, want one for each fault", len(made))
	}
	for _, step := range []struct {
		method string
		run    func() outcome
	}{
		{http.MethodGet, func() outcome { return tf.plan(config("one")) }},
		{http.MethodPatch, func() outcome { return tf.apply(config("other")) }},
		{http.MethodDelete, func() outcome { return tf.apply(s.config("")) }},
	} {
		s.proxy.Reset()
		path := func(id int64) string { return fmt.Sprintf("/localfiles/%d$", id) }
		for _, storage := range made { // each has another fault
			s.proxy.Inject(labelstudiotest.Fault{Method: step.method, Path: path(storage.ID), Times: 1, Do: passing[storage.Title]})
		}
		step.run().succeeds()
		for _, storage := range made {
			if got := s.proxy.Count(step.method, path(storage.ID)); got != 2 {
				t.Errorf("%s was sent %d times on %s, want 2", step.method, got, storage.Title)
			}
		}
	}
}

func TestAccRule17RetryAfterIsHonoured(t *testing.T) {
	s := start(t)
	s.proxy.Inject(labelstudiotest.Fault{Method: http.MethodPost, Path: "^/api/projects/$", Times: 1, Do: tooMany})
	s.cli().apply(s.config(project())).succeeds()
	var posts []labelstudiotest.Request
	for _, request := range s.proxy.Requests() {
		if request.String() == "POST /api/projects/" {
			posts = append(posts, request)
		}
	}
	if len(posts) != 2 || posts[1].Time.Sub(posts[0].Time) < 2*time.Second {
		t.Errorf("got the POSTs %+v, want two with two seconds between them", posts)
	}
}

func TestAccRule17A500ThatIsTheUsersMistakeIsNotRepeated(t *testing.T) {
	s := start(t)
	id, folder := s.newProject(), s.Folder(t, 0)
	tf := s.cli()
	before := s.config(storageIn(id, "test", folder))
	after := s.config(storageIn(id, "test", folder, `title = "other"`))
	tf.apply(before).succeeds()
	for _, step := range []struct {
		method, summary string
		run             func() outcome
	}{
		{http.MethodGet, "Can't read the local storage", func() outcome { return tf.plan(before) }},
		{http.MethodPatch, "Can't update the local storage", func() outcome { return tf.apply(after) }},
		{http.MethodDelete, "Can't delete the local storage", func() outcome { return tf.run("destroy", "-auto-approve", "-json") }},
	} {
		s.proxy.Reset()
		s.proxy.Inject(labelstudiotest.Fault{Method: step.method, Path: `/localfiles/\d+$`, Do: mistake})
		got := step.run()
		if errors := got.diagnostics("error"); len(errors) != 1 || errors[0].Summary != step.summary || !strings.Contains(errors[0].Detail, "a mistake of the user's") {
			t.Errorf("%s ended with %s", step.method, got.messages())
		}
		if got := s.proxy.Count(step.method, `/localfiles/\d+$`); got != 1 {
			t.Errorf("%s was sent %d times, want once", step.method, got)
		}
	}
	s.proxy.Reset()
}

func TestAccRule17APostIsRepeatedOn429Alone(t *testing.T) {
	s := start(t)
	config := s.checking(project())
	for _, name := range sorted(passing) {
		s.proxy.Reset()
		s.proxy.Inject(labelstudiotest.Fault{Method: http.MethodPost, Times: 1, Do: passing[name]})
		s.cli().plan(config).succeeds()
		want := 1
		if name == "429" {
			want = 2
		}
		if got := s.proxy.Count(http.MethodPost, ""); got != want {
			t.Errorf("POST was sent %d times on %s, want %d", got, name, want)
		}
	}
	s.proxy.Reset()
	s.proxy.Inject(labelstudiotest.Fault{Method: http.MethodPost, Do: locked})
	s.cli().apply(s.config(project())).fails(projectBlock, cantCreateProject, "database is locked")
	if got := s.proxy.Count(http.MethodPost, ""); got != 1 {
		t.Errorf("the creation was sent %d times, want once", got)
	}
}

func TestAccRule17RetriesAreCounted(t *testing.T) {
	s := start(t)
	s.proxy.Inject(labelstudiotest.Fault{Do: overload})
	for retries, want := range []int{1, 2, 3} {
		before := len(s.proxy.Requests())
		s.cli().plan(s.configWith(fmt.Sprintf("retries = %d", retries), `data "labelstudio_projects" "all" {}`)).
			fails(`data "labelstudio_projects" "all" {}`, "Can't list the projects", "503 Service Unavailable")
		if got := len(s.proxy.Requests()) - before; got != want {
			t.Errorf("got %d requests with retries = %d, want %d", got, retries, want)
		}
	}
}

func TestAccRule17EachRequestHasAFreshConnection(t *testing.T) {
	s := start(t)
	var connections atomic.Int32
	counting := httptest.NewUnstartedServer(s.proxy)
	counting.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			connections.Add(1)
		}
	}
	counting.Start()
	t.Cleanup(counting.Close)
	config := strings.Replace(s.checking(project()+storage(s.Folder(t, 1), "use_blob_urls = true", `sync_triggers = { now = "1" }`)), s.proxy.URL, counting.URL, 1)
	tf := s.cli()
	tf.apply(config).succeeds()
	tf.plan(config).succeeds()
	if got, want := int(connections.Load()), len(s.proxy.Requests()); got != want || want < 5 {
		t.Errorf("got %d connections for %d requests", got, want)
	}
}
