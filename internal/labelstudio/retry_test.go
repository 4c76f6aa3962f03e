package labelstudio

import (
	"context"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// verbs are one call of each method on a client.
var verbs = map[string]func(ctx context.Context, client *Client) error{
	http.MethodGet: func(ctx context.Context, client *Client) error {
		_, err := client.Get(ctx, Projects, 1)
		return err
	},
	http.MethodPatch: func(ctx context.Context, client *Client) error {
		_, err := client.Update(ctx, Projects, 1, map[string]any{"title": "abc"})
		return err
	},
	http.MethodDelete: func(ctx context.Context, client *Client) error {
		return client.Delete(ctx, Projects, 1)
	},
	http.MethodPost: func(ctx context.Context, client *Client) error {
		_, err := client.Post(ctx, "api/projects/1/", map[string]any{"title": "abc"})
		return err
	},
}

func TestOnlyWhatIsHarmlessIsRepeated(t *testing.T) {
	t.Parallel()
	locked := func(w http.ResponseWriter, _ *http.Request) {
		say(w, http.StatusInternalServerError, `{"status_code":500,"detail":"database is locked"}`)
	}
	lockedAroundTheAPI := func(w http.ResponseWriter, _ *http.Request) {
		say(w, http.StatusInternalServerError, "<html><title>500 | Label Studio</title></html>")
	}
	cutOff := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		say(w, http.StatusOK, `{"id":1,`)
		breakOff()
	}
	for _, test := range []struct {
		name        string
		handler     http.HandlerFunc
		posts, rest int  // requests, with two retries
		lost        bool // what the error of a write says
	}{
		{"429", status(http.StatusTooManyRequests), 3, 3, false},
		{"502", status(http.StatusBadGateway), 1, 3, true},
		{"503", status(http.StatusServiceUnavailable), 1, 3, true},
		{"504", status(http.StatusGatewayTimeout), 1, 3, true},
		{"524 of a gateway", status(524), 1, 1, true},
		{"locked SQLite", locked, 1, 3, false},
		{"locked SQLite around the API", lockedAroundTheAPI, 1, 3, true},
		{"lost connection", lostConnection, 1, 3, true},
		{"response cut off", cutOff, 1, 3, true},
		{"500", status(http.StatusInternalServerError), 1, 1, false},
		{"400", status(http.StatusBadRequest), 1, 1, false},
		{"403", status(http.StatusForbidden), 1, 1, false},
		{"401 with a legacy token", status(http.StatusUnauthorized), 1, 1, false},
	} {
		for method, call := range verbs {
			t.Run(test.name+" "+method, func(t *testing.T) {
				t.Parallel()
				client, requests := serve(t, test.handler)
				want := test.rest
				if method == http.MethodPost {
					want = test.posts
				}
				err := call(t.Context(), client)
				if got := requests.count(method + " /api/projects/1/"); got != want {
					t.Errorf("%d requests, want %d: %v", got, want, err)
				}
				if lost := test.lost && method != http.MethodGet; err == nil || IsResponseLost(err) != lost {
					t.Errorf("lost is %v, want %v: %v", IsResponseLost(err), lost, err)
				}
			})
		}
	}
}

func TestTheLastOfSeveralResponsesCounts(t *testing.T) {
	t.Parallel()
	client, requests := serve(t, oneByOne(status(http.StatusBadGateway), lostConnection, object(`{"id":1,"title":"abc"}`)))
	object, err := client.Update(t.Context(), Projects, 1, map[string]any{"title": "abc"})
	if err != nil || object.Text("title") != "abc" {
		t.Errorf("%v, %v", object, err)
	}
	for i, body := range requests.bodies {
		if body != `{"title":"abc"}` {
			t.Errorf("attempt %d sent %q", i, body)
		}
	}

	client, _ = serve(t, oneByOne(status(http.StatusBadGateway), status(http.StatusBadGateway), func(w http.ResponseWriter, _ *http.Request) {
		say(w, http.StatusServiceUnavailable, `{"detail":"we move house"}`)
	}))
	_, err = client.Get(t.Context(), Projects, 1)
	if err == nil || !strings.Contains(err.Error(), "503 Service Unavailable: we move house") {
		t.Error(err)
	}
}

func TestADeleteThatIsRepeatedAfterALostResponseSucceeds(t *testing.T) {
	t.Parallel()
	deletions := oneByOne(lostConnection, func(w http.ResponseWriter, _ *http.Request) { page404(w) })
	client, requests := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodDelete {
			deletions(w, r)
			return
		}
		say(w, http.StatusOK, `{"id":1}`)
	})
	if err := client.Delete(t.Context(), ImportStorages("localfiles"), 1); err != nil {
		t.Error(err)
	}
	requests.expect(t, "DELETE /api/storages/localfiles/1", "DELETE /api/storages/localfiles/1", "GET /api/current-user/whoami", "GET /api/storages/localfiles/")
}

func TestAConnectionThatCannotBeMadeLosesNothing(t *testing.T) {
	t.Parallel()
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	for name, url := range map[string]string{"refused": "http://" + address, "no such host": "http://label-studio.invalid"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client := connect(t, url)
			_, err := client.Create(t.Context(), Projects, map[string]any{"title": "abc"}, func(Object) bool { return true })
			if ReasonOf(err) != ReasonUnreachable || IsResponseLost(err) || !strings.Contains(err.Error(), "cannot reach "+url) {
				t.Error(err)
			}
		})
	}
}

func TestRetryAfterIsHonouredWithinBounds(t *testing.T) {
	t.Parallel()
	text := func(value string) func() string { return func() string { return value } }
	// At the time of the response, which on a busy machine is later than now.
	in := func(wait time.Duration) func() string {
		return func() string { return time.Now().Add(wait).UTC().Format(http.TimeFormat) }
	}
	for _, test := range []struct {
		name     string
		value    func() string
		deadline time.Duration
		waits    []time.Duration // none: it is not waited for
	}{
		{"none", text(""), time.Minute, []time.Duration{0, 0}},
		{"seconds", text("7"), time.Minute, []time.Duration{7 * time.Second, 7 * time.Second}},
		{"date", in(20 * time.Second), time.Minute, []time.Duration{20 * time.Second, 20 * time.Second}},
		{"date that has passed", in(-time.Hour), time.Minute, []time.Duration{0, 0}},
		{"nonsense", text("soon"), time.Minute, []time.Duration{0, 0}},
		{"after the deadline", text("90"), time.Minute, nil},
		{"date after the deadline", in(90 * time.Second), time.Minute, nil},
		{"too long without a deadline", text("3600"), 0, nil},
	} {
		for method, call := range verbs {
			t.Run(test.name+" "+method, func(t *testing.T) {
				t.Parallel()
				client, requests := serve(t, func(w http.ResponseWriter, _ *http.Request) {
					if value := test.value(); value != "" {
						w.Header().Set("Retry-After", value)
					}
					say(w, http.StatusTooManyRequests, `{}`)
				})
				var waits []time.Duration
				backoff := client.sender.repeating.Backoff
				record := func(least, most time.Duration, attempt int, response *http.Response) time.Duration {
					waits = append(waits, backoff(least, most, attempt, response).Round(10*time.Second/4))
					return 0
				}
				client.sender.repeating.Backoff, client.sender.posting.Backoff = record, record
				ctx := t.Context()
				if test.deadline > 0 {
					limited, cancel := context.WithTimeout(ctx, test.deadline)
					defer cancel()
					ctx = limited
				}
				err := call(ctx, client)
				if len(waits) != len(test.waits) || len(requests.all()) != 1+len(test.waits) {
					t.Fatalf("waits %v, want %v: %v", waits, test.waits, err)
				}
				for i, wait := range waits {
					if want := test.waits[i].Round(10 * time.Second / 4); wait != want {
						t.Errorf("waits %v, want %v", wait, want)
					}
				}
				if test.waits == nil && !strings.Contains(err.Error(), "asks to come back in ") {
					t.Error(err)
				}
			})
		}
	}
}
