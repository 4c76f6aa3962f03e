package proxy

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"time"
)

// A Fault does something else with the requests that it matches.
type Fault struct {
	// Method is GET, POST and so on; any, if empty.
	Method string
	// Path is a regular expression for the path with its query; any, if empty.
	Path string
	// Times is how many requests it lasts for; 0 is until it is removed.
	Times int
	Do    Action
}

type fault struct {
	Fault
	path *regexp.Regexp
	used int
}

func (f *fault) spent() bool { return f.Times > 0 && f.used == f.Times }

// An Action answers a request instead of the proxy. forward passes it to the server.
type Action func(w http.ResponseWriter, r *http.Request, forward http.Handler)

// Respond answers without the server. headers are pairs of name and value.
func Respond(status int, body string, headers ...string) Action {
	return func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
		for i := 0; i+1 < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// Redirect answers with a redirection.
func Redirect(status int, location string) Action {
	return Respond(status, "", "Location", location)
}

// HugeBody lets the server act and answers 200 with a JSON string of so many bytes.
func HugeBody(bytes int) Action {
	return func(w http.ResponseWriter, r *http.Request, forward http.Handler) {
		ask(r, forward)
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `"`)
		_, _ = io.CopyN(w, letters{}, int64(bytes-2))
		_, _ = io.WriteString(w, `"`)
	}
}

type letters struct{}

func (letters) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'a'
	}
	return len(p), nil
}

// ResetBefore resets the connection; the server never hears of the request.
func ResetBefore() Action {
	return func(w http.ResponseWriter, _ *http.Request, _ http.Handler) { reset(w) }
}

// ResetAfter lets the server act and resets the connection instead of passing on
// the answer.
func ResetAfter() Action {
	return func(w http.ResponseWriter, r *http.Request, forward http.Handler) {
		ask(r, forward)
		reset(w)
	}
}

// GatewayTimeout answers 504 after patience, as a gateway does, while the server goes
// on with the request.
func GatewayTimeout(patience time.Duration) Action {
	return func(w http.ResponseWriter, r *http.Request, forward http.Handler) {
		go func() {
			defer func() {
				// The server may die meanwhile; the client gets its 504 all the same.
				reason := recover()
				if err, ok := reason.(error); reason != nil && (!ok || !errors.Is(err, http.ErrAbortHandler)) {
					panic(reason)
				}
			}()
			ask(r, forward)
		}()
		wait(r.Context(), patience)
		Respond(http.StatusGatewayTimeout,
			"<html>\r\n<head><title>504 Gateway Time-out</title></head>\r\n<body>\r\n<center><h1>504 Gateway Time-out</h1></center>\r\n</body>\r\n</html>\r\n",
			"Content-Type", "text/html")(w, r, forward)
	}
}

// SlowHeaders lets the server act, and keeps the whole answer back for delay.
func SlowHeaders(delay time.Duration) Action {
	return func(w http.ResponseWriter, r *http.Request, forward http.Handler) {
		got := ask(r, forward)
		wait(r.Context(), delay)
		got.writeTo(w)
	}
}

// SlowBody sends the headers at once and the body in small pieces during delay.
func SlowBody(delay time.Duration) Action {
	return func(w http.ResponseWriter, r *http.Request, forward http.Handler) {
		const pieces = 10
		got := ask(r, forward)
		got.writeHeaderTo(w)
		for i := range pieces {
			_ = http.NewResponseController(w).Flush()
			wait(r.Context(), delay/pieces)
			_, _ = w.Write(got.body[i*len(got.body)/pieces : (i+1)*len(got.body)/pieces])
		}
	}
}

// TruncateBody resets the connection in the middle of the body. (RewriteBody can
// shorten a body and its Content-Length with it.)
func TruncateBody() Action {
	return func(w http.ResponseWriter, r *http.Request, forward http.Handler) {
		got := ask(r, forward)
		got.writeHeaderTo(w)
		_, _ = w.Write(got.body[:len(got.body)/2])
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	}
}

// RewriteBody changes the body of the server's answer.
func RewriteBody(change func(body []byte) []byte) Action {
	return func(w http.ResponseWriter, r *http.Request, forward http.Handler) {
		got := ask(r, forward)
		got.body = change(got.body)
		got.writeTo(w)
	}
}

// WithAuthorization passes the request on with another Authorization header, or
// without one if that is empty: the server answers as it does for an expired token.
func WithAuthorization(header string) Action {
	return func(w http.ResponseWriter, r *http.Request, forward http.Handler) {
		r.Header.Del("Authorization")
		if header != "" {
			r.Header.Set("Authorization", header)
		}
		forward.ServeHTTP(w, r)
	}
}

// Before does something before the server gets the request, such as a change that
// another person makes in the middle of an apply.
func Before(do func(*http.Request)) Action {
	return func(w http.ResponseWriter, r *http.Request, forward http.Handler) {
		do(r)
		forward.ServeHTTP(w, r)
	}
}

// After does something when the server has acted and before the client knows.
func After(do func(*http.Request)) Action {
	return func(w http.ResponseWriter, r *http.Request, forward http.Handler) {
		got := ask(r, forward)
		do(r)
		got.writeTo(w)
	}
}

// An answer is the server's answer, kept back.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// ask lets the server act to the end, even if the client gives up.
func ask(r *http.Request, forward http.Handler) answer {
	recorder := httptest.NewRecorder()
	forward.ServeHTTP(recorder, r.WithContext(context.WithoutCancel(r.Context())))
	return answer{status: recorder.Code, header: recorder.Header(), body: recorder.Body.Bytes()}
}

func (a answer) writeHeaderTo(w http.ResponseWriter) {
	maps.Copy(w.Header(), a.header)
	w.Header().Set("Content-Length", strconv.Itoa(len(a.body)))
	w.WriteHeader(a.status)
}

func (a answer) writeTo(w http.ResponseWriter) {
	a.writeHeaderTo(w)
	_, _ = w.Write(a.body)
}

// wait returns early when the client has gone.
func wait(ctx context.Context, delay time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(delay):
	}
}

// reset closes the client's connection with a TCP reset.
func reset(w http.ResponseWriter) {
	connection, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	if secure, ok := connection.(*tls.Conn); ok {
		connection = secure.NetConn()
	}
	if plain, ok := connection.(*net.TCPConn); ok {
		_ = plain.SetLinger(0) // makes Close send a reset
	}
	_ = connection.Close()
}
