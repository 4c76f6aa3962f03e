package labelstudiotest

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"time"
)

// startTimeout allows for the migrations on a busy machine; a usual start takes 3
// seconds.
const startTimeout = 5 * time.Minute

var errPortTaken = errors.New("another program has taken the server's port")

// waitUntilReady returns when the server answers a request with the token.
func (s *Server) waitUntilReady(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for !s.isUp(ctx) {
		select {
		case <-tick.C:
		case <-s.process.Exited:
			if s.hasLostItsPort() {
				return errPortTaken
			}
			return fmt.Errorf("the server ended before it was ready; the end of its log:\n%s", s.process.Tail())
		case <-ctx.Done():
			return fmt.Errorf("the server does not answer at %s: %w; the end of its log:\n%s", s.URL, ctx.Err(), s.process.Tail())
		}
		if s.hasLostItsPort() {
			return errPortTaken
		}
	}
	if _, err := s.Do(ctx, http.MethodGet, "/api/current-user/whoami", nil, nil); err != nil {
		return fmt.Errorf("%w; the end of the server's log:\n%s", err, s.process.Tail())
	}
	return nil
}

// isUp asks for the log first: at the same URL the server of another test process
// may answer, with the same tokens, while ours has yet to find the port taken.
func (s *Server) isUp(ctx context.Context) bool {
	if !s.process.Says("Starting development server at http://"+s.address()+"/") && !s.process.Says("uWSGI http bound on "+s.address()) {
		return false
	}
	status, _ := s.send(ctx, http.MethodGet, "/health", "", nil, nil)
	return status == http.StatusOK
}

// portInUse is what label-studio prints before it silently takes the next port, and
// Django and uWSGI before they end.
var portInUse = regexp.MustCompile(`(?i)(port|address).* in use`)

func (s *Server) hasLostItsPort() bool {
	return portInUse.MatchString(s.process.Tail())
}
