package provider

import (
	"runtime/debug"
	"testing"
)

func TestCollectionsAreLimitedUnlessTheUserLimitsThem(t *testing.T) {
	for name, test := range map[string]struct {
		gogc string
		want int
	}{
		"the user has set nothing": {gogc: "", want: 200},
		"the user's":               {gogc: "100", want: 100},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("GOGC", test.gogc)
			before := debug.SetGCPercent(100)
			LimitCollections()
			if got := debug.SetGCPercent(before); got != test.want {
				t.Errorf("the percentage is %d, want %d", got, test.want)
			}
		})
	}
}
