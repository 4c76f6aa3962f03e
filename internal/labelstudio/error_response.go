package labelstudio

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// failure makes an error of a response whose status is no success.
func (r *response) failure() *Error {
	failed := &Error{Method: r.method, Path: r.path, Status: r.status, Enterprise: r.enterprise}
	if r.isPage() {
		failed.page = true
		failed.Detail = describePage(r.body) + "; perhaps from a gateway in front of Label Studio, whose log may say more"
	} else {
		failed.Detail, failed.Fields, failed.Version = readErrorBody(r.body)
	}
	failed.Reason = r.failureReason()
	if r.pause > 0 {
		failed.Detail = strings.TrimPrefix(failed.Detail+"; ", "; ") + "the server asks to come back in " + r.pause.String()
	}
	// A status above 501 comes from a gateway, and the server behind it may go on. A
	// 500 that is a page comes from the code around the API, perhaps after the API.
	unsure := r.status > http.StatusNotImplemented || failed.page && r.status == http.StatusInternalServerError
	failed.lost = unsure && r.write
	return failed
}

// failureReason is the reason that follows from the status and the kind of the body.
func (r *response) failureReason() Reason {
	switch {
	case r.status == http.StatusUnauthorized && !json.Valid(r.body):
		return ReasonLogInPage
	case r.status == http.StatusTooManyRequests:
		return ReasonTooManyRequests
	case r.status == http.StatusInternalServerError && isLocked(r.body):
		return ReasonDatabaseLocked
	case r.status == http.StatusInternalServerError && r.isPage() && pageTitle(r.body) == errorPageTitle:
		return ReasonErrorPage
	case r.status == http.StatusInternalServerError:
		return ReasonServerError
	case r.status == http.StatusBadGateway:
		return ReasonBadGateway
	case r.status == http.StatusServiceUnavailable:
		return ReasonServiceUnavailable
	case r.status == http.StatusGatewayTimeout:
		return ReasonGatewayTimeout
	case r.isPage():
		return ReasonWebPage
	}
	return ""
}

// errorPageTitle is the title of the page that Label Studio sends, at every address,
// while it can't read its database.
const errorPageTitle = "500 | Label Studio"

// isLocked tells whether the server says in JSON that another request holds the lock
// of its SQLite.
func isLocked(body []byte) bool { return bytes.Contains(body, []byte("database is locked")) }

// readErrorBody reads the shapes in which the server says what is wrong:
//
//	{"detail":"Validation error","validation_errors":{"title":["…"]},"version":"1.23.2", …}
//	{"detail":"…"}, {"message":"…"}, {"label_config":["…"]}, ["…"], text
func readErrorBody(body []byte) (detail string, fields map[string][]string, version string) {
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
