package labelstudio

import (
	"bytes"
	"cmp"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// NonFieldErrors is the server's name for what is wrong with an object as a whole.
const NonFieldErrors = "non_field_errors"

// Error is a request that failed.
type Error struct {
	Method, Path string
	Status       int                 // 0 when there was no answer
	Detail       string              // in words, the server's where it has some
	Fields       map[string][]string // what is wrong with which field, joined by dots; objects as a whole under non_field_errors
	Version      string              // of the server, where it says so
	Err          error

	gone bool // the object is not there, and the API is
	lost bool // the request may have been carried out
	page bool // the server sent a web page
}

// Error says what failed, and why.
func (e *Error) Error() string {
	what := e.Method + " " + e.Path
	if e.Status != 0 {
		what += strings.TrimRight(fmt.Sprintf(": %d %s", e.Status, http.StatusText(e.Status)), " ")
	}
	var why []string
	if e.Detail != "Validation error" || len(e.Fields) == 0 {
		why = append(why, e.Detail)
	}
	for _, field := range slices.Sorted(maps.Keys(e.Fields)) {
		name := strings.TrimSuffix(strings.TrimSuffix(field, NonFieldErrors), ".")
		why = append(why, strings.TrimPrefix(name+": "+strings.Join(e.Fields[field], " "), ": "))
	}
	reasons := strings.Join(slices.DeleteFunc(why, isBlank), "; ")
	switch {
	case e.Err != nil && isBlank(reasons):
		return what + ": " + e.Err.Error()
	case e.Err != nil:
		return what + ": " + reasons + ": " + e.Err.Error()
	case isBlank(reasons):
		return what + ": the server does not say why; its log may"
	}
	return what + ": " + reasons
}

func isBlank(text string) bool { return strings.TrimSpace(text) == "" }

// Unwrap gives the cause, such as the end of a context.
func (e *Error) Unwrap() error { return e.Err }

// IsNotFound tells that the server is a Label Studio, and the object not there.
func IsNotFound(err error) bool {
	var failed *Error
	return errors.As(err, &failed) && failed.gone
}

// IsAnswerLost tells that a write may or may not have been carried out: it was
// sent, and no answer of Label Studio came back. Of a write that was repeated,
// the last attempt counts.
func IsAnswerLost(err error) bool {
	var failed *Error
	return errors.As(err, &failed) && failed.lost
}

// failure makes an error of a request without an answer.
func (c *Client) failure(ctx context.Context, method, path string, err error) *Error {
	failed := &Error{Method: method, Path: path}
	// The text of a url.Error holds the query.
	if wrapped, ok := errors.AsType[*url.Error](err); ok {
		err = wrapped.Err
	}
	failed.Err = err

	var broken *brokenError
	var untrusted *tls.CertificateVerificationError
	if !errors.As(err, &broken) {
		failed.lost = errors.Is(err, errTooLarge) && changes(method, path)
		if ended := ctx.Err(); ended != nil {
			failed.Err = context.Cause(ctx)
			failed.Detail = "given up while waiting to repeat it"
		}
		return failed
	}
	failed.lost = broken.sent && changes(method, path)
	switch {
	case ctx.Err() != nil:
		failed.Err = context.Cause(ctx)
		failed.Detail = "given up before the answer came"
	case errors.Is(err, errRequestTimeout):
		failed.Detail = "the server takes longer than `request_timeout`"
	case errors.As(err, &untrusted):
		failed.Detail = "the certificate of " + c.base + " is not trusted: if its authority is your own, put that in `ca_cert`"
	case !broken.sent:
		failed.Detail = "cannot reach " + c.base
	default:
		failed.Detail = "the connection broke before the answer was complete"
	}
	return failed
}

// refusal makes an error of an answer that is no success.
func (a *answer) refusal() *Error {
	refused := &Error{Method: a.method, Path: a.path, Status: a.status}
	switch {
	case a.isPage():
		refused.page = true
		refused.Detail = describePage(a.body) + "; perhaps from a gateway in front of Label Studio, whose log may say more"
	default:
		refused.Detail, refused.Fields, refused.Version = readRefusal(a.body)
	}
	if a.pause > 0 {
		refused.Detail = strings.TrimPrefix(refused.Detail+"; ", "; ") + "the server asks to come back in " + a.pause.String()
	}
	// What is above 501 comes from a gateway, and behind it the server may go on. A
	// 500 that is a page comes from what runs around the API, perhaps after it.
	unsure := a.status > http.StatusNotImplemented || refused.page && a.status == http.StatusInternalServerError
	refused.lost = unsure && changes(a.method, a.path)
	return refused
}

// readRefusal reads the shapes in which the server says what is wrong:
//
//	{"detail":"Validation error","validation_errors":{"title":["…"]},"version":"1.23.2", …}
//	{"detail":"…"}, {"message":"…"}, {"label_config":["…"]}, ["…"], text
func readRefusal(body []byte) (detail string, fields map[string][]string, version string) {
	var said any
	if json.Unmarshal(body, &said) != nil {
		return shorten(string(bytes.TrimSpace(body)), 500), nil, ""
	}
	wrong := said
	if object, ok := said.(map[string]any); ok {
		version, _ = object["version"].(string)
		for _, name := range []string{"detail", "message", "error"} {
			if text, ok := object[name].(string); ok && detail == "" {
				detail = text
			}
		}
		if _, enveloped := object["status_code"]; enveloped || detail != "" {
			wrong = object["validation_errors"]
		}
	}
	fields = map[string][]string{}
	flatten(fields, "", wrong)
	return detail, fields, version
}

// flatten collects the messages in value, which may be nested, under the names
// of their fields, joined by dots.
func flatten(into map[string][]string, field string, value any) {
	inner := func(name string) string { return strings.TrimPrefix(field+"."+name, ".") }
	switch value := value.(type) {
	case nil:
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(value)) {
			flatten(into, inner(name), value[name])
		}
	case []any:
		for i, element := range value {
			switch element.(type) {
			case map[string]any, []any:
				flatten(into, inner(strconv.Itoa(i)), element)
			default:
				flatten(into, field, element)
			}
		}
	default:
		field = cmp.Or(field, NonFieldErrors)
		into[field] = append(into[field], unwrapped(fmt.Sprint(value)))
	}
}

// errorDetail is how Python prints a message that younger servers say as it is.
var errorDetail = regexp.MustCompile(`(?s)^\[ErrorDetail\(string=(?:'(.*)'|"(.*)"), code='\w+'\)\]$`)

func unwrapped(message string) string { return errorDetail.ReplaceAllString(message, "$1$2") }

// shorten cuts a text to a number of characters.
func shorten(text string, limit int) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	if runes := []rune(text); len(runes) > limit {
		return string(runes[:limit]) + "…"
	}
	return text
}
