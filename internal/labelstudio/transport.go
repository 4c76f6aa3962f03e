package labelstudio

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/hashicorp/go-cleanhttp"
)

const maxResponse = 32 << 20 // bytes; a list of 1,000 storages, the largest that is expected, has 0.4 MB

var (
	errTooLarge       = errors.New("the response is larger than 32 MiB")
	errRequestTimeout = errors.New("no response in time")
)

// transport makes one attempt of a request. It reads the whole response, so that a
// body that ends too early counts as a broken connection.
type transport struct {
	fresh   *http.Transport            // a connection for each request
	shared  *http.Transport            // connections that requests share
	read    func(*http.Response) error // reads the body of a response to its end, and closes it
	timeout time.Duration
	log     func(ctx context.Context, message string, fields ...map[string]any)
}

// brokenError is an attempt that got no complete response.
type brokenError struct {
	sent bool // the server may have got the request
	err  error
}

func (e *brokenError) Error() string { return e.err.Error() }
func (e *brokenError) Unwrap() error { return e.err }

func newTransport(config Config) (*transport, error) {
	security := &tls.Config{
		MinVersion:         tls.VersionTLS12,
		InsecureSkipVerify: config.InsecureSkipVerify, //nolint:gosec // the user asks for it by name
	}
	if config.CACert != "" {
		pool, err := x509.SystemCertPool()
		if err != nil {
			pool = x509.NewCertPool()
		}
		if !pool.AppendCertsFromPEM([]byte(config.CACert)) {
			return nil, settingError("ca_cert", "it holds no PEM certificate")
		}
		security.RootCAs = pool
	}
	if config.ClientCert != "" || config.ClientKey != "" {
		pair, err := tls.X509KeyPair([]byte(config.ClientCert), []byte(config.ClientKey))
		if err != nil {
			return nil, settingError("client_cert", "and client_key must be a PEM certificate and its key: "+err.Error())
		}
		security.Certificates = []tls.Certificate{pair}
	}
	log := config.Log
	if log == nil {
		log = func(context.Context, string, ...map[string]any) {}
	}
	// The proxy of both comes from the environment.
	fresh, shared := cleanhttp.DefaultTransport(), cleanhttp.DefaultPooledTransport()
	fresh.TLSClientConfig, shared.TLSClientConfig = security, security.Clone()
	shared.MaxIdleConnsPerHost = parallel
	shared.IdleConnTimeout = 30 * time.Second                           // less than any usual gateway keeps an idle connection
	shared.HTTP2 = &http.HTTP2Config{SendPingTimeout: 15 * time.Second} // finds a connection that is dead
	return &transport{fresh: fresh, shared: shared, read: readWhole, timeout: config.RequestTimeout, log: log}, nil
}

// parallel is how many requests Terraform has at once by default.
const parallel = 10

// connections are those that a request may use.
//
// A write has a connection of its own. A server may close a kept connection at any moment,
// and a write that is lost with it must not be repeated. A bare uWSGI closes each
// connection after the response without announcing it, and so loses 42 % of the writes.
//
// Reads share connections over TLS, where a new connection takes two more round trips.
// net/http repeats a read that a kept connection has lost. Without TLS, each read has its
// own connection, because the development server responds 40 ms later on a kept one.
func (t *transport) connections(request *http.Request) *http.Transport {
	if request.Method == http.MethodGet && request.URL.Scheme == "https" {
		return t.shared
	}
	return t.fresh
}

// RoundTrip implements http.RoundTripper.
func (t *transport) RoundTrip(request *http.Request) (*http.Response, error) {
	ctx := request.Context()
	if t.timeout > 0 {
		limited, cancel := context.WithTimeoutCause(ctx, t.timeout, errRequestTimeout)
		defer cancel()
		ctx = limited
	}
	var sent atomic.Bool
	traced := httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn: func(httptrace.GotConnInfo) { sent.Store(true) },
	})
	start := time.Now()
	response, err := t.connections(request).RoundTrip(request.WithContext(traced))
	if err == nil {
		err = t.read(response)
	}
	status := 0
	if err == nil {
		status = response.StatusCode
	}
	t.log(request.Context(), "Label Studio request", map[string]any{
		"method":      request.Method,
		"path":        request.URL.Path,
		"status":      status,
		"duration_ms": time.Since(start).Milliseconds(),
	})
	switch {
	case err == nil:
		return response, nil
	case errors.Is(err, errTooLarge), isOfFile(err):
		return nil, err
	case errors.Is(context.Cause(ctx), errRequestTimeout):
		err = errRequestTimeout
	}
	return nil, &brokenError{sent: sent.Load(), err: err}
}

// readWhole reads the body of a response into memory.
func readWhole(response *http.Response) error {
	body, err := io.ReadAll(io.LimitReader(response.Body, maxResponse+1))
	if closeErr := response.Body.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return err
	}
	if len(body) > maxResponse {
		return errTooLarge
	}
	response.Body = io.NopCloser(bytes.NewReader(body))
	return nil
}

// isOfFile tells whether a response was read, but could not be saved.
func isOfFile(err error) bool {
	_, ok := errors.AsType[*fs.PathError](err)
	return ok
}

// isNotHTTPS tells whether the server has responded to a TLS handshake with something
// else. The development server of Django sends a bare page, without the line that begins
// a response of HTTP.
func isNotHTTPS(err error) bool {
	_, ok := errors.AsType[tls.RecordHeaderError](err)
	return ok
}

// redirectError is a redirect that a request must not follow.
type redirectError struct {
	target string // without its query, which may hold a secret of a log-in
	why    string
	reason Reason
}

func (e *redirectError) Error() string {
	return fmt.Sprintf("the server redirects to %s, %s", e.target, e.why)
}

// refuseRedirects is the CheckRedirect of the HTTP client. By default the client turns
// a redirected POST into a GET and sends headers that hold a secret to other hosts.
func refuseRedirects(request *http.Request, via []*http.Request) error {
	from, to := via[len(via)-1].URL, request.URL
	refuse := func(reason Reason, why string) error {
		target := url.URL{Scheme: to.Scheme, Host: to.Host, Path: to.Path}
		address, _, _ := strings.Cut(target.String(), "/api/")
		return &redirectError{target: address, why: why, reason: reason}
	}
	method, anotherHost := via[0].Method, to.Hostname() != from.Hostname()
	_, resource, _ := strings.Cut(via[0].URL.Path, "/api/")
	moved := strings.HasSuffix(to.Path, "/api/"+resource)
	switch {
	case !moved && (method != http.MethodGet || anotherHost):
		return refuse(ReasonLogInPage, "which is perhaps a log-in page")
	case method != http.MethodGet:
		return refuse(ReasonRedirect, "and a "+method+" must not follow")
	case anotherHost:
		return refuse(ReasonRedirect, "which is another host")
	case from.Scheme == "https" && to.Scheme != "https":
		return refuse(ReasonRedirect, "which is not encrypted")
	case len(via) > 5:
		return refuse(ReasonRedirect, "and so on without an end")
	}
	return nil
}
