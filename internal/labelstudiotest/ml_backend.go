package labelstudiotest

import (
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"path"
	"slices"
	"sync"
	"testing"
	"time"
)

// An MLBackend is an ML backend, as users write them: it speaks the protocol by which
// Label Studio calls them, and labels nothing.
type MLBackend struct {
	// URL is its address.
	URL string

	tb     testing.TB
	server *http.Server // nil while it is off

	mutex          sync.Mutex
	calls          []MLCall
	version        string
	user, password string
	broken         bool
}

// An MLCall is a request that an ML backend got.
type MLCall struct {
	Path           string
	User, Password string
	Body           map[string]any
}

// StartMLBackend starts an ML backend that goes with the test.
func StartMLBackend(tb testing.TB) *MLBackend {
	tb.Helper()
	b := &MLBackend{tb: tb, version: "v1"}
	b.listen("127.0.0.1:0")
	tb.Cleanup(func() {
		if b.server != nil {
			b.Stop()
		}
	})
	return b
}

func (b *MLBackend) listen(address string) {
	b.tb.Helper()
	listener, err := new(net.ListenConfig).Listen(context.Background(), "tcp", address)
	if err != nil {
		b.tb.Fatal(err)
	}
	b.URL = "http://" + listener.Addr().String()
	b.server = &http.Server{Handler: b, ReadHeaderTimeout: time.Minute}
	go func(server *http.Server) { _ = server.Serve(listener) }(b.server) // until Stop
}

// Stop switches the backend off: nothing listens at its address.
func (b *MLBackend) Stop() {
	b.tb.Helper()
	if err := b.server.Close(); err != nil {
		b.tb.Error(err)
	}
	b.server = nil
}

// Restart switches it on again, at the same address.
func (b *MLBackend) Restart() {
	b.tb.Helper()
	b.listen(b.URL[len("http://"):])
}

// SetVersion sets the version of the model.
func (b *MLBackend) SetVersion(version string) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	b.version = version
}

// Protect lets it want basic authentication.
func (b *MLBackend) Protect(user, password string) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	b.user, b.password = user, password
}

// Break lets each set-up fail, as with a labeling configuration that the model can't use.
func (b *MLBackend) Break() {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	b.broken = true
}

// Calls are those of a path since the last time that it was asked, in order.
func (b *MLBackend) Calls(of string) []MLCall {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	isOther := func(call MLCall) bool { return call.Path != of }
	wanted := slices.DeleteFunc(slices.Clone(b.calls), isOther)
	b.calls = slices.DeleteFunc(b.calls, func(call MLCall) bool { return !isOther(call) })
	return wanted
}

func (b *MLBackend) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	call := MLCall{Path: r.URL.Path}
	call.User, call.Password, _ = r.BasicAuth()
	if body, err := io.ReadAll(r.Body); err == nil && len(body) > 0 {
		_ = json.Unmarshal(body, &call.Body)
	}
	b.mutex.Lock()
	defer b.mutex.Unlock()
	b.calls = append(b.calls, call)
	if b.user != "" && (call.User != b.user || call.Password != b.password) && path.Base(r.URL.Path) != "webhook" {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	var response any
	switch path.Base(r.URL.Path) { // below any prefix
	case "health":
		response = map[string]string{"status": "UP"}
	case "setup":
		if b.broken {
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		response = map[string]string{"model_version": b.version}
	case "versions":
		response = map[string][]string{"versions": {b.version}}
	case "predict":
		tasks, _ := call.Body["tasks"].([]any)
		results := make([]map[string]any, len(tasks))
		for i := range results {
			results[i] = map[string]any{"result": []any{}, "score": 0.5}
		}
		response = map[string]any{"results": results}
	case "webhook", "train":
		response = map[string]string{}
	default:
		w.WriteHeader(http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(response)
}
