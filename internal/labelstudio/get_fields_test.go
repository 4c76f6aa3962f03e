package labelstudio

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// reader is the key of the id of the project that a context is for.
type reader struct{}

// getTen reads projects 1 to 10 at once. The first request is held until all reads are
// under way, so the others wait for it. For each request, logged is the project whose read
// has it in its log.
func getTen(t *testing.T, list http.HandlerFunc) (requests *journal, failures map[int64]error, logged []any) {
	t.Helper()
	waiting := make(chan struct{})
	client, requests := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch id := strings.Trim(strings.TrimPrefix(r.URL.Path, "/api/projects/"), "/"); {
		case id == "":
			list(w, r)
		case id == "7": // is missing
			say(w, http.StatusNotFound, `{"detail":"No Project matches the given query."}`)
		case r.URL.Path == "/api/current-user/whoami":
			say(w, http.StatusOK, `{"id":1}`)
		default:
			<-waiting
			say(w, http.StatusOK, fmt.Sprintf(`{"id":%s}`, id))
		}
	})
	var mu sync.Mutex
	client.sender.transport.log = func(ctx context.Context, _ string, _ ...map[string]any) {
		mu.Lock()
		defer mu.Unlock()
		logged = append(logged, ctx.Value(reader{}))
	}
	failures = map[int64]error{}
	var group sync.WaitGroup
	get := func(id int64) {
		group.Go(func() {
			object, err := client.GetFields(context.WithValue(t.Context(), reader{}, id), Projects, id, []string{"id", "title"})
			if err == nil && object.ID() != id {
				err = fmt.Errorf("got project %d", object.ID())
			}
			mu.Lock()
			defer mu.Unlock()
			failures[id] = err
		})
	}
	get(1)
	for len(requests.all()) == 0 {
		time.Sleep(time.Millisecond)
	}
	for id := range int64(9) {
		get(id + 2)
	}
	for client.reads.count() < 9 {
		time.Sleep(time.Millisecond)
	}
	close(waiting)
	group.Wait()
	return requests, failures, logged
}

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
	// The read of the first project has ended when the others share a request.
	if logged[0] != int64(1) || logged[1] == nil || logged[1] == int64(1) {
		t.Errorf("the requests are logged as those of the reads of %v", logged)
	}
	// The first one, one for all that waited, one for the missing one, and one that
	// proves that it is gone.
	if got := len(requests.all()); got != 4 {
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
		if broke := ok && failed.Reason == ReasonConnectionBroke; broke == (id == 1) {
			t.Errorf("project %d: %v", id, err)
		}
	}
}

func TestAReadThatWaitsEndsWithItsContext(t *testing.T) {
	t.Parallel()
	waiting := make(chan struct{})
	client, requests := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		<-waiting
		say(w, http.StatusOK, `{"id":1}`)
	})
	defer close(waiting)
	go func() { _, _ = client.GetFields(t.Context(), Projects, 1, nil) }()
	for len(requests.all()) == 0 {
		time.Sleep(time.Millisecond)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := client.GetFields(ctx, Projects, 2, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestObjectsOfOtherCollectionsAreReadWhole(t *testing.T) {
	t.Parallel()
	client, requests := serve(t, func(w http.ResponseWriter, _ *http.Request) { say(w, http.StatusOK, `{"id":1}`) })
	if _, err := client.GetFields(t.Context(), Webhooks, 1, []string{"url"}); err != nil {
		t.Fatal(err)
	}
	requests.expect(t, "GET /api/webhooks/1/")
}
