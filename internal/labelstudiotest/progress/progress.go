// Package progress shows a person what runs, and for how long.
package progress

import (
	"fmt"
	"io"
	"os"
	"time"
)

// A display is how the progress of a step is shown.
type display struct {
	every time.Duration
	// line has the name of the step and the time that it has taken.
	line string
	// end follows the last line.
	end string
}

var (
	// On a terminal each line replaces the one before.
	terminal = display{every: time.Second, line: "\r\033[K%s ... %v", end: "\n"}
	file     = display{every: 15 * time.Second, line: "%s ... %v\n"}
)

// Step does something that may take long, and shows on standard error that it runs.
func Step(name string, do func() error) error {
	d := file
	if info, err := os.Stderr.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
		d = terminal
	}
	return d.show(os.Stderr, name, do)
}

func (d display) show(out io.Writer, name string, do func() error) error {
	begin := time.Now()
	show := func() { _, _ = fmt.Fprintf(out, d.line, name, time.Since(begin).Round(time.Second)) }
	show()
	done, shown := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(shown)
		tick := time.NewTicker(d.every)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				show()
			case <-done:
				show()
				_, _ = io.WriteString(out, d.end)
				return
			}
		}
	}()
	err := do()
	close(done)
	<-shown
	return err
}
