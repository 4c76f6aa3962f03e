package storage

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

const (
	firstPause = time.Second
	lastPause  = 10 * time.Second
	// silence is how long a run may change nothing before it is taken for dead.
	// A run that lives writes something every 5 seconds.
	silence = 30 * time.Second
	// outage is how long the server may fail to tell how a run is getting on.
	outage = 2 * time.Minute
	// idleRounds is how many syncs in a row may bring nothing.
	idleRounds = 4
)

// run is a sync of one storage. An answer to the request that starts it says
// little: a failure has status 200, and a request that was cut off may have
// started a run all the same. So what counts is what the storage says of it.
type run struct {
	kind

	client  *labelstudio.Client
	id      int64
	project int64
	wait    bool
	timeout time.Duration
	// known is the last that was heard of the storage's syncs.
	known syncState
}

func (k kind) run(server crud.Server, state types.Object, timeout time.Duration) *run {
	attributes := state.Attributes()
	return &run{
		kind:    k,
		client:  server.Client,
		id:      crud.ID(state),
		project: object.Int64Of(attributes["project"]),
		wait:    object.BoolOf(attributes["wait_for_sync"]),
		timeout: timeout,
		known: syncState{
			status: object.StringOf(attributes["status"]),
			notes:  parseNotes([]byte(object.StringOf(attributes["meta"]))),
		},
	}
}

// toEnd syncs the storage and follows the sync to its end. It returns the newest answer
// of the server, also with an error.
func (r *run) toEnd(ctx context.Context) (labelstudio.Object, error) {
	release, err := r.client.SyncTurn(ctx, r.project)
	if err != nil {
		return nil, errors.New("the apply was interrupted before the sync had its turn")
	}
	defer release()
	turn, cancel := context.WithTimeout(ctx, r.timeout)
	defer cancel()

	newest, err := r.rounds(turn)
	switch {
	case err == nil:
		return newest, nil
	case ctx.Err() != nil:
		return newest, errors.New("the apply was interrupted; the server goes on with a sync that it has started")
	case turn.Err() == nil:
		return newest, err
	case r.known.status == statusQueued:
		return newest, fmt.Errorf("the sync was still queued after %s: no Redis worker has taken the job. Check that a worker for the queue \"low\" runs (`label-studio rqworker low`), or raise timeouts", r.timeout)
	default:
		return newest, fmt.Errorf("the sync had not ended after %s; its state is %q, and the server goes on with it. Raise timeouts if the storage holds that much", r.timeout, r.known.status)
	}
}

// rounds starts a sync until one has ended that was started by it.
func (r *run) rounds(ctx context.Context) (labelstudio.Object, error) {
	if r.wait && r.known.running() {
		// SQLite servers start a second run beside the first, others ignore the request.
		if _, _, err := r.follow(ctx); err != nil {
			return nil, err
		}
	}
	var newest labelstudio.Object
	tasks := int64(-1)
	for idle := 0; ; idle++ {
		answer, ours, err := r.start(ctx)
		if answer != nil {
			newest = answer
		}
		if err != nil {
			return newest, err
		}
		if !r.wait {
			if ours {
				return newest, r.failure()
			}
			return newest, errors.New("the server did not start the sync, because another one was under way or the request was cut off")
		}
		died := false
		if r.known.running() {
			if newest, died, err = r.follow(ctx); err != nil {
				return newest, err
			}
		}
		failure := r.failure()
		if ours && !died && !errors.Is(failure, errLocked) {
			return newest, failure
		}
		// Files that were imported are skipped by the next round, so it goes on
		// as long as the rounds get further.
		if now := r.tasks(ctx); now > tasks {
			tasks, idle = now, 0
		}
		if idle == idleRounds {
			return newest, errors.Join(failure, errors.New("the sync was started several times and got no further: either other syncs of the storage were always under way, or the server ends it each time"))
		}
		if err := crud.Pause(ctx, time.Duration(1+idle)*firstPause); err != nil {
			return newest, err
		}
	}
}

// start asks for a sync and tells whether the last run that the server knows of
// is the one that was asked for.
func (r *run) start(ctx context.Context) (answer labelstudio.Object, ours bool, err error) {
	attempts := r.known.notes.Attempts
	answer, err = r.client.Sync(ctx, r.collection, r.id)
	switch {
	case err == nil:
		r.known = stateOfSync(answer)
		// A queued run has looked at no file yet and will see all there are. One
		// in progress began before the request, which the server then ignores.
		return answer, r.known.status != statusInProgress, nil
	case labelstudio.IsAnswerLost(err) && ctx.Err() == nil:
		if answer, err = r.look(ctx); err != nil {
			return answer, false, err
		}
		return answer, r.known.notes.Attempts > attempts, nil
	default:
		return nil, false, err
	}
}

// look asks for the storage until the server answers.
func (r *run) look(ctx context.Context) (labelstudio.Object, error) {
	for since := time.Now(); ; {
		answer, err := r.client.Get(ctx, r.collection, r.id)
		if err == nil {
			r.known = stateOfSync(answer)
			return answer, nil
		}
		if ctx.Err() != nil || time.Since(since) > outage || !serverFault(err) {
			return nil, err
		}
		if err := crud.Pause(ctx, lastPause); err != nil {
			return nil, err
		}
	}
}

// follow polls until the run has ended or died.
func (r *run) follow(ctx context.Context) (newest labelstudio.Object, died bool, err error) {
	heard, examined := time.Now(), false
	for wait := firstPause; ; wait = min(wait*3/2, lastPause) {
		if err := crud.Pause(ctx, wait); err != nil {
			return newest, false, err
		}
		before := r.known
		if newest, err = r.look(ctx); err != nil {
			return nil, false, err
		}
		if r.known.raw != before.raw {
			heard, examined = time.Now(), false
		}
		silent := time.Since(heard) > silence
		switch {
		case !r.known.running() && !examined:
			return newest, false, nil
		case !r.known.running() && silent:
			return newest, true, nil
		case silent:
			if err := r.examine(ctx); err != nil {
				return newest, false, err
			}
			heard, examined = time.Now(), true
		}
	}
}

// examine makes the server look after the runs of the project: only a list does.
// It takes a run for dead that is only slow, too, so a run that it has declared
// failed is followed for another while, and a later success wins.
func (r *run) examine(ctx context.Context) error {
	for answer, err := range r.client.List(ctx, r.collection, ofProject(r.project)) {
		if err != nil {
			return err
		}
		if answer.ID() == r.id {
			r.known = stateOfSync(answer)
		}
	}
	return nil
}

// tasks is the number of the project's tasks, by which a round has got further
// or not.
func (r *run) tasks(ctx context.Context) int64 {
	answer, err := r.client.Get(ctx, labelstudio.Projects, r.project)
	if err != nil {
		return 0
	}
	return answer.Int("task_number")
}

// errLocked is a sync that was lost to another write. SQLite serves one at a time.
var errLocked = errors.New("database is locked")

// failure is why the run that has ended did not succeed.
func (r *run) failure() error {
	if r.known.status != statusFailed {
		return nil
	}
	cause := lastLine(r.known.traceback)
	if strings.HasSuffix(cause, errLocked.Error()) {
		return fmt.Errorf("the server's %w", errLocked)
	}
	if cause == "" {
		cause = "the server gives no reason"
	}
	return errors.New(cause)
}

// lastLine is the line of a Python traceback that says what happened.
func lastLine(traceback string) string {
	lines := strings.Split(strings.TrimSpace(traceback), "\n")
	return strings.TrimSpace(lines[len(lines)-1])
}

// serverFault tells whether the server may be able to answer later.
func serverFault(err error) bool {
	var answer *labelstudio.Error
	return errors.As(err, &answer) && (answer.Status == 0 || answer.Status >= 500)
}
