package labelstudio

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

const legacyKey = "0123456789abcdef0123456789abcdef01234567"

// journal is what a server was asked.
type journal struct {
	mu       sync.Mutex
	requests []string // method, path and query
	headers  []http.Header
	bodies   []string
}

func (j *journal) add(request *http.Request) {
	body, _ := io.ReadAll(request.Body)
	j.mu.Lock()
	defer j.mu.Unlock()
	j.requests = append(j.requests, request.Method+" "+request.URL.RequestURI())
	j.headers = append(j.headers, request.Header)
	j.bodies = append(j.bodies, string(body))
}

func (j *journal) all() []string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return slices.Clone(j.requests)
}

func (j *journal) count(request string) int {
	n := 0
	for _, made := range j.all() {
		if made == request {
			n++
		}
	}
	return n
}

func (j *journal) expect(t *testing.T, want ...string) {
	t.Helper()
	if got := j.all(); !slices.Equal(got, want) {
		t.Errorf("requests:\n  %s\nwant:\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

// serve starts a server and a client for it that does not wait.
func serve(t *testing.T, handler http.HandlerFunc, change ...func(*Config)) (*Client, *journal) {
	t.Helper()
	requests := &journal{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests.add(r)
		handler(w, r)
	}))
	t.Cleanup(server.Close)
	return connect(t, server.URL, change...), requests
}

func connect(t *testing.T, url string, change ...func(*Config)) *Client {
	t.Helper()
	config := Config{URL: url, APIKey: legacyKey, RequestTimeout: 20 * time.Second, Retries: 2}
	for _, apply := range change {
		apply(&config)
	}
	client, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	client.sender.repeating.RetryWaitMin, client.sender.repeating.RetryWaitMax = 0, 0
	client.sender.posting.RetryWaitMin, client.sender.posting.RetryWaitMax = 0, 0
	client.pauses = make([]time.Duration, 3)
	return client
}

// say responds with JSON.
func say(w http.ResponseWriter, status int, body string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	write(w, body)
}

func write(w io.Writer, text string) {
	_, _ = io.WriteString(w, text) // the client may be gone
}

// page404 responds as the server does to a missing storage and for a wrong URL.
func page404(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(http.StatusNotFound)
	write(w, "<!DOCTYPE html><html><head><title>\n Label\n Studio &amp; Co</title></head><body>secret-of-the-page</body></html>")
}

// breakOff closes the connection without a response.
func breakOff() {
	panic(http.ErrAbortHandler)
}

// oneByOne calls the handlers one after another, and then the last one again.
func oneByOne(handlers ...http.HandlerFunc) http.HandlerFunc {
	var mu sync.Mutex
	next := 0
	return func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		handler := handlers[min(next, len(handlers)-1)]
		next++
		mu.Unlock()
		handler(w, r)
	}
}

func status(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { say(w, code, `{"detail":"told so"}`) }
}

func object(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { say(w, http.StatusOK, body) }
}

func lostConnection(http.ResponseWriter, *http.Request) { breakOff() }

func TestVerbsUseTheServersPaths(t *testing.T) {
	t.Parallel()
	client, requests := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.Method {
		case http.MethodDelete:
			w.WriteHeader(http.StatusNoContent)
		case http.MethodPost:
			say(w, http.StatusCreated, `{"id":7,"title":"x"}`)
		default:
			say(w, http.StatusOK, `{"id":7,"title":"x"}`)
		}
	}, func(config *Config) { config.URL += "/prefix/" })
	ctx := t.Context()

	for _, in := range []Collection{Projects, ImportStorages("localfiles"), ExportStorages("s3")} {
		if object, err := client.Get(ctx, in, 7); err != nil || object.ID() != 7 || object.Text("title") != "x" {
			t.Errorf("Get: %v, %v", object, err)
		}
		if _, err := client.Create(ctx, in, map[string]any{"title": "x"}, nil); err != nil {
			t.Error(err)
		}
		if _, err := client.Update(ctx, in, 7, map[string]any{"title": nil}); err != nil {
			t.Error(err)
		}
		if err := client.Delete(ctx, in, 7); err != nil {
			t.Error(err)
		}
		if _, err := client.Post(ctx, in.Action("validate"), map[string]any{}); err != nil {
			t.Error(err)
		}
	}
	if _, err := client.Sync(ctx, ImportStorages("localfiles"), 7); err != nil {
		t.Error(err)
	}
	requests.expect(t,
		"GET /prefix/api/projects/7/", "POST /prefix/api/projects/", "PATCH /prefix/api/projects/7/", "DELETE /prefix/api/projects/7/", "POST /prefix/api/projects/validate/",
		"GET /prefix/api/storages/localfiles/7", "POST /prefix/api/storages/localfiles/", "PATCH /prefix/api/storages/localfiles/7", "DELETE /prefix/api/storages/localfiles/7", "POST /prefix/api/storages/localfiles/validate",
		"GET /prefix/api/storages/export/s3/7", "POST /prefix/api/storages/export/s3", "PATCH /prefix/api/storages/export/s3/7", "DELETE /prefix/api/storages/export/s3/7", "POST /prefix/api/storages/export/s3/validate",
		"POST /prefix/api/storages/localfiles/7/sync",
	)
	if body := requests.bodies[2]; body != `{"title":null}` {
		t.Errorf("PATCH sent %s", body)
	}
}

func TestEachRequestCarriesTheHeaders(t *testing.T) {
	t.Parallel()
	client, requests := serve(t, object(`{"id":1}`), func(config *Config) {
		config.Headers = map[string]string{"x-gateway": " open sesame\n", "Accept": "text/html"}
		config.UserAgent = "terraform-provider-labelstudio/test"
		config.APIKey = "\t" + legacyKey + "\n"
	})
	for range 2 {
		if _, err := client.Update(t.Context(), Projects, 1, map[string]any{}); err != nil {
			t.Fatal(err)
		}
	}
	for _, header := range requests.headers {
		for name, want := range map[string]string{
			"X-Gateway":     "open sesame",
			"Accept":        "application/json",
			"Content-Type":  "application/json",
			"User-Agent":    "terraform-provider-labelstudio/test",
			"Authorization": "Token " + legacyKey,
			"X-Api-Key":     "",
			"Cookie":        "",
		} {
			if got := header.Get(name); got != want {
				t.Errorf("%s: %q, want %q", name, got, want)
			}
		}
	}
}

func TestUnconfiguredFailsWithTheReason(t *testing.T) {
	t.Parallel()
	reason := errors.New("url is not known yet")
	client := Unconfigured(reason)
	ctx := t.Context()
	_, get := client.Get(ctx, Projects, 1)
	_, create := client.Create(ctx, Projects, nil, func(Object) bool { return true })
	_, update := client.Update(ctx, Projects, 1, nil)
	_, post := client.Post(ctx, "api/projects/validate/", nil)
	_, sync := client.Sync(ctx, Projects, 1)
	errs := []error{get, create, update, post, sync, client.Delete(ctx, Projects, 1)}
	for _, err := range client.List(ctx, Projects, nil) {
		errs = append(errs, err)
	}
	if len(errs) != 7 {
		t.Errorf("%d errors", len(errs))
	}
	for _, err := range errs {
		if !errors.Is(err, reason) {
			t.Errorf("%v", err)
		}
	}
}

func TestTheEndOfTheContextEndsACall(t *testing.T) {
	t.Parallel()
	arrived := make(chan struct{})
	over := make(chan struct{})
	client, _ := serve(t, func(http.ResponseWriter, *http.Request) {
		close(arrived)
		<-over
	})
	t.Cleanup(func() { close(over) })
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-arrived
		cancel()
	}()
	_, err := client.Get(ctx, Projects, 1)
	if !errors.Is(err, context.Canceled) || IsResponseLost(err) {
		t.Errorf("%v", err)
	}
}

func TestTheEndOfTheContextEndsAPause(t *testing.T) {
	t.Parallel()
	client, requests := serve(t, status(http.StatusServiceUnavailable))
	client.sender.repeating.RetryWaitMin, client.sender.repeating.RetryWaitMax = time.Hour, time.Hour
	ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
	defer cancel()
	_, err := client.Update(ctx, Projects, 1, nil)
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
	requests.expect(t, "PATCH /api/projects/1/")
}
