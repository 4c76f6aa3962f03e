package labelstudiotest

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"
)

// Open returns the server under test. LABEL_STUDIO_URL and LABEL_STUDIO_API_KEY
// name one of the user's; LABEL_STUDIO_TEST_DOCUMENT_ROOT is then the folder that
// it serves local files from, at the same path here and there, since tests write
// into it. Without them Open starts a server.
func Open(ctx context.Context) (*Server, error) {
	url, key, root := os.Getenv("LABEL_STUDIO_URL"), os.Getenv("LABEL_STUDIO_API_KEY"), os.Getenv("LABEL_STUDIO_TEST_DOCUMENT_ROOT")
	switch {
	case url == "" && key == "":
		return Start(ctx, Options{})
	case url == "" || key == "":
		return nil, errors.New("LABEL_STUDIO_URL and LABEL_STUDIO_API_KEY belong together: set both to test against a server of yours, or none to have one started")
	case root == "":
		return nil, errors.New("LABEL_STUDIO_TEST_DOCUMENT_ROOT is not set: tests write files below the folder that the server at LABEL_STUDIO_URL serves local files from")
	}

	s := &Server{URL: strings.TrimRight(url, "/"), DocumentRoot: root}
	// A personal access token is a JWT, a legacy token is not.
	if strings.Count(key, ".") == 2 {
		s.PersonalAccessToken = key
	} else {
		s.LegacyToken = key
	}
	var version struct{ Release string }
	if _, err := s.Do(ctx, http.MethodGet, "/api/version", nil, &version); err != nil {
		return nil, fmt.Errorf("asking the server at LABEL_STUDIO_URL for its version: %w", err)
	}
	s.Version = version.Release
	var user struct{ Email string }
	if _, err := s.Do(ctx, http.MethodGet, "/api/current-user/whoami", nil, &user); err != nil {
		return nil, fmt.Errorf("logging in with LABEL_STUDIO_API_KEY: %w", err)
	}
	s.Username = user.Email
	return s, nil
}
