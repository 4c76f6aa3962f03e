package proxy

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// newBackend stands for the server: it tells what it was asked, and counts.
func newBackend(t *testing.T) (proxy *Proxy, acted *atomic.Int32) {
	t.Helper()
	acted = new(atomic.Int32)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		acted.Add(1)
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		w.Header().Set("X-Host", r.Host)
		w.WriteHeader(http.StatusCreated)
		_ = json.NewEncoder(w).Encode(struct{ Method, Path, Body string }{r.Method, r.URL.RequestURI(), string(body)})
	}))
	t.Cleanup(server.Close)
	return newProxy(t, server.URL), acted
}

func newProxy(t *testing.T, target string) *Proxy {
	t.Helper()
	proxy, err := New(target)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(proxy.Close)
	return proxy
}

// An outcome is what the client sees of a request.
type outcome struct {
	status int
	header http.Header
	body   string
	err    error
}

func send(ctx context.Context, t *testing.T, client *http.Client, method, url, body string) outcome {
	t.Helper()
	request, err := http.NewRequestWithContext(ctx, method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	response, err := client.Do(request)
	if err != nil {
		return outcome{err: err}
	}
	defer func() { _ = response.Body.Close() }()
	content, err := io.ReadAll(response.Body)
	return outcome{response.StatusCode, response.Header, string(content), err}
}

// client has a connection for each request and stays where it was sent.
var client = &http.Client{
	Transport:     &http.Transport{DisableKeepAlives: true},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

func expectStatus(t *testing.T, method, url string, want int) {
	t.Helper()
	if got := send(t.Context(), t, client, method, url, ""); got.err != nil || got.status != want {
		t.Errorf("%s %s: got %d, %v, want %d", method, url, got.status, got.err, want)
	}
}

func TestProxyForwardsRequestsUnchanged(t *testing.T) {
	t.Parallel()
	proxy, _ := newBackend(t)
	got := send(t.Context(), t, client, http.MethodPatch, proxy.URL+"/api/projects/?page=2", "content")
	want := `{"Method":"PATCH","Path":"/api/projects/?page=2","Body":"content"}` + "\n"
	if got.err != nil || got.status != http.StatusCreated || got.body != want {
		t.Errorf("got %+v, want 201 %s", got, want)
	}
	if host := got.header.Get("X-Host"); "http://"+host != proxy.URL {
		t.Errorf("the server was called %s, want as the client called the proxy: %s", host, proxy.URL)
	}
}

func TestProxyJournalHoldsEveryRequestInOrder(t *testing.T) {
	t.Parallel()
	proxy, _ := newBackend(t)
	proxy.Inject(Fault{Path: "/broken", Do: ResetBefore()})
	for _, path := range []string{"/api/projects/", "/api/projects/1/?include=id", "/broken"} {
		send(t.Context(), t, client, http.MethodGet, proxy.URL+path, "")
	}
	send(t.Context(), t, client, http.MethodPost, proxy.URL+"/api/projects/", "")

	var lines []string
	for _, request := range proxy.Requests() {
		lines = append(lines, fmt.Sprint(request, " ", request.Status))
	}
	want := "GET /api/projects/ 201\nGET /api/projects/1/?include=id 201\nGET /broken 0\nPOST /api/projects/ 201"
	if got := strings.Join(lines, "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := proxy.Count(http.MethodGet, "^/api/projects/"); got != 2 {
		t.Errorf("counted %d GETs of projects, want 2", got)
	}
	if got := proxy.Count("", "/api/projects/$"); got != 2 {
		t.Errorf("counted %d requests of the list, want 2", got)
	}
	proxy.Reset()
	if got := proxy.Requests(); len(got) != 0 {
		t.Errorf("after Reset the journal holds %v", got)
	}
	expectStatus(t, http.MethodGet, proxy.URL+"/broken", http.StatusCreated)
}

func TestProxyGivesNoAnswerForADeadServer(t *testing.T) {
	t.Parallel()
	dead := httptest.NewServer(http.NotFoundHandler())
	dead.Close()
	if got := send(t.Context(), t, client, http.MethodGet, newProxy(t, dead.URL).URL, ""); got.err == nil {
		t.Errorf("got %+v, want an error", got)
	}
}

func TestFaultLastsAsManyTimesAsAsked(t *testing.T) {
	t.Parallel()
	proxy, acted := newBackend(t)
	proxy.Inject(Fault{Method: http.MethodPost, Path: "/sync$", Times: 2, Do: Respond(http.StatusBadGateway, "")})
	for _, want := range []int{502, 502, 201} {
		expectStatus(t, http.MethodPost, proxy.URL+"/api/storages/localfiles/1/sync", want)
	}
	if acted.Load() != 1 {
		t.Errorf("the server got %d requests, want 1", acted.Load())
	}
}

func TestFaultSparesRequestsThatDoNotMatch(t *testing.T) {
	t.Parallel()
	proxy, _ := newBackend(t)
	proxy.Inject(Fault{Method: http.MethodPost, Path: "/sync$", Do: Respond(http.StatusBadGateway, "")})
	expectStatus(t, http.MethodGet, proxy.URL+"/1/sync", http.StatusCreated)
	expectStatus(t, http.MethodPost, proxy.URL+"/1/validate", http.StatusCreated)
}

func TestFaultLastsUntilItIsRemoved(t *testing.T) {
	t.Parallel()
	proxy, _ := newBackend(t)
	remove := proxy.Inject(Fault{Do: Respond(http.StatusBadGateway, "")})
	expectStatus(t, http.MethodGet, proxy.URL, http.StatusBadGateway)
	remove()
	expectStatus(t, http.MethodGet, proxy.URL, http.StatusCreated)
}

func TestActions(t *testing.T) {
	t.Parallel()
	const whole = `{"Method":"POST","Path":"/x","Body":""}` + "\n"
	for name, test := range map[string]struct {
		do     Action
		acted  int32
		want   outcome
		header string
	}{
		"Respond":      {do: Respond(http.StatusTooManyRequests, "slow down", "Retry-After", "7"), want: outcome{status: 429, body: "slow down"}, header: "Retry-After: 7"},
		"Redirect":     {do: Redirect(http.StatusMovedPermanently, "/elsewhere"), want: outcome{status: 301}, header: "Location: /elsewhere"},
		"HugeBody":     {do: HugeBody(1 << 20), acted: 1, want: outcome{status: 200, body: `"` + strings.Repeat("a", 1<<20-2) + `"`}},
		"ResetBefore":  {do: ResetBefore(), want: outcome{err: syscall.ECONNRESET}},
		"ResetAfter":   {do: ResetAfter(), acted: 1, want: outcome{err: syscall.ECONNRESET}},
		"TruncateBody": {do: TruncateBody(), acted: 1, want: outcome{status: 201, body: whole[:len(whole)/2], err: io.ErrUnexpectedEOF}},
		"RewriteBody":  {do: RewriteBody(func(body []byte) []byte { return body[:9] }), acted: 1, want: outcome{status: 201, body: whole[:9]}},
		"SlowHeaders":  {do: SlowHeaders(time.Millisecond), acted: 1, want: outcome{status: 201, body: whole}},
		"SlowBody":     {do: SlowBody(time.Millisecond), acted: 1, want: outcome{status: 201, body: whole}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			proxy, acted := newBackend(t)
			proxy.Inject(Fault{Do: test.do})
			got := send(t.Context(), t, client, http.MethodPost, proxy.URL+"/x", "")
			if got.status != test.want.status || got.body != test.want.body || !errors.Is(got.err, test.want.err) {
				t.Errorf("got %d, %.99q, %v, want %d, %.99q, %v", got.status, got.body, got.err, test.want.status, test.want.body, test.want.err)
			}
			if name, value, _ := strings.Cut(test.header, ": "); name != "" && got.header.Get(name) != value {
				t.Errorf("got the headers %v, want %s", got.header, test.header)
			}
			if acted.Load() != test.acted {
				t.Errorf("the server got %d requests, want %d", acted.Load(), test.acted)
			}
		})
	}
}

func TestWithAuthorizationReplacesTheToken(t *testing.T) {
	t.Parallel()
	var got []string
	forward := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got = r.Header["Authorization"] })
	for header, want := range map[string][]string{"": nil, "other": {"other"}} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
		r.Header.Set("Authorization", "one")
		WithAuthorization(header)(httptest.NewRecorder(), r, forward)
		if !slices.Equal(got, want) {
			t.Errorf("with %q the server got %q, want %q", header, got, want)
		}
	}
}

func TestHugeBodyIsJSON(t *testing.T) {
	t.Parallel()
	proxy, _ := newBackend(t)
	proxy.Inject(Fault{Do: HugeBody(1000)})
	if got := send(t.Context(), t, client, http.MethodGet, proxy.URL, ""); !json.Valid([]byte(got.body)) {
		t.Errorf("got %+v", got)
	}
}

func TestSlowHeadersKeepTheAnswerBackFromAnActingServer(t *testing.T) {
	t.Parallel()
	proxy, acted := newBackend(t)
	proxy.Inject(Fault{Do: SlowHeaders(time.Minute)})
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	if got := send(ctx, t, client, http.MethodPost, proxy.URL, ""); !errors.Is(got.err, context.DeadlineExceeded) || got.status != 0 {
		t.Errorf("got %+v, want no headers in time", got)
	}
	if acted.Load() != 1 {
		t.Errorf("the server got %d requests, want 1", acted.Load())
	}
}

func TestSlowBodySendsHeadersFirst(t *testing.T) {
	t.Parallel()
	proxy, _ := newBackend(t)
	proxy.Inject(Fault{Do: SlowBody(time.Minute)})
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	if got := send(ctx, t, client, http.MethodPost, proxy.URL, ""); !errors.Is(got.err, context.DeadlineExceeded) || got.status != http.StatusCreated {
		t.Errorf("got %+v, want headers and then no body in time", got)
	}
}

func TestGatewayTimeoutLetsTheServerGoOn(t *testing.T) {
	t.Parallel()
	acting, done := make(chan struct{}), make(chan error, 1)
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		<-acting
		done <- r.Context().Err()
	}))
	t.Cleanup(server.Close)
	proxy := newProxy(t, server.URL)
	proxy.Inject(Fault{Do: GatewayTimeout(10 * time.Millisecond)})

	got := send(t.Context(), t, client, http.MethodPost, proxy.URL, "")
	if got.err != nil || got.status != http.StatusGatewayTimeout || !strings.Contains(got.body, "<html>") {
		t.Errorf("got %+v, want 504 with a page", got)
	}
	time.Sleep(50 * time.Millisecond) // a cancelled request would be noticed by now
	close(acting)
	if err := <-done; err != nil {
		t.Errorf("the server's request was cut off: %v", err)
	}
}

func TestGatewayTimeoutOutlivesADeadServer(t *testing.T) {
	t.Parallel()
	dead := httptest.NewServer(http.NotFoundHandler())
	dead.Close()
	proxy := newProxy(t, dead.URL)
	proxy.Inject(Fault{Do: GatewayTimeout(10 * time.Millisecond)})
	expectStatus(t, http.MethodPost, proxy.URL, http.StatusGatewayTimeout)
}

func TestBeforeAndAfterSurroundTheServer(t *testing.T) {
	t.Parallel()
	proxy, acted := newBackend(t)
	var before, after int32 = -1, -1
	proxy.Inject(Fault{Path: "/before", Do: Before(func(*http.Request) { before = acted.Load() })})
	proxy.Inject(Fault{Path: "/after", Do: After(func(*http.Request) { after = acted.Load() })})
	expectStatus(t, http.MethodPost, proxy.URL+"/before", http.StatusCreated)
	expectStatus(t, http.MethodPost, proxy.URL+"/after", http.StatusCreated)
	if before != 0 || after != 2 {
		t.Errorf("the server had acted %d times at Before and %d times at After, want 0 and 2", before, after)
	}
}

func TestProxyServesTLSAndResetsThere(t *testing.T) {
	t.Parallel()
	proxy, _ := newBackend(t)
	secure := httptest.NewTLSServer(proxy)
	t.Cleanup(secure.Close)
	if got := send(t.Context(), t, secure.Client(), http.MethodPost, secure.URL, ""); got.status != http.StatusCreated {
		t.Errorf("got %+v, want 201", got)
	}
	proxy.Inject(Fault{Do: ResetBefore()})
	if got := send(t.Context(), t, secure.Client(), http.MethodPost, secure.URL, ""); !errors.Is(got.err, syscall.ECONNRESET) {
		t.Errorf("got %+v, want a reset", got)
	}
}
