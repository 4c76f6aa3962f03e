package provider

import (
	"runtime/debug"
	"testing"
)

func TestCollectionsAreLimitedUnlessTheUserLimitsThem(t *testing.T) {
	for gogc, want := range map[string]int{"": 400, "50": 100} {
		before := debug.SetGCPercent(100)
		t.Setenv("GOGC", gogc)
		LimitCollections()
		if got := debug.SetGCPercent(before); got != want {
			t.Errorf("with GOGC=%q, the percentage is %d, want %d", gogc, got, want)
		}
	}
}
