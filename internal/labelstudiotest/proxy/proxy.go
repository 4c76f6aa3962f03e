// Package proxy stands between a client and a server: it keeps a journal of the
// requests and injects faults.
package proxy

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"regexp"
	"slices"
	"sync"
	"time"
)

// A Proxy is in front of one server. As an http.Handler it can also be served in
// another way: under a path prefix, or by TLS.
type Proxy struct {
	// URL has no trailing slash.
	URL string

	listener *httptest.Server
	forward  http.Handler

	mutex   sync.Mutex
	journal []*Request
	faults  []*fault
}

// A Request is what the journal knows of a request.
type Request struct {
	Method string
	// Path is as the client sent it, query included.
	Path string
	// Status is what the client got; 0 if it got no answer, or not yet.
	Status int
	Time   time.Time
}

// String returns method and path, all that most tests compare.
func (r Request) String() string { return r.Method + " " + r.Path }

// New starts a proxy in front of the server at the URL target.
func New(target string) (*Proxy, error) {
	to, err := url.Parse(target)
	if err != nil {
		return nil, fmt.Errorf("the URL to stand in front of: %w", err)
	}
	p := &Proxy{forward: &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(to)
			r.Out.Host = r.In.Host // the server builds links from it
			// Faults that rewrite an answer read it as text.
			r.Out.Header.Del("Accept-Encoding")
		},
		Transport: &http.Transport{DisableKeepAlives: true, DisableCompression: true},
		// A dead server gives the client no answer; so does the proxy.
		ErrorHandler: func(http.ResponseWriter, *http.Request, error) { panic(http.ErrAbortHandler) },
		ErrorLog:     log.New(io.Discard, "", 0),
	}}
	p.listener = httptest.NewServer(p)
	p.URL = p.listener.URL
	return p, nil
}

// Close ends the proxy when all requests have been answered.
func (p *Proxy) Close() { p.listener.Close() }

// Requests returns the journal since the start or the last Reset, in the order in
// which the requests came.
func (p *Proxy) Requests() []Request {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	requests := make([]Request, 0, len(p.journal))
	for _, request := range p.journal {
		requests = append(requests, *request)
	}
	return requests
}

// Count returns how many requests of the journal have the method (any, if empty)
// and a path that the regular expression matches.
func (p *Proxy) Count(method, path string) int {
	pattern := regexp.MustCompile(path)
	count := 0
	for _, request := range p.Requests() {
		if matches(request.Method, request.Path, method, pattern) {
			count++
		}
	}
	return count
}

// Reset forgets the journal and all faults.
func (p *Proxy) Reset() {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.journal, p.faults = nil, nil
}

// ServeHTTP forwards a request, or does what the first fault that matches says.
func (p *Proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	// Read before anything else, so that a reset finds no half-read request, and a
	// request can go on when its client has been answered.
	body, err := io.ReadAll(r.Body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	r.ContentLength = int64(len(body))

	entry, do := p.enter(r)
	w = &statusRecorder{ResponseWriter: w, record: func(status int) {
		p.mutex.Lock()
		defer p.mutex.Unlock()
		entry.Status = status
	}}
	if do == nil {
		p.forward.ServeHTTP(w, r)
		return
	}
	do(w, r, p.forward)
}

// enter writes the request into the journal and picks its fault.
func (p *Proxy) enter(r *http.Request) (*Request, Action) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	entry := &Request{Method: r.Method, Path: r.URL.RequestURI(), Time: time.Now()}
	p.journal = append(p.journal, entry)
	for _, fault := range p.faults {
		if fault.spent() || !matches(entry.Method, entry.Path, fault.Method, fault.path) {
			continue
		}
		fault.used++
		return entry, fault.Do
	}
	return entry, nil
}

// Inject adds a fault. remove takes it away again.
func (p *Proxy) Inject(f Fault) (remove func()) {
	added := &fault{Fault: f, path: regexp.MustCompile(f.Path)}
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.faults = append(p.faults, added)
	return func() {
		p.mutex.Lock()
		defer p.mutex.Unlock()
		p.faults = slices.DeleteFunc(p.faults, func(f *fault) bool { return f == added })
	}
}

func matches(method, path, wantMethod string, wantPath *regexp.Regexp) bool {
	return (wantMethod == "" || wantMethod == method) && wantPath.MatchString(path)
}

// statusRecorder tells the journal what the client got.
type statusRecorder struct {
	http.ResponseWriter
	record func(status int)
	done   bool
}

func (w *statusRecorder) WriteHeader(status int) {
	if !w.done {
		w.done = true
		w.record(status)
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *statusRecorder) Write(content []byte) (int, error) {
	if !w.done {
		w.WriteHeader(http.StatusOK)
	}
	return w.ResponseWriter.Write(content)
}

// Unwrap lets http.ResponseController flush and hijack.
func (w *statusRecorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }
