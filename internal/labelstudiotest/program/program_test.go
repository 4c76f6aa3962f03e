package program

import (
	"context"
	"errors"
	"strings"
	"testing"
)

func TestFailedStartShowsTheProgramsLog(t *testing.T) {
	t.Parallel()
	_, err := Start(t.Context(), "sh", func(*Program) []string {
		return []string{"sh", "-c", "echo the reason; exit 1"}
	}, func(context.Context, *Program) error { return errors.New("not ready") })
	if err == nil || !strings.Contains(err.Error(), "the reason") {
		t.Errorf("got %v, want the reason from the log", err)
	}
}
