package cloud

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// exchange makes a request of a storage server. prepare may sign it. A status of 400
// or more is an error that holds the answer.
func exchange(ctx context.Context, client *http.Client, method, url, body string, prepare func(*http.Request) error) (string, error) {
	request, err := http.NewRequestWithContext(ctx, method, url, strings.NewReader(body))
	if err != nil {
		return "", err
	}
	if err := prepare(request); err != nil {
		return "", err
	}
	response, err := client.Do(request)
	if err != nil {
		return "", err
	}
	defer func() { _ = response.Body.Close() }()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		return "", fmt.Errorf("%s %s: %w", method, url, err)
	}
	if response.StatusCode >= http.StatusBadRequest {
		return "", fmt.Errorf("%s %s: %s: %.2000s", method, url, response.Status, answer)
	}
	return string(answer), nil
}

// asIs sends a request unsigned.
func asIs(*http.Request) error { return nil }
