package crud

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
)

// slowly lists an object after a second, and counts how often it is asked.
func slowly(asked *int) func(context.Context) []labelstudio.Object {
	var mu sync.Mutex
	return func(ctx context.Context) []labelstudio.Object {
		mu.Lock()
		*asked++
		mu.Unlock()
		if labelstudio.Pause(ctx, time.Second) != nil {
			return nil
		}
		return []labelstudio.Object{{"id": []byte("7")}}
	}
}

func TestDifferentListsAreAskedForAtTheSameTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var lists shared[[]labelstudio.Object]
		var asked int
		var group sync.WaitGroup
		list, start := slowly(&asked), time.Now()
		for i := range 8 {
			group.Go(func() {
				if got := lists.get(t.Context(), fmt.Sprint(i), list); len(got) != 1 {
					t.Errorf("got %v", got)
				}
			})
		}
		group.Wait()
		if took := time.Since(start); took != time.Second || asked != 8 {
			t.Errorf("took %s and %d requests", took, asked)
		}
	})
}

func TestTheSameListIsAskedForOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var lists shared[[]labelstudio.Object]
		var asked int
		list := slowly(&asked)
		ask := func() {
			if got := lists.get(t.Context(), "a", list); len(got) != 1 {
				t.Errorf("got %v", got)
			}
		}
		var group sync.WaitGroup
		for range 8 {
			group.Go(ask)
		}
		group.Wait()
		ask()
		if asked != 1 {
			t.Errorf("asked %d times", asked)
		}
	})
}

func TestAListIsWaitedForUntilTheContextEnds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var lists shared[[]labelstudio.Object]
		var asked int
		var group sync.WaitGroup
		list, start := slowly(&asked), time.Now()
		group.Go(func() { lists.get(t.Context(), "a", list) })
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		if got := lists.get(ctx, "a", list); got != nil {
			t.Errorf("got %v", got)
		}
		if took := time.Since(start); took != time.Millisecond {
			t.Errorf("took %s", took)
		}
		group.Wait()
	})
}

func TestAListIsThereForOthersWhenItsFirstAskerIsCancelled(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var lists shared[[]labelstudio.Object]
		var asked int
		list := slowly(&asked)
		ctx, cancel := context.WithCancel(t.Context())
		var group sync.WaitGroup
		group.Go(func() { lists.get(ctx, "a", list) })
		synctest.Wait()
		group.Go(func() {
			if got := lists.get(t.Context(), "a", list); len(got) != 1 {
				t.Errorf("got %v", got)
			}
		})
		synctest.Wait()
		cancel()
		group.Wait()
		if asked != 1 {
			t.Errorf("asked %d times", asked)
		}
	})
}

func TestTheFirstObjectIsAskedForOnceAndAlone(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		status int
		listed string
		want   int64 // 0 if there is none
	}{
		"several": {http.StatusOK, `{"next":"there are more","results":[{"id":7}]}`, 7},
		"none":    {http.StatusOK, `{"next":null,"results":[]}`, 0},
		"refused": {http.StatusForbidden, `{"detail":"no"}`, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var requests []string
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				requests = append(requests, r.URL.RequestURI())
				w.Header().Set("Content-Type", "application/json")
				w.WriteHeader(test.status)
				_, _ = w.Write([]byte(test.listed))
			}))
			defer server.Close()
			client, err := labelstudio.New(labelstudio.Config{URL: server.URL, APIKey: strings.Repeat("0", 40)})
			if err != nil {
				t.Fatal(err)
			}
			asked := Server{Client: client, Lists: &Lists{}}
			for range 2 {
				first, ok := asked.First(t.Context(), labelstudio.Projects, url.Values{"include": {"id"}})
				if first.ID() != test.want || ok != (test.want != 0) {
					t.Errorf("got %v, %v", first, ok)
				}
			}
			if want := []string{"/api/projects/?include=id&page=1&page_size=1"}; !slices.Equal(requests, want) {
				t.Errorf("got %q, want %q", requests, want)
			}
		})
	}
}

func TestOfTwoPlannedObjectsExactlyOneSeesTheOther(t *testing.T) {
	t.Parallel()
	var lists Lists
	var group sync.WaitGroup
	seen := make([]int, 8)
	imports, exports := labelstudio.ImportStorages("s3"), labelstudio.ExportStorages("s3")
	for i := range seen {
		group.Go(func() {
			before := lists.Plan(7, []labelstudio.Collection{imports, exports}[i%2], labelstudio.Object{"id": fmt.Append(nil, i+1)})
			seen[i] = len(before[imports.String()]) + len(before[exports.String()])
		})
	}
	group.Wait()
	if slices.Sort(seen); !slices.Equal(seen, []int{0, 1, 2, 3, 4, 5, 6, 7}) {
		t.Errorf("got %v", seen)
	}
	if other := lists.Plan(8, imports, labelstudio.Object{}); len(other) > 0 {
		t.Errorf("another parent has %v", other)
	}
}
