package labelstudio

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net/http"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

// refreshPath exchanges a personal access token for an access token.
const refreshPath = "api/token/refresh/"

// isWrite tells whether a request may change something on the server. The exchange
// of a token is a POST that the server keeps nothing of.
func isWrite(method, path string) bool {
	return method != http.MethodGet && path != refreshPath
}

// maxPause is the longest Retry-After that is waited for. A longer one is an error
// that says how long the server asks to wait.
const maxPause = 5 * time.Minute

func newRetrying(caller *http.Client, retries int, policy retryablehttp.CheckRetry) *retryablehttp.Client {
	return &retryablehttp.Client{
		HTTPClient:   caller,
		RetryMax:     retries,
		RetryWaitMin: 500 * time.Millisecond,
		RetryWaitMax: 10 * time.Second,
		CheckRetry:   policy,
		Backoff:      retryablehttp.DefaultBackoff,
		ErrorHandler: retryablehttp.PassthroughErrorHandler, // the last body says what is wrong
	}
}

// mayRepeat is the policy for requests that can be carried out twice. A 500 is often
// caused by the request and would come again, except if SQLite is locked. The API says
// so in JSON. The code that runs before the API, which creates the
// session_timeout_policy, responds with an HTML page that names no reason.
func mayRepeat(ctx context.Context, resp *http.Response, err error) (bool, error) {
	if err != nil {
		return ctx.Err() == nil && isPassing(err), err
	}
	switch resp.StatusCode {
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return worthWaiting(ctx, resp), nil
	case http.StatusInternalServerError:
		body, err := io.ReadAll(resp.Body)
		resp.Body = io.NopCloser(bytes.NewReader(body))
		return isLocked(body) || isPage(resp.Header, body), err
	}
	return false, nil
}

// mayPostAgain is the policy for a POST. The library's default would create objects
// twice. Only a 429 says that the server did nothing.
func mayPostAgain(ctx context.Context, resp *http.Response, err error) (bool, error) {
	if err != nil {
		return false, err
	}
	return resp.StatusCode == http.StatusTooManyRequests && worthWaiting(ctx, resp), nil
}

// isPassing tells whether an attempt may succeed when it is repeated.
func isPassing(err error) bool {
	_, broken := errors.AsType[*brokenError](err)
	_, untrusted := errors.AsType[*tls.CertificateVerificationError](err)
	return broken && !untrusted && !isNotHTTPS(err)
}

func worthWaiting(ctx context.Context, resp *http.Response) bool {
	pause := retryAfter(resp)
	deadline, ok := ctx.Deadline()
	return ctx.Err() == nil && pause <= maxPause && (!ok || time.Until(deadline) > pause)
}

// retryAfter is how long the server asks to wait, 0 if it does not.
func retryAfter(resp *http.Response) time.Duration {
	return retryablehttp.DefaultBackoff(0, 0, 0, resp)
}
