package labelstudio

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// reader is the key of the id of the project that a context is for.
type reader struct{}

// getTen reads projects 1 to 10, which share a request. For each request, logged is the
// project whose read has it in its log.
func getTen(t *testing.T, list http.HandlerFunc) (requests *journal, failures map[int64]error, logged []any) {
	t.Helper()
	client, requests := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch id := strings.Trim(strings.TrimPrefix(r.URL.Path, "/api/projects/"), "/"); {
		case id == "":
			list(w, r)
		case id == "7": // is missing
			say(w, http.StatusNotFound, `{"detail":"No Project matches the given query."}`)
		case r.URL.Path == "/api/current-user/whoami":
			say(w, http.StatusOK, `{"id":1}`)
		default:
			say(w, http.StatusOK, fmt.Sprintf(`{"id":%s}`, id))
		}
	})
	var mu sync.Mutex
	client.sender.transport.log = func(ctx context.Context, _ string, _ ...map[string]any) {
		mu.Lock()
		defer mu.Unlock()
		logged = append(logged, ctx.Value(reader{}))
	}
	query := Projects.Include(titleFields...)
	key := Projects.list + "?" + query.Encode()
	// The test is the first read, so no request is made before all reads wait.
	if _, first := client.reads.wait(context.WithValue(t.Context(), reader{}, "first"), key, 11); !first {
		t.Fatal("a request is under way already")
	}
	failures = map[int64]error{}
	var group sync.WaitGroup
	for id := int64(1); id <= 10; id++ {
		group.Go(func() {
			object, err := client.GetFields(context.WithValue(t.Context(), reader{}, id), Projects, id, titleFields)
			if err == nil && object.ID() != id {
				err = fmt.Errorf("got project %d", object.ID())
			}
			mu.Lock()
			defer mu.Unlock()
			failures[id] = err
		})
	}
	for client.reads.count() < 11 {
		time.Sleep(time.Millisecond)
	}
	client.readWaiting(Projects, key, query)
	group.Wait()
	return requests, failures, logged
}

// titleFields are the fields that the tests read of projects.
var titleFields = []string{"id", "title"}

// count is how many reads wait.
func (r *reads) count() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	total := 0
	for _, waiting := range r.waiting {
		total += len(waiting)
	}
	return total
}

// listOf lists the projects that the query asks for, without the missing one.
func listOf(w http.ResponseWriter, r *http.Request) {
	var results []string
	for id := range strings.SplitSeq(r.URL.Query().Get("ids"), ",") {
		if id != "7" {
			results = append(results, `{"id":`+id+`}`)
		}
	}
	say(w, http.StatusOK, `{"next":null,"results":[`+strings.Join(results, ",")+`]}`)
}

func TestReadsThatWaitShareARequest(t *testing.T) {
	t.Parallel()
	requests, failures, logged := getTen(t, listOf)
	for id, err := range failures {
		if missing := id == 7; IsNotFound(err) != missing || !missing && err != nil {
			t.Errorf("project %d: %v", id, err)
		}
	}
	// A shared request is in the log of the read that waited for it longest.
	if want := []any{"first", int64(7), int64(7)}; !slices.Equal(logged, want) {
		t.Errorf("the requests are logged as those of the reads of %v", logged)
	}
	// One for all, one for the missing one, and one that proves that it is gone.
	if got := len(requests.all()); got != 3 {
		t.Errorf("%d requests: %v", got, requests.all())
	}
}

func TestReadsOfASharedRequestThatTheServerRefusesAreMadeAlone(t *testing.T) {
	t.Parallel()
	requests, failures, _ := getTen(t, func(w http.ResponseWriter, _ *http.Request) {
		say(w, http.StatusBadRequest, `{"detail":"too long"}`)
	})
	for id, err := range failures {
		if missing := id == 7; IsNotFound(err) != missing || !missing && err != nil {
			t.Errorf("project %d: %v", id, err)
		}
	}
	for id := 1; id <= 10; id++ {
		if got := requests.count("GET /api/projects/" + strconv.Itoa(id) + "/?include=id%2Ctitle"); got != 1 {
			t.Errorf("project %d was asked for %d times", id, got)
		}
	}
}

func TestReadsOfASharedRequestWithoutAResponseFailTogether(t *testing.T) {
	t.Parallel()
	_, failures, _ := getTen(t, func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	for id, err := range failures {
		failed, ok := errors.AsType[*Error](err)
		if !ok || failed.Reason != ReasonConnectionBroke {
			t.Errorf("project %d: %v", id, err)
		}
	}
}

func TestReadsThatComeOneAfterTheOtherAreMadeAlone(t *testing.T) {
	t.Parallel()
	client, requests := serve(t, func(w http.ResponseWriter, _ *http.Request) { say(w, http.StatusOK, `{"id":1}`) })
	for range 2 {
		if _, err := client.GetFields(t.Context(), Projects, 1, titleFields); err != nil {
			t.Fatal(err)
		}
	}
	requests.expect(t, "GET /api/projects/1/?include=id%2Ctitle", "GET /api/projects/1/?include=id%2Ctitle")
}

func TestAReadThatWaitsEndsWithItsContext(t *testing.T) {
	t.Parallel()
	client, requests := serve(t, func(w http.ResponseWriter, _ *http.Request) { say(w, http.StatusOK, `{"id":1}`) })
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := client.GetFields(ctx, Projects, 2, titleFields); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	requests.expect(t)
}

func TestObjectsOfOtherCollectionsAreReadWhole(t *testing.T) {
	t.Parallel()
	client, requests := serve(t, func(w http.ResponseWriter, _ *http.Request) { say(w, http.StatusOK, `{"id":1}`) })
	if _, err := client.GetFields(t.Context(), Webhooks, 1, []string{"url"}); err != nil {
		t.Fatal(err)
	}
	requests.expect(t, "GET /api/webhooks/1/")
}
