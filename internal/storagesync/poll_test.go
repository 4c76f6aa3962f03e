package storagesync

import (
	"testing"
	"testing/synctest"
	"time"
)

func TestTheEndOfARunIsNoticedWithinHalfASecondOrATwentiethOfItsTime(t *testing.T) {
	t.Parallel()
	for _, length := range []time.Duration{
		0, 300 * time.Millisecond, time.Second, 1010 * time.Millisecond, 5 * time.Second, 9900 * time.Millisecond,
		11 * time.Second, 33 * time.Second, 100 * time.Second, 4 * time.Minute, 10 * time.Minute, 3 * time.Hour,
	} {
		t.Run(length.String(), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				start, questions := time.Now(), 0
				for range polls(t.Context(), promptly) {
					questions++
					time.Sleep(50 * time.Millisecond) // the server responds with what was true at the question
					if time.Since(start)-50*time.Millisecond >= length {
						break
					}
				}
				if late, most := time.Since(start)-length, max(500*time.Millisecond, length/20); late > most {
					t.Errorf("it is noticed %s late, want at most %s", late, most)
				}
				if most := 110 + int(length/lastPause); questions > most {
					t.Errorf("the server was asked %d times, want at most %d", questions, most)
				}
			})
		})
	}
}
