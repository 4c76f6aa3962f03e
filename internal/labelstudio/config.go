package labelstudio

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"golang.org/x/net/http/httpguts"
)

// Config is what a Client needs to reach one server.
type Config struct {
	URL                           string            // any path prefix is kept: <URL>/api/...
	APIKey                        string            // a legacy token or a personal access token
	Headers                       map[string]string // sent with each request, never to another host
	CACert, ClientCert, ClientKey string            // PEM
	InsecureSkipVerify            bool
	RequestTimeout                time.Duration // for one attempt; 0 is no limit
	Retries                       int
	UserAgent                     string

	// Log, if set, is called for each attempt with the method, the path, the status
	// (0 without a response) and duration_ms, never with a body, a header or a query.
	Log func(ctx context.Context, message string, fields ...map[string]any)
}

// SettingError is a setting of Config that can't be used.
type SettingError struct {
	Setting string // url, api_key, http_headers, ca_cert or client_cert
	Problem string
}

// Error says which setting is wrong, and how.
func (e *SettingError) Error() string { return e.Setting + ": " + e.Problem }

func settingError(setting, problem string) error {
	return &SettingError{Setting: setting, Problem: problem}
}

// parseURL checks the address of the server and takes off its final slashes.
func parseURL(text string) (string, error) {
	wrong := func(problem string) (string, error) { return "", &SettingError{"url", problem} }

	parsed, problem := parseAddress(text)
	switch {
	case problem != "":
		return wrong(problem)
	case parsed.User != nil:
		return wrong("must not contain a user name or password. Set those of a gateway in http_headers, " +
			`as Authorization = "Basic ${base64encode("name:password")}", and set api_key to a legacy token`)
	case parsed.RawQuery != "", parsed.ForceQuery, parsed.Fragment != "":
		return wrong("must not contain a query (?) or a fragment (#)")
	}
	return strings.TrimRight(parsed.String(), "/"), nil
}

func parseHeaders(headers map[string]string) (http.Header, error) {
	wrong := func(problem string) (http.Header, error) { return nil, &SettingError{"http_headers", problem} }

	parsed := make(http.Header, len(headers))
	for name, value := range headers {
		value = strings.TrimSpace(value)
		switch http.CanonicalHeaderKey(name) {
		case "X-Api-Key": // the server would take it instead of the token
			return wrong("must not contain " + name + ": the token belongs in api_key")
		case "Host":
			return wrong("must not contain Host: the provider takes it from url")
		}
		switch {
		case !httpguts.ValidHeaderFieldName(name):
			return wrong(fmt.Sprintf("contains %q, which is not the name of a header", name))
		case !httpguts.ValidHeaderFieldValue(value):
			return wrong("contains a line break or another control character in the value of " + name)
		}
		parsed.Set(name, value)
	}
	return parsed, nil
}
