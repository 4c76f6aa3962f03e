package crud

import (
	"context"
	"fmt"
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
		var lists memo[[]labelstudio.Object]
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
		var lists memo[[]labelstudio.Object]
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
		var lists memo[[]labelstudio.Object]
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
		var lists memo[[]labelstudio.Object]
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
