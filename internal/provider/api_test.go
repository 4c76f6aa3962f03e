package provider_test

import (
	"context"
	"fmt"
	"net/http"
	"os"
)

// newProject makes a project past the provider. It goes with the test.
func (s *stack) newProject() int64 {
	s.t.Helper()
	var made struct{ ID int64 }
	s.call(http.MethodPost, "/api/projects/", map[string]string{"title": "made by hand"}, &made)
	s.t.Cleanup(func() {
		if _, err := s.Do(context.Background(), http.MethodDelete, fmt.Sprintf("/api/projects/%d/", made.ID), nil, nil); err != nil {
			s.t.Error(err)
		}
	})
	return made.ID
}

// newestProject is the id of the project that was made last.
func (s *stack) newestProject() int64 {
	s.t.Helper()
	var list struct{ Results []struct{ ID int64 } }
	s.call(http.MethodGet, "/api/projects/?ordering=-id&page_size=1", nil, &list)
	return list.Results[0].ID
}

// makeFolder makes a folder that the server can read.
func (s *stack) makeFolder(path string) {
	s.t.Helper()
	// A server of the user's may run as another user.
	if err := os.Mkdir(path, 0o755); err != nil { //nolint:gosec // see above
		s.t.Fatal(err)
	}
}
