package storagesync

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
)

const (
	// silence is how long a run may change nothing before it counts as dead. A live run
	// writes something every 5 seconds.
	silence = 30 * time.Second
	// outage is how long the server may fail to answer while a run is followed.
	outage = 2 * time.Minute
	// idleRounds is how many rounds in a row may import nothing.
	idleRounds = 4
)

// run is a sync that is under way.
type run struct {
	Storage

	clock *clock
	// known is the last that was heard of the storage's runs, and newest the response
	// that said it. There is none before the first. unheard is why nothing has been
	// heard since.
	known   Last
	newest  labelstudio.Object
	unheard error
	// review is what is known of the storage's files.
	review Review
}

func newRun(s Storage) *run {
	r := &run{Storage: s, known: s.Last}
	if s.Files != nil {
		r.review = s.Files.Known.Without(s.Files.Accepted)
	}
	return r
}

// repeatableError tells that a round did not succeed, and that another round may: it
// skips the files that were imported.
type repeatableError struct{ error }

func isRepeatable(err error) bool {
	_, ok := errors.AsType[repeatableError](err)
	return ok
}

// toEnd syncs the storage and follows the sync to its end.
func (r *run) toEnd(ctx context.Context) error {
	release, err := r.Client.LockSync(ctx, r.Project)
	if err != nil {
		return errors.New("the apply was interrupted before the sync had its turn")
	}
	defer release()
	turn, cancel := context.WithCancel(ctx)
	defer cancel()
	r.clock = startClock(r.Timeout, cancel)
	defer r.clock.pause()

	err = r.complete(turn)
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return errors.New("the apply was interrupted; a sync that has started continues on the server")
	case turn.Err() == nil:
		return err
	case r.known.Status == statusQueued:
		return fmt.Errorf("the sync was still queued after %s: no Redis worker has taken the job. Check that a worker for the queue \"low\" runs (`label-studio rqworker low`), or give it more time", r.Timeout)
	case r.unheard != nil:
		return fmt.Errorf("the sync had not ended after %s, and the last request for its state failed: %w", r.Timeout, r.unheard)
	default:
		return fmt.Errorf("the sync had not ended after %s; it continues on the server. If the storage contains many files, increase timeouts, or timeout of the action", r.Timeout)
	}
}

// complete syncs the storage until a run has succeeded, and checks what that has done.
func (r *run) complete(ctx context.Context) error {
	if r.Begun {
		failure := r.followBegun(ctx)
		if !isRepeatable(failure) {
			return failure
		}
	}
	if r.known.Running() || r.known.mayBeSlow(time.Now()) {
		// SQLite servers start a second run beside the first, and the two import
		// the same files. Others ignore the request.
		if err := r.follow(ctx); err != nil && !isRepeatable(err) {
			return err
		}
	}
	if r.Files == nil {
		return r.rounds(ctx)
	}
	if err := r.settle(ctx); err != nil {
		return err
	}
	if err := r.rounds(ctx); err != nil {
		return err
	}
	return r.confirm(ctx)
}

// rounds asks for a sync until one has succeeded or failed for good.
func (r *run) rounds(ctx context.Context) error {
	tasks := int64(-1)
	for idle := 0; ; idle++ {
		failure := r.round(ctx)
		if ctx.Err() != nil {
			return failure
		}
		found, err := r.judge(ctx)
		if err != nil {
			return err
		}
		if found > 0 && r.Files.StopAtFirst {
			return &IncompleteError{Files: r.review.Begun()}
		}
		// The next run skips a file that this one has broken in, and goes on with the others.
		if !isRepeatable(failure) && (failure == nil || found == 0) {
			return failure
		}
		if now := r.tasks(ctx); now > tasks {
			tasks, idle = now, 0
		}
		if idle == idleRounds {
			return fmt.Errorf("the sync was asked for several times and got no further; the last time: %w", failure)
		}
		if err := labelstudio.Pause(ctx, time.Duration(1+idle)*firstPause); err != nil {
			return err
		}
	}
}

// followBegun follows a run that the server has begun by itself. The response to
// its creation is from before that.
func (r *run) followBegun(ctx context.Context) error {
	if err := r.look(ctx); err != nil {
		return err
	}
	if r.known.Running() && r.Wait {
		if err := r.follow(ctx); err != nil {
			return err
		}
	}
	return r.known.failure()
}

// round asks for a sync and follows the run that is then under way.
func (r *run) round(ctx context.Context) error {
	r.clock.pause()
	next, err := r.Client.LockSyncRequest(ctx)
	r.clock.resume()
	if err != nil {
		return err
	}
	next = sync.OnceFunc(next)
	defer next()

	responded, failure := r.start(ctx)
	if responded {
		// A server that responds before the end has a queue. One that was cut off
		// has none and is still at work: the next request would take another of
		// its few processes.
		next()
	}
	switch {
	case failure != nil && !isRepeatable(failure):
		return failure
	case failure == nil && !r.Wait:
		return r.known.failure()
	}
	// A server before 1.22 with a queue ignores the request as long as the queue has
	// the job of a worker that died, and says of that run that it is given up.
	if r.known.Running() || r.known.givenUp() {
		if err := r.follow(ctx); err != nil {
			return err
		}
	}
	if failure != nil {
		return failure
	}
	return r.known.failure()
}

// start asks for a sync. There is no error if the last run that the server knows
// of is the one that was asked for.
func (r *run) start(ctx context.Context) (responded bool, failure error) {
	attempts := r.known.Notes.Attempts
	response, err := r.Client.Sync(ctx, r.Collection, r.ID)
	switch {
	case err == nil:
		r.hear(response)
		// A queued run has looked at no file yet and will see all there are. One
		// in progress began before the request, which the server then ignores.
		if r.known.Status == statusInProgress {
			return true, repeatableError{errors.New("another sync of the storage was running, and the server ignores a request for a second one")}
		}
		return true, nil
	case labelstudio.IsResponseLost(err) && ctx.Err() == nil:
		r.unheard = err
		return false, r.findStarted(ctx, attempts, err)
	case failedInside(err):
		return true, r.findBroken(ctx, attempts, err)
	default:
		return false, err
	}
}

// findBroken looks for a run that was cut off in its request: one that loses its
// database ends with an error, but can't note that, and stays in progress. Any other
// error is the result.
func (r *run) findBroken(ctx context.Context, attempts int64, failure error) error {
	if err := r.look(ctx); err != nil {
		return err
	}
	if r.known.Running() && r.known.Notes.Attempts > attempts {
		return nil
	}
	return failure
}

// findStarted looks for the run that a request has started whose response was
// lost. The server may take a while to begin with it.
func (r *run) findStarted(ctx context.Context, attempts int64, lost error) error {
	for wait := firstPause; wait < lastPause; wait *= 2 {
		if err := labelstudio.Pause(ctx, wait); err != nil {
			return err
		}
		if err := r.look(ctx); err != nil {
			return err
		}
		if r.known.Notes.Attempts > attempts {
			return nil
		}
		if r.known.Running() {
			break
		}
	}
	return repeatableError{lost}
}

// hear remembers the storage as the server describes it.
func (r *run) hear(storage labelstudio.Object) {
	r.newest, r.known, r.unheard = storage, LastOf(storage), nil
}

// ask asks for the storage.
func (r *run) ask(ctx context.Context) error {
	storage, err := r.Client.Get(ctx, r.Collection, r.ID)
	if err == nil {
		r.hear(storage)
	}
	return err
}

// look asks for the storage until the server answers.
func (r *run) look(ctx context.Context) error {
	return r.patiently(ctx, func() error { return r.ask(ctx) })
}

// patiently repeats a question until the server answers.
func (r *run) patiently(ctx context.Context, ask func() error) error {
	for since := time.Now(); ; {
		err := ask()
		if err == nil || ctx.Err() != nil || time.Since(since) > outage || !passes(err) {
			return err
		}
		r.unheard = err
		if err := labelstudio.Pause(ctx, lastPause); err != nil {
			return err
		}
	}
}

// follow polls until the run has ended. If it has died, the error is repeatable.
func (r *run) follow(ctx context.Context) error {
	heard := time.Now()
	for range polls(ctx, promptly) {
		before := r.known.raw
		if err := r.look(ctx); err != nil {
			return err
		}
		if r.known.raw != before {
			heard = time.Now()
		}
		silent := time.Since(heard) > silence
		switch {
		case !r.known.Running() && !r.known.givenUp():
			return nil
		case !silent:
		case r.known.givenUp():
			return repeatableError{r.known.failure()}
		default:
			if err := r.examine(ctx); err != nil {
				return err
			}
			heard = time.Now()
		}
	}
	return ctx.Err()
}

// examine lists the storages of the project, which makes the server check their runs.
// The server also gives up runs that are only slow, so a run that it has given up is
// followed for some more time, and a later success counts.
func (r *run) examine(ctx context.Context) error {
	for storage, err := range r.Client.List(ctx, r.Collection, labelstudio.InProject(r.Project)) {
		if err != nil {
			return err
		}
		if storage.ID() == r.ID {
			r.hear(storage)
		}
	}
	return nil
}

// tasks is the number of the project's tasks, by which a round has got further
// or not.
func (r *run) tasks(ctx context.Context) int64 {
	project, err := r.Client.Get(ctx, labelstudio.Projects, r.Project)
	if err != nil {
		return 0
	}
	return project.Int("task_number")
}

// passes tells whether the server may be able to answer later.
func passes(err error) bool {
	failed, ok := errors.AsType[*labelstudio.Error](err)
	return ok && (failed.Status == 0 || failed.Status == http.StatusTooManyRequests || failedInside(err))
}

// failedInside tells that the server, or a gateway in front of it, has failed.
func failedInside(err error) bool {
	return labelstudio.StatusOf(err) >= http.StatusInternalServerError
}
