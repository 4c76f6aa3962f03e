package labelstudio

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

// sender sends requests to one server, and repeats those that may be repeated.
type sender struct {
	base    string // without a slash at the end
	headers http.Header

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
	caller := &http.Client{Transport: transport, CheckRedirect: refuseRedirects}
	return &sender{
		base:      base,
		headers:   headers,
		repeating: newRetrying(caller, config.Retries, mayRepeat),
		posting:   newRetrying(caller, config.Retries, mayPostAgain),
	}, nil
}

// send sends a request, repeats it as far as its method allows, and returns the
// last response, whatever its status.
func (s *sender) send(ctx context.Context, method, path string, query url.Values, payload []byte, token string) (*response, error) {
	address := s.base + "/" + path
	if len(query) > 0 {
		address += "?" + query.Encode()
	}
	var body any // a nil []byte would be a body
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
	if token != "" {
		request.Header.Set("Authorization", token)
	}
	client := s.repeating
	if method == http.MethodPost && isWrite(method, path) {
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
		method: method, path: path, write: isWrite(method, path),
		status: resp.StatusCode, header: resp.Header, body: content,
		received: time.Now(), pause: retryAfter(resp),
	}, nil
}

// failure makes an error of a request without a response.
func (s *sender) failure(ctx context.Context, method, path string, err error) *Error {
	failed := &Error{Method: method, Path: path}
	// The text of a url.Error holds the query.
	if wrapped, ok := errors.AsType[*url.Error](err); ok {
		err = wrapped.Err
	}
	failed.Err = err

	broken, ok := errors.AsType[*brokenError](err)
	if !ok {
		failed.lost = errors.Is(err, errTooLarge) && isWrite(method, path)
		if ctx.Err() != nil {
			failed.Err = context.Cause(ctx)
			failed.Detail = "given up while waiting to repeat it"
		}
		return failed
	}
	failed.lost = broken.sent && isWrite(method, path)
	_, untrusted := errors.AsType[*tls.CertificateVerificationError](err)
	switch {
	case ctx.Err() != nil:
		failed.Err = context.Cause(ctx)
		failed.Detail = "given up before the answer came"
	case errors.Is(err, errRequestTimeout):
		failed.Detail = "the server takes longer than `request_timeout`"
	case untrusted:
		failed.Detail = "the certificate of " + s.base + " is not trusted: if its authority is your own, put that in `ca_cert`"
	case !broken.sent:
		failed.Detail = "cannot reach " + s.base
	default:
		failed.Detail = "the connection broke before the answer was complete"
	}
	return failed
}
