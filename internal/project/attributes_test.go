package project

import "testing"

func TestTheTableContradictsNothing(t *testing.T) {
	t.Parallel()
	if err := append(attributes, counters...).Check(); err != nil {
		t.Error(err)
	}
}
