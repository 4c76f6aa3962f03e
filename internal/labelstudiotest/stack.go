package labelstudiotest

import (
	"fmt"
	"os"
	"slices"
)

// A Stack is what a Label Studio runs on.
type Stack string

const (
	// SQLite is the development server on SQLite: what "label-studio start" is.
	SQLite Stack = "sqlite"
	// Production is what the official image runs: nginx, uWSGI, PostgreSQL. A sync
	// runs inside its request, which uWSGI cuts off after 120 seconds.
	Production Stack = "production"
	// Worker is Production with syncs in a queue: Redis and rqworker processes, as
	// in the Enterprise edition.
	Worker Stack = "worker"
)

var stacks = []Stack{SQLite, Production, Worker}

// chosenStack is what LABEL_STUDIO_STACK names, SQLite if it is not set: the stack
// of all servers whose test does not ask for a certain one.
func chosenStack() (Stack, error) {
	chosen := Stack(os.Getenv("LABEL_STUDIO_STACK"))
	if chosen == "" {
		return SQLite, nil
	}
	if !slices.Contains(stacks, chosen) {
		return "", fmt.Errorf("LABEL_STUDIO_STACK is %q: set it to one of %q, or leave it out for %s", chosen, stacks, SQLite)
	}
	return chosen, nil
}
