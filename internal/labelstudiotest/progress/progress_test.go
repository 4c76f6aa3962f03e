package progress

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestStepShowsHowLongItTakes(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		display display
		takes   time.Duration
		want    string
	}{
		"on a terminal": {terminal, 2500 * time.Millisecond, "\r\033[KTea ... 0s\r\033[KTea ... 1s\r\033[KTea ... 2s\r\033[KTea ... 3s\n"},
		"in a file":     {file, 70 * time.Second, "Tea ... 0s\nTea ... 15s\nTea ... 30s\nTea ... 45s\nTea ... 1m0s\nTea ... 1m10s\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var shown strings.Builder
				cold := errors.New("cold")
				err := test.display.show(&shown, "Tea", func() error {
					time.Sleep(test.takes)
					return cold
				})
				if shown.String() != test.want || !errors.Is(err, cold) {
					t.Errorf("got %q, %v, want %q, %v", shown.String(), err, test.want, cold)
				}
			})
		})
	}
}
