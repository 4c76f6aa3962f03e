package labelstudio

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
)

// NonFieldErrors is the server's name for what is wrong with an object as a whole.
const NonFieldErrors = "non_field_errors"

// Reason is why a request failed, where the client knows it. It is empty if only
// the server's message says why.
type Reason string

// The reasons, in the order in which a request meets them.
const (
	ReasonUnreachable        Reason = "unreachable"         // no connection
	ReasonNotHTTPS           Reason = "not HTTPS"           // an address with https:// of a server that speaks HTTP
	ReasonUntrusted          Reason = "untrusted"           // the server's certificate is not trusted
	ReasonConnectionBroke    Reason = "connection broke"    // before the response was complete
	ReasonTimeout            Reason = "timeout"             // no response within Config.RequestTimeout
	ReasonTooLarge           Reason = "too large"           // the response
	ReasonRedirect           Reason = "redirect"            // to where a request must not follow
	ReasonLogInPage          Reason = "log-in page"         // a gateway wants a log-in: a redirect away from the API or to a page, or a 401 that is not Label Studio's
	ReasonTokenRefused       Reason = "token refused"       // 401
	ReasonNotLabelStudio     Reason = "not Label Studio"    // 404, and no Label Studio at the URL
	ReasonOtherOrganization  Reason = "other organization"  // the user does not work in the one that was asked for
	ReasonNotOffered         Reason = "not offered"         // 404, and the server has no such collection
	ReasonTooManyRequests    Reason = "too many requests"   // 429
	ReasonServerError        Reason = "server error"        // 500
	ReasonDatabaseLocked     Reason = "database locked"     // 500, SQLite
	ReasonErrorPage          Reason = "error page"          // 500, Label Studio's own page
	ReasonBadGateway         Reason = "bad gateway"         // 502
	ReasonServiceUnavailable Reason = "service unavailable" // 503
	ReasonGatewayTimeout     Reason = "gateway timeout"     // 504
	ReasonWebPage            Reason = "web page"            // instead of JSON
	ReasonBrokenJSON         Reason = "broken JSON"         // perhaps cut off
	ReasonUnexpected         Reason = "unexpected JSON"     // not what Label Studio responds with
)

// Error is a request that failed.
type Error struct {
	Method, Path string
	Status       int // 0 if there was no response
	Reason       Reason
	Detail       string              // what happened, in the server's words if it has some
	Fields       map[string][]string // what is wrong with which field, joined by dots; objects as a whole under non_field_errors
	Version      string              // of the server, if the response names it
	Enterprise   bool                // the server is known to be of the Enterprise edition
	Err          error

	gone bool // the object is not there, and the API is
	lost bool // the request may have been carried out, see IsResponseLost
	page bool // the response is a web page
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

// ReasonOf is the first reason in the chain of an error, empty if there is none.
func ReasonOf(err error) Reason {
	for failed, ok := errors.AsType[*Error](err); ok; failed, ok = errors.AsType[*Error](failed.Err) {
		if failed.Reason != "" {
			return failed.Reason
		}
	}
	return ""
}

// StatusOf is the HTTP status of a request that failed, 0 if there was no response.
func StatusOf(err error) int {
	if failed, ok := errors.AsType[*Error](err); ok {
		return failed.Status
	}
	return 0
}

// IsEnterprise tells that the error comes from a server that is known to be of the
// Enterprise edition.
func IsEnterprise(err error) bool {
	failed, ok := errors.AsType[*Error](err)
	return ok && failed.Enterprise
}

// IsNotFound tells that the server is a Label Studio, and the object not there.
func IsNotFound(err error) bool {
	failed, ok := errors.AsType[*Error](err)
	return ok && failed.gone
}

// IsResponseLost tells that a write may or may not have been carried out: it was
// sent, and no response of Label Studio came back. If it was repeated, the last
// attempt counts.
func IsResponseLost(err error) bool {
	failed, ok := errors.AsType[*Error](err)
	return ok && failed.lost
}
