package storage

import "testing"

func TestTheTableOfEachKindContradictsNothing(t *testing.T) {
	t.Parallel()
	for _, k := range kinds {
		if err := k.table().Check(); err != nil {
			t.Errorf("%s: %v", k.name, err)
		}
	}
}
