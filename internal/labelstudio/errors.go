package labelstudio

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
)

// nonField is the server's name for what is wrong with an object as a whole.
const nonField = "non_field_errors"

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
		name := strings.TrimSuffix(strings.TrimSuffix(field, nonField), ".")
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
	failed, ok := errors.AsType[*Error](err)
	return ok && failed.gone
}

// IsAnswerLost tells that a write may or may not have been carried out: it was
// sent, and no answer of Label Studio came back. Of a write that was repeated,
// the last attempt counts.
func IsAnswerLost(err error) bool {
	failed, ok := errors.AsType[*Error](err)
	return ok && failed.lost
}
