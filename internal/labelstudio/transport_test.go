package labelstudio

import (
	"bytes"
	"cmp"
	"context"
	"crypto/tls"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest"
)

// counted starts a server that counts its connections.
func counted(t *testing.T, handler http.HandlerFunc, start func(*httptest.Server)) (address string, connections *atomic.Int64) {
	t.Helper()
	connections = &atomic.Int64{}
	server := httptest.NewUnstartedServer(handler)
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			connections.Add(1)
		}
	}
	start(server)
	t.Cleanup(server.Close)
	return server.URL, connections
}

func startHTTP2(server *httptest.Server) {
	server.EnableHTTP2 = true
	server.StartTLS()
}

func TestReadsShareAConnectionByTLSAndWritesNeverDo(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		start    func(*httptest.Server)
		protocol string
		reads    int64 // connections of five
	}{
		"HTTP":        {(*httptest.Server).Start, "HTTP/1.1", 5},
		"TLS":         {(*httptest.Server).StartTLS, "HTTP/1.1", 1},
		"TLS, HTTP/2": {startHTTP2, "HTTP/2.0", 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			address, connections := counted(t, func(w http.ResponseWriter, r *http.Request) {
				if r.Proto != test.protocol {
					t.Errorf("got %s", r.Proto)
				}
				say(w, http.StatusOK, `{"id":1}`)
			}, test.start)
			client := connect(t, address, func(config *Config) { config.InsecureSkipVerify = true })
			for range 5 {
				if _, err := client.Get(t.Context(), Projects, 1); err != nil {
					t.Fatal(err)
				}
			}
			if got := connections.Load(); got != test.reads {
				t.Errorf("five reads have %d connections, want %d", got, test.reads)
			}
			for range 3 {
				if _, err := client.Sync(t.Context(), ImportStorages("localfiles"), 1); err != nil {
					t.Fatal(err)
				}
			}
			if got := connections.Load() - test.reads; got != 3 {
				t.Errorf("three writes have %d connections, want 3", got)
			}
		})
	}
}

// As a bare uWSGI does after each response.
func TestNothingIsLostOnAServerThatClosesConnectionsUnannounced(t *testing.T) {
	t.Parallel()
	for name, start := range map[string]func(*httptest.Server){"HTTP": (*httptest.Server).Start, "TLS": (*httptest.Server).StartTLS} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			address, _ := counted(t, func(w http.ResponseWriter, _ *http.Request) {
				connection, _, err := http.NewResponseController(w).Hijack()
				if err != nil {
					t.Error(err)
					return
				}
				body := `{"id":1}`
				_, _ = fmt.Fprintf(connection, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", len(body), body)
				_ = connection.Close()
			}, start)
			client := connect(t, address, func(config *Config) { config.InsecureSkipVerify, config.Retries = true, 0 })
			var group sync.WaitGroup
			for range parallel {
				group.Go(func() {
					for range 20 {
						if _, err := client.Get(t.Context(), Projects, 1); err != nil {
							t.Error(err)
						}
						if _, err := client.Sync(t.Context(), ImportStorages("localfiles"), 1); err != nil {
							t.Error(err)
						}
					}
				})
			}
			group.Wait()
		})
	}
}

func TestATooLargeResponseIsAnError(t *testing.T) {
	t.Parallel()
	taken := make(chan int, 2)
	client, requests := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		part, sum := bytes.Repeat([]byte(" "), 1<<20), 0
		for sum < 4*maxResponse {
			n, err := w.Write(part)
			if sum += n; err != nil {
				break
			}
		}
		taken <- sum
	})
	for method, request := range map[string]func() error{
		http.MethodGet:  func() error { _, err := client.Get(t.Context(), Projects, 1); return err },
		http.MethodPost: func() error { _, err := client.Create(t.Context(), Projects, nil, nil); return err },
	} {
		err := request()
		if ReasonOf(err) != ReasonTooLarge || !strings.Contains(err.Error(), "larger than 32 MiB") || IsResponseLost(err) != (method == http.MethodPost) {
			t.Errorf("%s: %v", method, err)
		}
		if sum := <-taken; sum >= 2*maxResponse {
			t.Errorf("the client has taken %d bytes", sum)
		}
	}
	if got := len(requests.all()); got != 2 {
		t.Errorf("got %d requests, want 2", got)
	}
}

func TestASlowResponseNamesTheTimeLimit(t *testing.T) {
	t.Parallel()
	over := make(chan struct{})
	client, requests := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.URL.Path, "/2") { // slow in the middle of the body
			w.Header().Set("Content-Length", "100")
			say(w, http.StatusOK, `{"id":2,`)
			_ = http.NewResponseController(w).Flush()
		}
		<-over
	}, func(config *Config) { config.RequestTimeout = 500 * time.Millisecond })
	t.Cleanup(func() { close(over) })
	for _, id := range []int64{1, 2} {
		_, err := client.Sync(t.Context(), ImportStorages("localfiles"), id)
		if err == nil || !IsResponseLost(err) || !strings.Contains(err.Error(), "no response from "+client.sender.base+" within 500ms") {
			t.Error(err)
		}
	}
	requests.expect(t, "POST /api/storages/localfiles/1/sync", "POST /api/storages/localfiles/2/sync")
}

func TestRedirectsNeverChangeARequestOrLeaveTheHost(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name     string
		code     int
		location string // %s is the server's own address
		follows  bool   // a GET
		says     string // to a GET
		writes   string // to a write, "" if the redirect is to a page
	}{
		{"same host", http.StatusFound, "%s/elsewhere", true, "", ""},
		{"relative", http.StatusPermanentRedirect, "/elsewhere", true, "", ""},
		{"another host", http.StatusFound, "http://localhost.invalid/login?next=secret-of-the-query", false, "http://localhost.invalid/login, which is perhaps a log-in page", ""},
		{"another name of the host", http.StatusTemporaryRedirect, "http://localhost/elsewhere", false, "log-in page", ""},
		{"the API at another host", http.StatusTemporaryRedirect, "http://localhost/sub/api/projects/1/", false, "http://localhost/sub, which is another host", "and a %s must not follow"},
		{"without an end", http.StatusFound, "%s/api/projects/1/", false, "without an end", "and a %s must not follow"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var own string
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				switch {
				case r.URL.Path != "/elsewhere":
					http.Redirect(w, r, strings.Replace(test.location, "%s", own, 1), test.code)
				case r.Method != http.MethodGet:
					t.Errorf("%s was redirected", r.Method)
				case r.Header.Get("Authorization") != "Token "+legacyKey:
					t.Errorf("Authorization: %q", r.Header.Get("Authorization"))
				default:
					say(w, http.StatusOK, `{"id":1}`)
				}
			}))
			t.Cleanup(server.Close)
			own = server.URL
			client := connect(t, own)
			for method, call := range verbs {
				err := call(t.Context(), client)
				if method == http.MethodGet && test.follows {
					if err != nil {
						t.Error(err)
					}
					continue
				}
				says, reason := test.says, ReasonRedirect
				if method != http.MethodGet {
					says = cmp.Or(strings.ReplaceAll(test.writes, "%s", method), "which is perhaps a log-in page")
				}
				if strings.Contains(says, "log-in") {
					reason = ReasonLogInPage
				}
				if ReasonOf(err) != reason {
					t.Errorf("%s: got the reason %q, want %q", method, ReasonOf(err), reason)
				}
				if err == nil || !strings.Contains(err.Error(), says) || strings.Contains(err.Error(), "secret-of-the-query") || IsResponseLost(err) {
					t.Errorf("%s: %v", method, err)
				}
			}
		})
	}
}

func TestARedirectNamesTheAddressForURL(t *testing.T) {
	t.Parallel()
	client, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "https://label-studio.example.com/sub/api/projects/", http.StatusMovedPermanently)
	})
	_, err := client.Create(t.Context(), Projects, nil, nil)
	if err == nil || !strings.Contains(err.Error(), "redirects to https://label-studio.example.com/sub, ") {
		t.Error(err)
	}
}

func TestARedirectMustNotLeaveEncryption(t *testing.T) {
	t.Parallel()
	plain := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("followed") }))
	t.Cleanup(plain.Close)
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, plain.URL+"/elsewhere", http.StatusFound)
	}))
	t.Cleanup(server.Close)
	client := connect(t, server.URL, func(config *Config) { config.InsecureSkipVerify = true })
	_, err := client.Get(t.Context(), Projects, 1)
	if err == nil || !strings.Contains(err.Error(), "not encrypted") {
		t.Error(err)
	}
}

func pemOf(kind string, der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
}

// newPair makes a certificate and its key in PEM.
func newPair(tb testing.TB) (cert, key string) {
	tb.Helper()
	certificate, private, err := labelstudiotest.NewCertificate()
	if err != nil {
		tb.Fatal(err)
	}
	return string(certificate), string(private)
}

// demanding starts a server that wants a client's certificate, and counts
// connections.
func demanding(t *testing.T) (address, authority string, connections *atomic.Int64) {
	t.Helper()
	address, connections = counted(t, object(`{"id":1}`), func(server *httptest.Server) {
		server.TLS = &tls.Config{ClientAuth: tls.RequireAnyClientCert, MinVersion: tls.VersionTLS12}
		server.StartTLS()
		authority = pemOf("CERTIFICATE", server.Certificate().Raw)
	})
	return address, authority, connections
}

func TestAServerOfAnUnknownAuthorityIsNotTrusted(t *testing.T) {
	t.Parallel()
	address, _, connections := demanding(t)
	client := connect(t, address)
	_, err := client.Create(t.Context(), Projects, nil, func(Object) bool { return true })
	if ReasonOf(err) != ReasonUntrusted || IsResponseLost(err) || !strings.Contains(err.Error(), "the certificate of "+address+" is not trusted") {
		t.Error(err)
	}
	if _, err := client.Get(t.Context(), Projects, 1); err == nil {
		t.Error("trusted")
	}
	if got := connections.Load(); got != 2 {
		t.Errorf("%d connections, want one for each call", got)
	}
}

func TestAServerThatSpeaksHTTPIsAskedOnce(t *testing.T) {
	t.Parallel()
	plain, connections := counted(t, status(http.StatusOK), (*httptest.Server).Start)
	address := strings.Replace(plain, "http:", "https:", 1)
	_, err := connect(t, address).Get(t.Context(), Projects, 1)
	if ReasonOf(err) != ReasonNotHTTPS || !strings.Contains(err.Error(), "the server at "+address+" does not speak HTTPS") {
		t.Error(err)
	}
	if got := connections.Load(); got != 1 {
		t.Errorf("%d connections, want one", got)
	}
}

func TestCertificatesAreUsed(t *testing.T) {
	t.Parallel()
	address, authority, _ := demanding(t)
	cert, key := newPair(t)
	for _, test := range []struct {
		name   string
		change func(*Config)
		fails  bool
	}{
		{"own authority and pair", func(c *Config) { c.CACert, c.ClientCert, c.ClientKey = authority, cert, key }, false},
		{"any authority and own pair", func(c *Config) { c.InsecureSkipVerify, c.ClientCert, c.ClientKey = true, cert, key }, false},
		{"no pair", func(c *Config) { c.CACert = authority }, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := connect(t, address, test.change).Get(t.Context(), Projects, 1)
			if (err != nil) != test.fails || err != nil && !strings.Contains(err.Error(), "certificate") {
				t.Error(err)
			}
		})
	}
}

func TestTheLogHoldsNoSecret(t *testing.T) {
	t.Parallel()
	var logged bytes.Buffer
	entries := json.NewEncoder(&logged)
	access := jwt(`{"token_type":"access","iat":1,"exp":301}`)
	client, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch {
		case strings.HasSuffix(r.URL.Path, "/refresh/"):
			say(w, http.StatusOK, `{"access":"`+access+`"}`)
		case strings.HasSuffix(r.URL.Path, "/5/"):
			breakOff()
		default:
			say(w, http.StatusOK, `{"id":4,"results":[],"secret":"of-the-response"}`)
		}
	}, func(config *Config) {
		config.APIKey = personal
		config.Retries = 0
		config.Headers = map[string]string{"X-Gateway": "header-secret"}
		config.Log = func(_ context.Context, message string, fields ...map[string]any) {
			if err := entries.Encode([]any{message, fields}); err != nil {
				t.Error(err)
			}
		}
	})
	_, err := client.Update(t.Context(), Projects, 4, map[string]any{"password": "body-secret"})
	if err != nil {
		t.Fatal(err)
	}
	for object, err := range client.List(t.Context(), Projects, map[string][]string{"title": {"query-secret"}}) {
		t.Errorf("%v, %v", object, err)
	}
	if _, err = client.Get(t.Context(), Projects, 5); err == nil {
		t.Error("it has succeeded")
	}
	text := logged.String()
	for _, secret := range []string{"secret", "of-the-response", access, personal, "Bearer"} {
		if strings.Contains(text, secret) {
			t.Errorf("%q is in the log:\n%s", secret, text)
		}
	}
	for _, entry := range []string{
		`"method":"POST","path":"/api/token/refresh/","status":200`,
		`"method":"PATCH","path":"/api/projects/4/","status":200`,
		`"method":"GET","path":"/api/projects/","status":200`,
		`"method":"GET","path":"/api/projects/5/","status":0`,
		`"duration_ms":`,
	} {
		if !strings.Contains(text, entry) {
			t.Errorf("%s is not in the log:\n%s", entry, text)
		}
	}
	if got := strings.Count(text, "\n"); got != 4 {
		t.Errorf("%d entries:\n%s", got, text)
	}
}

// TestProxyOfTheEnvironment runs itself in a process of its own: Go reads the
// environment once, and never uses a proxy for 127.0.0.1.
func TestProxyOfTheEnvironment(t *testing.T) {
	t.Parallel()
	const host = "http://label-studio.invalid"
	if os.Getenv("HTTP_PROXY") != "" && os.Getenv("TEST_THROUGH_PROXY") != "" {
		if _, err := connect(t, host).Get(t.Context(), Projects, 1); err != nil {
			t.Error(err)
		}
		return
	}
	var asked atomic.Value
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Store(r.URL.String())
		say(w, http.StatusOK, `{"id":1}`)
	}))
	t.Cleanup(proxy.Close)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	child := exec.CommandContext(t.Context(), self, "-test.run=^TestProxyOfTheEnvironment$")
	child.Env = append(os.Environ(), "TEST_THROUGH_PROXY=1", "HTTP_PROXY="+proxy.URL, "http_proxy="+proxy.URL, "NO_PROXY=", "no_proxy=")
	if output, err := child.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, output)
	}
	if got := fmt.Sprint(asked.Load()); got != host+"/api/projects/1/" {
		t.Errorf("the proxy was asked for %s", got)
	}
}
