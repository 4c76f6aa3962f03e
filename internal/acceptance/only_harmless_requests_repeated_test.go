package acceptance_test

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/proxy"
)

const jsonType = "application/json"

var (
	locked   = proxy.Respond(http.StatusInternalServerError, `{"status_code":500,"detail":"database is locked"}`, "Content-Type", jsonType)
	mistake  = proxy.Respond(http.StatusInternalServerError, `{"status_code":500,"detail":"a mistake of the user's"}`, "Content-Type", jsonType)
	tooMany  = proxy.Respond(http.StatusTooManyRequests, `{"detail":"slow down"}`, "Content-Type", jsonType, "Retry-After", "2")
	overload = proxy.Respond(http.StatusServiceUnavailable, "")

	// passing are the faults after which a request may succeed.
	passing = map[string]proxy.Action{
		"429":    tooMany,
		"502":    proxy.Respond(http.StatusBadGateway, ""),
		"503":    overload,
		"504":    proxy.Respond(http.StatusGatewayTimeout, ""),
		"reset":  proxy.ResetBefore(),
		"lost":   proxy.ResetAfter(),
		"locked": locked,
	}
)

func TestAccOnlyHarmlessRequestsGetPatchAndDeleteAreRepeatedOnWhatPasses(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	id, folder := s.NewProject(), s.Folder(t, 0)
	config := func(description string) string {
		var storages strings.Builder
		for _, name := range acctest.Sorted(passing) {
			storages.WriteString(acctest.StorageIn(id, "_"+name, folder, fmt.Sprintf("title = %q", name), fmt.Sprintf("description = %q", description)))
		}
		return s.Config(storages.String())
	}
	tf := s.Terraform()
	tf.Apply(config("one")).Succeeds()
	var made []struct {
		ID    int64
		Title string
	}
	s.Call(http.MethodGet, fmt.Sprintf("/api/storages/localfiles/?project=%d", id), nil, &made)
	if len(made) != len(passing) {
		t.Fatalf("got %d storages, want one for each fault", len(made))
	}
	for _, step := range []struct {
		method string
		run    func() acctest.Result
	}{
		{http.MethodGet, func() acctest.Result { return tf.Plan(config("one")) }},
		{http.MethodPatch, func() acctest.Result { return tf.Apply(config("other")) }},
		{http.MethodDelete, func() acctest.Result { return tf.Apply(s.Config("")) }},
	} {
		s.Proxy.Reset()
		path := func(id int64) string { return fmt.Sprintf("/localfiles/%d$", id) }
		for _, storage := range made { // each has another fault
			s.Proxy.Inject(proxy.Fault{Method: step.method, Path: path(storage.ID), Times: 1, Do: passing[storage.Title]})
		}
		step.run().Succeeds()
		for _, storage := range made {
			if got := s.Proxy.Count(step.method, path(storage.ID)); got != 2 {
				t.Errorf("%s was sent %d times on %s, want 2", step.method, got, storage.Title)
			}
		}
	}
}

func TestAccOnlyHarmlessRequestsRetryAfterIsHonoured(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	s.Proxy.Inject(proxy.Fault{Method: http.MethodPost, Path: "^/api/projects/$", Times: 1, Do: tooMany})
	s.Terraform().Apply(s.Config(acctest.Project())).Succeeds()
	var posts []proxy.Request
	for _, request := range s.Proxy.Requests() {
		if request.String() == "POST /api/projects/" {
			posts = append(posts, request)
		}
	}
	if len(posts) != 2 || posts[1].Time.Sub(posts[0].Time) < 2*time.Second {
		t.Errorf("got the POSTs %+v, want two with two seconds between them", posts)
	}
}

func TestAccOnlyHarmlessRequestsA500ThatIsTheUsersMistakeIsNotRepeated(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	id, folder := s.NewProject(), s.Folder(t, 0)
	tf := s.Terraform()
	before := s.Config(acctest.StorageIn(id, "test", folder))
	after := s.Config(acctest.StorageIn(id, "test", folder, `title = "other"`))
	tf.Apply(before).Succeeds()
	for _, step := range []struct {
		method, summary string
		run             func() acctest.Result
	}{
		{http.MethodGet, "Can't read the local storage", func() acctest.Result { return tf.Plan(before) }},
		{http.MethodPatch, "Can't update the local storage", func() acctest.Result { return tf.Apply(after) }},
		{http.MethodDelete, "Can't delete the local storage", func() acctest.Result { return tf.Run("destroy", "-auto-approve", "-json") }},
	} {
		s.Proxy.Reset()
		s.Proxy.Inject(proxy.Fault{Method: step.method, Path: `/localfiles/\d+$`, Do: mistake})
		got := step.run()
		if errors := got.Errors(); len(errors) != 1 || errors[0].Summary != step.summary || !strings.Contains(errors[0].Detail, "a mistake of the user's") {
			t.Errorf("%s ended with %s", step.method, got.Texts())
		}
		if got := s.Proxy.Count(step.method, `/localfiles/\d+$`); got != 1 {
			t.Errorf("%s was sent %d times, want once", step.method, got)
		}
	}
	s.Proxy.Reset()
}

func TestAccOnlyHarmlessRequestsAPostIsRepeatedOn429Alone(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	config := s.Checking(acctest.Project())
	for _, name := range acctest.Sorted(passing) {
		s.Proxy.Reset()
		s.Proxy.Inject(proxy.Fault{Method: http.MethodPost, Times: 1, Do: passing[name]})
		s.Terraform().Plan(config).Succeeds()
		want := 1
		if name == "429" {
			want = 2
		}
		if got := s.Proxy.Count(http.MethodPost, ""); got != want {
			t.Errorf("POST was sent %d times on %s, want %d", got, name, want)
		}
	}
	s.Proxy.Reset()
	s.Proxy.Inject(proxy.Fault{Method: http.MethodPost, Do: locked})
	s.Terraform().Apply(s.Config(acctest.Project())).Fails(projectBlock, cantCreateProject, "database is locked")
	if got := s.Proxy.Count(http.MethodPost, ""); got != 1 {
		t.Errorf("the creation was sent %d times, want once", got)
	}
}

func TestAccOnlyHarmlessRequestsRetriesAreCounted(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	s.Proxy.Inject(proxy.Fault{Do: overload})
	for retries, want := range []int{1, 2, 3} {
		before := len(s.Proxy.Requests())
		s.Terraform().Plan(s.ConfigWith(fmt.Sprintf("retries = %d", retries), `data "labelstudio_projects" "all" {}`)).
			Fails(`data "labelstudio_projects" "all" {}`, "Can't list the projects", "503 Service Unavailable")
		if got := len(s.Proxy.Requests()) - before; got != want {
			t.Errorf("got %d requests with retries = %d, want %d", got, retries, want)
		}
	}
}

func TestAccOnlyHarmlessRequestsEachRequestHasAFreshConnection(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	var connections atomic.Int32
	counting := httptest.NewUnstartedServer(s.Proxy)
	counting.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			connections.Add(1)
		}
	}
	counting.Start()
	t.Cleanup(counting.Close)
	config := strings.Replace(s.Checking(acctest.Project()+acctest.Storage(s.Folder(t, 1), "use_blob_urls = true", `sync_triggers = { now = "1" }`)), s.Proxy.URL, counting.URL, 1)
	tf := s.Terraform()
	tf.Apply(config).Succeeds()
	tf.Plan(config).Succeeds()
	if got, want := int(connections.Load()), len(s.Proxy.Requests()); got != want || want < 5 {
		t.Errorf("got %d connections for %d requests", got, want)
	}
}
