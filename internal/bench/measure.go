package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"time"
)

// comparison is a time of ours against another one, measured in turn.
type comparison struct {
	what, against string
	goal          float64 // the ratio that is not to be exceeded; 0 if there is none

	ratios       []float64
	ours, theirs []usage
}

// run does something and says what the part took that counts.
type run func(context.Context) (usage, error)

// compare measures pairs. A pair follows the other at once, so that both meet the same
// load of the machine, and the first of a pair changes.
func compare(ctx context.Context, what, against string, goal float64, pairs int, ours, theirs run) (comparison, error) {
	c := comparison{what: what, against: against, goal: goal}
	for i := range pairs {
		both := []run{ours, theirs}
		runs := make([]usage, 2)
		for j := range both {
			which := (i + j) % 2
			took, err := both[which](ctx)
			if err != nil {
				return c, fmt.Errorf("%s against %s: %w", what, against, err)
			}
			runs[which] = took
		}
		c.ours, c.theirs = append(c.ours, runs[0]), append(c.theirs, runs[1])
		c.ratios = append(c.ratios, runs[0].time.Seconds()/runs[1].time.Seconds())
	}
	fmt.Fprintln(os.Stderr, c.row())
	return c, nil
}

// widest is the spread of the ratios, as a share of the median, beyond which the
// comparison says nothing about its goal.
const widest = 0.25

// spread is the distance of the quartiles as a share of the median.
func (c comparison) spread() float64 {
	sorted := slices.Sorted(slices.Values(c.ratios))
	return (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / quantile(sorted, 0.5)
}

// verdict says whether the goal is reached.
func (c comparison) verdict() string {
	ratio := median(c.ratios)
	switch {
	case c.goal == 0:
		return ""
	case ratio > c.goal && c.spread() > widest, ratio <= c.goal && c.spread() > widest && ratio*(1+c.spread()) > c.goal:
		return "the spread is too wide to conclude"
	}
	return verdictOf(ratio <= c.goal)
}

func verdictOf(reached bool) string {
	if reached {
		return "reached"
	}
	return "missed"
}

// row is the comparison in a Markdown table.
func (c comparison) row() string {
	goal := ""
	if c.goal > 0 {
		goal = fmt.Sprintf("%.2f", c.goal)
	}
	return fmt.Sprintf("| %s | %s | **%.2f** | %s | %s | %.0f %% | %s / %s | %s |", c.what, c.against, median(c.ratios), goal, c.verdict(),
		100*c.spread(), short(median(timesOf(c.ours))), short(median(timesOf(c.theirs))), medianOf(c.ours))
}

func short(d time.Duration) string {
	if d < time.Second {
		return d.Round(time.Millisecond).String()
	}
	return d.Round(time.Second / 10).String()
}

func median[N float64 | time.Duration](of []N) N {
	return quantile(slices.Sorted(slices.Values(of)), 0.5)
}

func quantile[N float64 | time.Duration](sorted []N, share float64) N {
	at := share * float64(len(sorted)-1)
	low := int(at)
	if low+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	rest := at - float64(low)
	return N(float64(sorted[low])*(1-rest) + float64(sorted[low+1])*rest)
}
