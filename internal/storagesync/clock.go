package storagesync

import "time"

// clock rings when the time that the configuration gives to a sync is over. It
// stands still while other syncs have their turn.
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
