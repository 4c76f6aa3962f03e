package labelstudio

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// made is a storage in a list.
func made(id int, title string, at time.Time) string {
	return fmt.Sprintf(`{"id":%d,"title":%q,"created_at":%q}`, id, title, at.UTC().Format(time.RFC3339Nano))
}

func titled(title string) func(Object) bool {
	return func(found Object) bool { return found.Text("title") == title }
}

func TestACreateWhoseResponseIsLostIsLookedFor(t *testing.T) {
	t.Parallel()
	const hour = time.Hour
	now := time.Now
	for _, test := range []struct {
		name   string
		list   func() string
		date   func(http.Header) // changes the server's clock
		want   int64             // the id that is found
		ids    []int64           // or the candidates of an error
		says   string            // and what it says
		looked int
	}{
		{"and found", func() string {
			return "[" + made(1, "abc", now().Add(-hour)) + "," + made(2, "abc", now()) + "," + made(3, "other", now()) + "]"
		},
			nil, 2, nil, "", 1},
		{"and not found", func() string { return "[" + made(1, "abc", now().Add(-hour)) + "]" },
			nil, 0, nil, "No such object was found on the server", 3},
		{"and found twice", func() string { return "[" + made(5, "abc", now()) + "," + made(6, "abc", now()) + "]" },
			nil, 0, []int64{5, 6}, "it is not certain which of these ids it is, if any: 5, 6", 1},
		{"on a server whose clock is ahead", func() string {
			return "[" + made(1, "abc", now().Add(hour-10*time.Second)) + "," + made(2, "abc", now().Add(hour)) + "]"
		}, func(header http.Header) { header.Set("Date", now().Add(hour).UTC().Format(http.TimeFormat)) }, 2, nil, "", 1},
		{"on a server whose clock is behind", func() string {
			return "[" + made(1, "abc", now().Add(-hour-10*time.Second)) + "," + made(2, "abc", now().Add(-hour)) + "]"
		}, func(header http.Header) { header.Set("Date", now().Add(-hour).UTC().Format(http.TimeFormat)) }, 2, nil, "", 1},
		{"on a server without a clock", func() string { return "[" + made(5, "abc", now()) + "]" },
			func(header http.Header) { header["Date"] = nil }, 0, []int64{5}, "not certain", 1},
		{"and found without its time", func() string { return `[{"id":5,"title":"abc"}]` },
			nil, 0, []int64{5}, "not certain", 1},
		{"and found without its id", func() string { return `[{"title":"abc","created_at":"` + now().Format(time.RFC3339) + `"}]` },
			nil, 0, nil, "could not be looked for: GET api/storages/localfiles/: 200 OK: an object in the list has no id", 3},
		{"and the list is broken", func() string { return "[" },
			nil, 0, nil, "could not be looked for: GET api/storages/localfiles/: 200 OK: the response of 1 bytes is broken JSON", 3},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			client, requests := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if r.Method == http.MethodPost {
					breakOff()
				}
				if test.date != nil {
					test.date(w.Header())
				}
				say(w, http.StatusOK, test.list())
			})
			object, err := client.Create(t.Context(), ImportStorages("localfiles"), map[string]any{"project": int64(9), "title": "abc"}, titled("abc"))
			if object.ID() != test.want || (err == nil) != (test.want != 0) {
				t.Fatalf("%v, %v", object, err)
			}
			lost, ok := errors.AsType[*LostError](err)
			if ok != (err != nil) || err != nil && (!slices.Equal(lost.Candidates, test.ids) || !strings.Contains(err.Error(), test.says) || !IsResponseLost(err)) {
				t.Errorf("%v", err)
			}
			want := []string{"POST /api/storages/localfiles/"}
			for range test.looked {
				want = append(want, "GET /api/storages/localfiles/?page=1&page_size=100&project=9")
			}
			requests.expect(t, want...)
		})
	}
}

func TestALostErrorTellsThatTheServerSaysItHasMadeTheObject(t *testing.T) {
	t.Parallel()
	client, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			say(w, http.StatusCreated, `{"id":"7"}`)
			return
		}
		say(w, http.StatusOK, `[]`)
	})
	_, err := client.Create(t.Context(), ImportStorages("s3"), map[string]any{}, titled("abc"))
	if lost, ok := errors.AsType[*LostError](err); !ok || !lost.Made() || !strings.Contains(err.Error(), "The server says that it has made the object") {
		t.Error(err)
	}
}

func TestALostProjectIsLookedForByItsTitle(t *testing.T) {
	t.Parallel()
	client, requests := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			status(http.StatusGatewayTimeout)(w, r)
			return
		}
		say(w, http.StatusOK, `{"next":null,"results":[`+made(7, "a b", time.Now())+`]}`)
	})
	object, err := client.Create(t.Context(), Projects, map[string]any{"title": " a b\n"}, titled("a b"))
	if err != nil || object.ID() != 7 {
		t.Errorf("%v, %v", object, err)
	}
	requests.expect(t, "POST /api/projects/", "GET /api/projects/?ordering=-id&page=1&page_size=100&title=a+b")
}

func TestALostCreateIsLookedForUntilTheServerIsDone(t *testing.T) {
	t.Parallel()
	client, _ := serve(t, oneByOne(lostConnection, object(`[]`), object(`[]`), func(w http.ResponseWriter, _ *http.Request) {
		say(w, http.StatusOK, "["+made(2, "abc", time.Now())+"]")
	}))
	object, err := client.Create(t.Context(), ImportStorages("s3"), map[string]any{}, titled("abc"))
	if err != nil || object.ID() != 2 {
		t.Errorf("%v, %v", object, err)
	}
}

func TestACreateWithAResponseIsNotLookedFor(t *testing.T) {
	t.Parallel()
	for name, handler := range map[string]http.HandlerFunc{
		"refused":     status(http.StatusBadRequest),
		"failed":      status(http.StatusInternalServerError),
		"log-in page": func(w http.ResponseWriter, _ *http.Request) { write(w, "<title>Log in</title>") },
	} {
		client, requests := serve(t, handler)
		_, err := client.Create(t.Context(), Projects, map[string]any{}, func(Object) bool { return true })
		if err == nil || IsResponseLost(err) {
			t.Errorf("%s: %v", name, err)
		}
		requests.expect(t, "POST /api/projects/")
	}
}

func TestACreateThatFailsAfterItHasMadeTheObjectIsLookedForOnce(t *testing.T) {
	t.Parallel()
	now := time.Now
	for name, test := range map[string]struct {
		in     Collection
		status int
		list   func() string
		want   int64
		looked bool
	}{
		"and found":                   {MLBackends, http.StatusForbidden, func() string { return "[" + made(2, "abc", now()) + "]" }, 2, true},
		"and found after a 500":       {MLBackends, http.StatusInternalServerError, func() string { return "[" + made(2, "abc", now()) + "]" }, 2, true},
		"and not found":               {MLBackends, http.StatusForbidden, func() string { return "[" + made(2, "abc", now().Add(-time.Hour)) + "]" }, 0, true},
		"and found twice":             {MLBackends, http.StatusForbidden, func() string { return "[" + made(2, "abc", now()) + "," + made(3, "abc", now()) + "]" }, 0, true},
		"and the list is broken":      {MLBackends, http.StatusForbidden, func() string { return "[" }, 0, true},
		"but not after a bad request": {MLBackends, http.StatusBadRequest, nil, 0, false},
		"but not in any collection":   {Webhooks, http.StatusForbidden, nil, 0, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, requests := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if r.Method == http.MethodPost {
					say(w, test.status, `{"detail":"reserved network address"}`)
					return
				}
				say(w, http.StatusOK, test.list())
			})
			object, err := client.Create(t.Context(), test.in, map[string]any{"project": int64(9)}, titled("abc"))
			made, ok := errors.AsType[*MadeError](err)
			if object.ID() != test.want || ok != (test.want != 0) || IsResponseLost(err) || StatusOf(err) != test.status || !strings.Contains(err.Error(), "reserved network address") {
				t.Errorf("%v, %v, %v", object, err, made)
			}
			want := []string{"POST /" + test.in.list}
			if test.looked {
				want = append(want, "GET /api/ml/?page=1&page_size=100&project=9")
			}
			requests.expect(t, want...)
		})
	}
}

func TestAnUnreadableResponseOfACreateIsLookedFor(t *testing.T) {
	t.Parallel()
	for _, body := range []string{`{"id":2,"titl`, `{}`, ``, `{"id":null}`} {
		client, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodPost {
				say(w, http.StatusCreated, body)
				return
			}
			say(w, http.StatusOK, "["+made(2, "abc", time.Now())+"]")
		})
		object, err := client.Create(t.Context(), ImportStorages("s3"), map[string]any{}, titled("abc"))
		if err != nil || object.ID() != 2 {
			t.Errorf("%q: %v, %v", body, object, err)
		}
	}
}

func TestWhatWasSeenBeforeIsNotTheLostOne(t *testing.T) {
	t.Parallel()
	in := ImportStorages("localfiles")
	for name, see := range map[string]func(ctx context.Context, client *Client) error{
		"by a read": func(ctx context.Context, client *Client) error {
			_, err := client.Get(ctx, in, 2)
			return err
		},
		"by a list": func(ctx context.Context, client *Client) error {
			for _, err := range client.List(ctx, in, nil) {
				if err != nil {
					return err
				}
			}
			return nil
		},
		"by its create": func(ctx context.Context, client *Client) error {
			_, err := client.Create(ctx, in, map[string]any{}, nil)
			return err
		},
		"as another's lost one": func(ctx context.Context, client *Client) error {
			_, err := client.Create(ctx, in, map[string]any{"lose": true}, titled("abc"))
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var lose atomic.Bool
			client, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
				switch {
				case r.Method == http.MethodPost && (lose.Load() || r.ContentLength > 2):
					breakOff()
				case r.Method == http.MethodPost:
					say(w, http.StatusCreated, made(2, "abc", time.Now()))
				case strings.HasSuffix(r.URL.Path, "/2"):
					say(w, http.StatusOK, made(2, "abc", time.Now()))
				default:
					say(w, http.StatusOK, "["+made(2, "abc", time.Now())+"]")
				}
			})
			if err := see(t.Context(), client); err != nil {
				t.Fatal(err)
			}
			lose.Store(true)
			_, err := client.Create(t.Context(), in, map[string]any{}, titled("abc"))
			lost, ok := errors.AsType[*LostError](err)
			if !ok || len(lost.Candidates) > 0 {
				t.Errorf("%v", err)
			}
			// What another collection has seen does not count.
			if object, err := client.Create(t.Context(), ImportStorages("gcs"), map[string]any{}, titled("abc")); err != nil || object.ID() != 2 {
				t.Errorf("%v, %v", object, err)
			}
		})
	}
}

func TestALostOneMayBeSeenBeforeItIsLookedFor(t *testing.T) {
	t.Parallel()
	in := ImportStorages("localfiles")
	arrived, listed := make(chan struct{}), make(chan struct{})
	client, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			close(arrived)
			<-listed
			breakOff()
		}
		say(w, http.StatusOK, "["+made(2, "abc", time.Now())+"]")
	})
	var callers sync.WaitGroup
	callers.Go(func() { // a data source, while the create is under way
		<-arrived
		if _, err := ids(t, client, in, nil); err != nil {
			t.Error(err)
		}
		close(listed)
	})
	object, err := client.Create(t.Context(), in, map[string]any{}, titled("abc"))
	if err != nil || object.ID() != 2 {
		t.Errorf("%v, %v", object, err)
	}
	callers.Wait()
}

func TestALostOneIsNotTakenFromACreateUnderWay(t *testing.T) {
	t.Parallel()
	lostArrived, othersMade, respond := make(chan struct{}), make(chan struct{}), make(chan struct{})
	client, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Method == http.MethodGet:
			say(w, http.StatusOK, "["+made(2, "abc", time.Now())+"]")
		case r.ContentLength > 2:
			close(lostArrived)
			<-othersMade
			breakOff()
		default: // an equal object, made while the other create is lost, with a late response
			close(othersMade)
			<-respond
			say(w, http.StatusCreated, made(2, "abc", time.Now()))
		}
	})
	in := ImportStorages("localfiles")
	var callers sync.WaitGroup
	callers.Go(func() {
		object, err := client.Create(t.Context(), in, map[string]any{"lose": true}, titled("abc"))
		lost, ok := errors.AsType[*LostError](err)
		if !ok || len(lost.Candidates) > 0 {
			t.Errorf("took %v, %v", object, err)
		}
	})
	<-lostArrived
	callers.Go(func() {
		if object, err := client.Create(t.Context(), in, map[string]any{}, titled("abc")); err != nil || object.ID() != 2 {
			t.Errorf("%v, %v", object, err)
		}
	})
	time.AfterFunc(50*time.Millisecond, func() { close(respond) })
	callers.Wait()
}

func TestAnInterruptedCreateLearnsItsID(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	client, requests := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		cancel()
		time.Sleep(20 * time.Millisecond)
		say(w, http.StatusCreated, `{"id":4}`)
	})
	object, err := client.Create(ctx, Projects, map[string]any{}, nil)
	if err != nil || object.ID() != 4 {
		t.Errorf("%v, %v", object, err)
	}
	// After the interrupt, nothing new is begun.
	if _, err := client.Create(ctx, Projects, map[string]any{}, nil); !errors.Is(err, context.Canceled) || IsResponseLost(err) {
		t.Errorf("%v", err)
	}
	requests.expect(t, "POST /api/projects/")
}

func TestAnInterruptedCreateDoesNotHoldUpTheUserForLong(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	over := make(chan struct{})
	client, requests := serve(t, func(http.ResponseWriter, *http.Request) {
		cancel()
		<-over
	})
	t.Cleanup(func() { close(over) })
	client.grace = 20 * time.Millisecond
	_, err := client.Create(ctx, Projects, map[string]any{}, titled("abc"))
	lost, ok := errors.AsType[*LostError](err)
	if !ok || !errors.Is(err, context.Canceled) || lost.SearchErr == nil {
		t.Errorf("%v", err)
	}
	requests.expect(t, "POST /api/projects/")
}

// The server does not say when a tab was created.
func TestALostOneOfAnUndatedCollectionIsTheOneThatWasNotThereBefore(t *testing.T) {
	t.Parallel()
	const list = "GET /api/dm/views/?page=1&page_size=100&project=9"
	for name, test := range map[string]struct {
		after string
		want  int64
		ids   []int64
	}{
		"one":  {`[{"id":1,"title":"abc"},{"id":2,"title":"abc"},{"id":3,"title":"other"}]`, 2, nil},
		"two":  {`[{"id":1,"title":"abc"},{"id":2,"title":"abc"},{"id":3,"title":"abc"}]`, 0, []int64{2, 3}},
		"none": {`[{"id":1,"title":"abc"}]`, 0, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var posted atomic.Bool
			client, requests := serve(t, func(w http.ResponseWriter, r *http.Request) {
				switch {
				case r.Method == http.MethodPost:
					posted.Store(true)
					breakOff()
				case posted.Load():
					say(w, http.StatusOK, test.after)
				default:
					say(w, http.StatusOK, `[{"id":1,"title":"abc"}]`)
				}
			})
			object, err := client.Create(t.Context(), Views, map[string]any{"project": int64(9), "title": "abc"}, titled("abc"))
			lost, _ := errors.AsType[*LostError](err)
			if object.ID() != test.want || (err == nil) != (test.want != 0) || err != nil && (lost == nil || !slices.Equal(lost.Candidates, test.ids)) {
				t.Errorf("%v, %v", object, err)
			}
			want := []string{list, "POST /api/dm/views/", list}
			if name == "none" {
				want = append(want, list, list)
			}
			requests.expect(t, want...)
		})
	}
}

func TestNothingIsCreatedInAnUndatedCollectionThatCannotBeListed(t *testing.T) {
	t.Parallel()
	client, requests := serve(t, func(w http.ResponseWriter, _ *http.Request) { say(w, http.StatusForbidden, `{"detail":"no"}`) })
	for range 2 { // the second one would wait for a lock that the first one keeps
		if _, err := client.Create(t.Context(), Views, map[string]any{"project": int64(9)}, titled("abc")); err == nil || IsResponseLost(err) {
			t.Errorf("%v", err)
		}
	}
	const list = "GET /api/dm/views/?page=1&page_size=100&project=9"
	requests.expect(t, list, list)
}
