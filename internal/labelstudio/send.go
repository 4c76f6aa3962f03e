package labelstudio

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"sync/atomic"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

// sender sends requests to one server, and repeats those that may be repeated.
type sender struct {
	base      string // without a slash at the end
	headers   http.Header
	timeout   time.Duration // of one attempt
	transport *transport

	enterprise *atomic.Bool // the server is known to be of the Enterprise edition

	repeating *retryablehttp.Client // for requests that may be carried out twice
	posting   *retryablehttp.Client // for requests that must not
}

func newSender(config Config) (*sender, error) {
	base, err := parseURL(config.URL)
	if err != nil {
		return nil, err
	}
	headers, err := parseHeaders(config.Headers)
	if err != nil {
		return nil, err
	}
	headers.Set("Accept", "application/json")
	if config.UserAgent != "" {
		headers.Set("User-Agent", config.UserAgent)
	}
	transport, err := newTransport(config)
	if err != nil {
		return nil, err
	}
	caller := newCaller(transport)
	s := &sender{
		base:       base,
		enterprise: new(atomic.Bool),
		headers:    headers,
		timeout:    config.RequestTimeout,
		transport:  transport,
		repeating:  newRetrying(caller, config.Retries, mayRepeat),
		posting:    newRetrying(caller, config.Retries, mayPostAgain),
	}
	s.enterprise.Store(isCloud(base))
	return s, nil
}

// credential is the header that carries a token.
type credential struct{ header, value string }

func newCaller(transport *transport) *http.Client {
	return &http.Client{Transport: transport, CheckRedirect: refuseRedirects}
}

// send sends a request, repeats it as far as its method allows, and returns the
// last response, whatever its status.
func (s *sender) send(ctx context.Context, method, path string, query url.Values, payload []byte, token credential) (*response, error) {
	address := s.base + "/" + path
	if len(query) > 0 {
		address += "?" + query.Encode()
	}
	var body any // retryablehttp takes a nil []byte for a body
	if payload != nil {
		body = payload
	}
	request, err := retryablehttp.NewRequestWithContext(ctx, method, address, body)
	if err != nil {
		return nil, &Error{Method: method, Path: path, Err: err}
	}
	request.Header = s.headers.Clone()
	if payload != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	if token.value != "" {
		request.Header.Set(token.header, token.value)
	}
	write := isWrite(method, path)
	client := s.repeating
	if method == http.MethodPost && write {
		client = s.posting
	}
	resp, err := client.Do(request)
	if err != nil {
		return nil, s.failure(ctx, method, path, err)
	}
	content, err := io.ReadAll(resp.Body)
	if closeErr := resp.Body.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return nil, &Error{Method: method, Path: path, Err: err}
	}
	return &response{
		method: method, path: path, write: write, enterprise: s.enterprise.Load(),
		redirected: *resp.Request.URL != *request.URL,
		status:     resp.StatusCode, header: resp.Header, body: content,
		received: time.Now(), pause: retryAfter(resp),
	}, nil
}

// failure makes an error of a request without a response.
func (s *sender) failure(ctx context.Context, method, path string, err error) *Error {
	failed := &Error{Method: method, Path: path}
	write := isWrite(method, path)
	// The text of a url.Error holds the query.
	if wrapped, ok := errors.AsType[*url.Error](err); ok {
		err = wrapped.Err
	}
	failed.Err = err

	broken, ok := errors.AsType[*brokenError](err)
	if !ok {
		redirect, redirected := errors.AsType[*redirectError](err)
		tooLarge := errors.Is(err, errTooLarge)
		failed.lost = tooLarge && write
		switch {
		case ctx.Err() != nil:
			failed.Detail, failed.Err = "given up while waiting to repeat it", context.Cause(ctx)
		case redirected:
			failed.Reason = redirect.reason
		case tooLarge:
			failed.Reason = ReasonTooLarge
		}
		return failed
	}
	failed.lost = broken.sent && write
	_, untrusted := errors.AsType[*tls.CertificateVerificationError](err)
	switch {
	case ctx.Err() != nil:
		failed.Detail, failed.Err = "given up before the response came", context.Cause(ctx)
	case errors.Is(err, errRequestTimeout):
		failed.Reason, failed.Detail, failed.Err = ReasonTimeout, fmt.Sprintf("no response from %s within %s", s.base, s.timeout), nil
	case isNotHTTPS(err):
		failed.Reason, failed.Detail, failed.Err = ReasonNotHTTPS, "the server at "+s.base+" does not speak HTTPS", nil
	case untrusted:
		failed.Reason, failed.Detail = ReasonUntrusted, "the certificate of "+s.base+" is not trusted"
	case !broken.sent:
		failed.Reason, failed.Detail = ReasonUnreachable, "cannot reach "+s.base
	default:
		failed.Reason, failed.Detail = ReasonConnectionBroke, "the connection broke before the response was complete"
	}
	return failed
}

// noLabelStudio says that the address is not that of a Label Studio.
func (s *sender) noLabelStudio() string { return "no Label Studio API at " + s.base }
