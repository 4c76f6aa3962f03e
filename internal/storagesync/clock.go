package storagesync

import "time"

// clock rings when the timeout of a sync is over. It does not count the time in which
// other syncs run.
type clock struct {
	timer *time.Timer
	end   time.Time
	left  time.Duration
}

func startClock(limit time.Duration, ring func()) *clock {
	return &clock{timer: time.AfterFunc(limit, ring), end: time.Now().Add(limit)}
}

func (c *clock) pause() {
	c.timer.Stop()
	c.left = time.Until(c.end)
}

func (c *clock) resume() {
	c.end = time.Now().Add(c.left)
	c.timer.Reset(c.left)
}
