package main

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"syscall"
	"time"
)

// usage is what a run took.
type usage struct {
	time time.Duration
	// client is the processor time of what makes the requests: Terraform with the
	// provider, the script, or the bench itself. server is that of all else on the machine.
	client, server time.Duration
}

// measure says what some work takes.
func measure(work func() error) (usage, error) {
	client, machine, err := processorTimes()
	if err != nil {
		return usage{}, err
	}
	start := time.Now()
	if err := work(); err != nil {
		return usage{}, err
	}
	took := time.Since(start)
	clientAfter, machineAfter, err := processorTimes()
	used := clientAfter - client
	// The time of the machine is counted in ticks, so that of a short run may be too small.
	return usage{took, used, max(0, machineAfter-machine-used)}, err
}

// processorTimes are those of this process with its children that have ended, which the
// server is not one of, and of the whole machine.
func processorTimes() (client, machine time.Duration, err error) {
	for _, who := range []int{syscall.RUSAGE_SELF, syscall.RUSAGE_CHILDREN} {
		var used syscall.Rusage
		if err := syscall.Getrusage(who, &used); err != nil {
			return 0, 0, err
		}
		client += time.Duration(used.Utime.Nano() + used.Stime.Nano())
	}
	content, err := os.ReadFile("/proc/stat")
	if err != nil {
		return 0, 0, err
	}
	// The unit is a hundredth of a second on Linux.
	var user, nice, system, idle, waiting, interrupts, softInterrupts int64
	if _, err := fmt.Sscanf(string(content), "cpu %d %d %d %d %d %d %d", &user, &nice, &system, &idle, &waiting, &interrupts, &softInterrupts); err != nil {
		return 0, 0, errors.Join(errors.New("/proc/stat does not begin as usual"), err)
	}
	return client, time.Duration(user+nice+system+interrupts+softInterrupts) * time.Second / 100, nil
}

// String is how busy the processors of the client and those of the server were.
func (u usage) String() string {
	each := u.time * time.Duration(runtime.NumCPU()/2)
	return fmt.Sprintf("%.0f %% + %.0f %%", 100*u.client.Seconds()/each.Seconds(), 100*u.server.Seconds()/each.Seconds())
}

// timesOf are the times of some runs.
func timesOf(runs []usage) []time.Duration {
	var times []time.Duration
	for _, run := range runs {
		times = append(times, run.time)
	}
	return times
}

// medianOf is the run with the median of the times.
func medianOf(runs []usage) usage {
	middle := median(timesOf(runs))
	closest := runs[0]
	for _, run := range runs {
		if (run.time - middle).Abs() < (closest.time - middle).Abs() {
			closest = run
		}
	}
	return closest
}
