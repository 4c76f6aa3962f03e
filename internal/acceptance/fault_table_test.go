package acceptance_test

import (
	"flag"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
)

var update = flag.Bool("update", false, "write the table of the fault matrix anew")

// matrix holds the outcomes.
type matrix struct {
	mutex sync.Mutex
	words map[spot]map[string]string // by the type of the object
}

// A spot of the matrix.
type spot struct {
	operation, trouble string
	lasting            bool
}

func (m *matrix) add(c *cell, word string) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if m.words == nil {
		m.words = map[spot]map[string]string{}
	}
	at := spot{c.name, c.trouble.name, c.lasting}
	if m.words[at] == nil {
		m.words[at] = map[string]string{}
	}
	m.words[at][c.typeName] = word
}

// markdown is the matrix as a table.
func (m *matrix) markdown(troubles []trouble) string {
	var table strings.Builder
	table.WriteString("| fault |")
	for _, o := range operations {
		table.WriteString(" " + o.name + " |")
	}
	table.WriteString("\n|" + strings.Repeat(" --- |", 1+len(operations)) + "\n")
	for _, lasting := range []bool{false, true} {
		for _, trouble := range troubles {
			table.WriteString("| " + map[bool]string{false: "once: ", true: "until healed: "}[lasting] + trouble.name + " |")
			for _, o := range operations {
				table.WriteString(" " + m.at(spot{o.name, trouble.name, lasting}) + " |")
			}
			table.WriteString("\n")
		}
	}
	return table.String()
}

// at is what stands in a spot: one word when it is the same for all types.
func (m *matrix) at(p spot) string {
	var words, named []string
	for _, typeName := range allTypes {
		if word := m.words[p][typeName]; word != "" {
			words = append(words, word)
			named = append(named, shortNames[typeName]+": "+word)
		}
	}
	if words = slices.Compact(words); len(words) == 1 {
		return words[0]
	}
	return strings.Join(named, ", ")
}

// shortNames name the types in the table.
var shortNames = map[string]string{projectType: "project", storageType: "storage", viewType: "view", webhookType: "webhook", mlBackendType: "ML backend"}

// compare compares the whole matrix with the one that the documentation shows.
func (m *matrix) compare(t *testing.T, troubles []trouble) {
	t.Helper()
	if len(m.words) < 2*len(troubles)*len(operations) {
		return // -run has left some out
	}
	const file = "testdata/faults.md"
	got := m.markdown(troubles)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the matrix is not that of %s (-update writes it):\n%s", file, got)
	}
}
