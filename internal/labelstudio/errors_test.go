package labelstudio

import (
	"errors"
	"fmt"
	"net/http"
	"testing"
	"time"
)

func TestErrorsAreFoundBelowOthers(t *testing.T) {
	t.Parallel()
	gone := fmt.Errorf("reading: %w", &Error{gone: true})
	lost := &LostError{Err: &Error{lost: true, Status: http.StatusBadGateway}}
	if !IsNotFound(gone) || IsResponseLost(gone) || !IsResponseLost(lost) || IsNotFound(lost) || IsNotFound(nil) || IsResponseLost(nil) {
		t.Error("told apart wrongly")
	}
	failed, ok := errors.AsType[*Error](lost)
	if !ok || failed.Status != http.StatusBadGateway {
		t.Error("the error of the request is not below the lost one")
	}
}

func TestEachFailureHasItsReason(t *testing.T) {
	t.Parallel()
	page := func(code int, title string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { say(w, code, "<html><title>"+title+"</title></html>") }
	}
	json := func(code int, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { say(w, code, body) }
	}
	for name, test := range map[string]struct {
		handler http.HandlerFunc
		want    Reason
	}{
		"connection broke": {lostConnection, ReasonConnectionBroke},
		"timeout":          {func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, ReasonTimeout},
		"redirect": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://other.invalid/api/projects/1/", http.StatusFound)
		}, ReasonRedirect},
		"redirect to a page": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://other.invalid/", http.StatusFound)
		}, ReasonLogInPage},
		"401 of a gateway":         {page(http.StatusUnauthorized, "Sign in"), ReasonLogInPage},
		"401 of a gateway as text": {json(http.StatusUnauthorized, "401 Unauthorized"), ReasonLogInPage},
		"refused token":            {json(http.StatusUnauthorized, `{"detail":"Invalid token."}`), ReasonTokenRefused},
		"no Label Studio":          {json(http.StatusNotFound, `{"message":"no Route matched"}`), ReasonNotLabelStudio},
		"no Label Studio, page":    {page(http.StatusNotFound, "Not Found"), ReasonNotLabelStudio},
		"429":                      {json(http.StatusTooManyRequests, `{}`), ReasonTooManyRequests},
		"500":                      {json(http.StatusInternalServerError, `{"detail":"something broke"}`), ReasonServerError},
		"500 as a page":            {page(http.StatusInternalServerError, "Internal Server Error"), ReasonServerError},
		"locked SQLite":            {json(http.StatusInternalServerError, `{"detail":"database is locked"}`), ReasonDatabaseLocked},
		"unreadable database":      {page(http.StatusInternalServerError, "\n 500 |\n Label Studio"), ReasonErrorPage},
		"502":                      {page(http.StatusBadGateway, "502 Bad Gateway"), ReasonBadGateway},
		"503":                      {page(http.StatusServiceUnavailable, "Maintenance"), ReasonServiceUnavailable},
		"504":                      {json(http.StatusGatewayTimeout, ""), ReasonGatewayTimeout},
		"log-in page":              {page(http.StatusOK, "Sign in"), ReasonWebPage},
		"gateway that forbids":     {page(http.StatusForbidden, "403 Forbidden"), ReasonWebPage},
		"cut off":                  {json(http.StatusOK, `{"id":1,`), ReasonBrokenJSON},
		"empty":                    {json(http.StatusOK, ""), ReasonUnexpected},
		"null":                     {json(http.StatusOK, "null"), ReasonUnexpected},
		"list":                     {json(http.StatusOK, "[]"), ReasonUnexpected},
		"another object":           {json(http.StatusOK, `{"id":2}`), ReasonUnexpected},
		"the server's message":     {json(http.StatusBadRequest, `{"detail":"Not so."}`), ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, _ := serve(t, test.handler, func(config *Config) {
				config.Retries = 0
				if test.want == ReasonTimeout {
					config.RequestTimeout = 20 * time.Millisecond
				}
			})
			_, err := client.Get(t.Context(), Projects, 1)
			if err == nil || ReasonOf(err) != test.want {
				t.Errorf("got the reason %q, want %q: %v", ReasonOf(err), test.want, err)
			}
		})
	}
}

func TestAReasonIsFoundBelowAnErrorWithoutOne(t *testing.T) {
	t.Parallel()
	inner := &Error{Reason: ReasonConnectionBroke}
	for name, test := range map[string]struct {
		err  error
		want Reason
	}{
		"none":      {nil, ""},
		"another":   {errors.New("x"), ""},
		"wrapped":   {fmt.Errorf("reading: %w", inner), ReasonConnectionBroke},
		"below":     {&Error{Err: fmt.Errorf("looking: %w", inner)}, ReasonConnectionBroke},
		"above":     {&Error{Reason: ReasonWebPage, Err: inner}, ReasonWebPage},
		"of a lost": {&LostError{Err: inner}, ReasonConnectionBroke},
	} {
		if got := ReasonOf(test.err); got != test.want {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}

func TestTheStatusOfAnErrorIsThatOfItsResponse(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		err  error
		want int
	}{
		"none":        {nil, 0},
		"another":     {errors.New("x"), 0},
		"no response": {&Error{Reason: ReasonTimeout}, 0},
		"response":    {fmt.Errorf("wrapped: %w", &Error{Status: http.StatusBadGateway}), http.StatusBadGateway},
		"of a lost":   {&LostError{Err: &Error{Status: http.StatusCreated}}, http.StatusCreated},
	} {
		if got := StatusOf(test.err); got != test.want {
			t.Errorf("%s: got %d, want %d", name, got, test.want)
		}
	}
}
