package storagesync

import (
	"testing"
	"testing/synctest"
	"time"
)

func TestTheClockStandsStillWhileOthersHaveTheirTurn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		rang := make(chan time.Time, 1)
		start := time.Now()
		c := startClock(10*time.Second, func() { rang <- time.Now() })
		for range 3 {
			time.Sleep(2 * time.Second)
			c.pause()
			time.Sleep(time.Hour)
			c.resume()
		}
		if got, want := (<-rang).Sub(start), 3*time.Hour+10*time.Second; got != want {
			t.Errorf("it rang after %s, want %s", got, want)
		}
	})
}

func TestAClockThatIsPausedNeverRings(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := startClock(time.Second, func() { t.Error("it rang") })
		c.pause()
		time.Sleep(time.Hour)
	})
}
