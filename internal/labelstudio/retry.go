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

// maxPause is the longest Retry-After that is waited for; a longer one is an
// error that tells the user when to come back.
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

// mayRepeat is the policy for requests that can be carried out twice. A 500 is
// often the user's mistake and stays one, except for a locked SQLite. The API says
// so in JSON; what runs before it (session_timeout_policy is created there) has
// the page of the web server say that something went wrong.
func mayRepeat(ctx context.Context, response *http.Response, err error) (bool, error) {
	if err != nil {
		return ctx.Err() == nil && isPassing(err), err
	}
	switch response.StatusCode {
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return worthWaiting(ctx, response), nil
	case http.StatusInternalServerError:
		body, err := io.ReadAll(response.Body)
		response.Body = io.NopCloser(bytes.NewReader(body))
		return bytes.Contains(body, []byte("database is locked")) || isPage(response.Header, body), err
	}
	return false, nil
}

// mayPostAgain is the policy for a POST: the default one of the library would
// create twice. 429 alone says that nothing was done.
func mayPostAgain(ctx context.Context, response *http.Response, err error) (bool, error) {
	if err != nil {
		return false, err
	}
	return response.StatusCode == http.StatusTooManyRequests && worthWaiting(ctx, response), nil
}

// isPassing tells a broken connection from what will be the same next time.
func isPassing(err error) bool {
	var broken *brokenError
	var untrusted *tls.CertificateVerificationError
	return errors.As(err, &broken) && !errors.As(err, &untrusted)
}

func worthWaiting(ctx context.Context, response *http.Response) bool {
	pause := retryAfter(response)
	deadline, ok := ctx.Deadline()
	return ctx.Err() == nil && pause <= maxPause && (!ok || time.Until(deadline) > pause)
}

// retryAfter is how long the server asks to wait, 0 if it does not.
func retryAfter(response *http.Response) time.Duration {
	return retryablehttp.DefaultBackoff(0, 0, 0, response)
}
