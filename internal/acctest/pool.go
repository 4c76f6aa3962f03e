package acctest

import (
	"context"
	"errors"
	"os"
	"sync"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest"
)

const (
	// lentServers is how many servers the tests share at most. Two tests keep two cores
	// busy; one more fills the gaps in which they wait.
	lentServers = 3
	// ownServers is how many tests may have a server of their own at once. Most of them
	// wait for a server to give something up.
	ownServers = 4
)

// A pool lends servers to tests, each to one test at a time: SQLite makes two projects
// of one when several processes create projects at once. It starts a server when a
// test finds none free.
type pool struct {
	start func(context.Context) (*labelstudiotest.Server, error)
	free  chan *labelstudiotest.Server
	// vacant has an entry for each server that may still be started.
	vacant chan struct{}

	mutex   sync.Mutex
	started []*labelstudiotest.Server
}

var (
	// servers are those that Start takes from.
	servers *pool
	// own has an entry for each server that runs for one test alone.
	own = make(chan struct{}, ownServers)
)

// openPool opens the pool and starts its first server. With LABEL_STUDIO_URL it holds the
// server there alone.
func openPool(ctx context.Context, options labelstudiotest.Options) (*pool, error) {
	p := &pool{
		start:  func(ctx context.Context) (*labelstudiotest.Server, error) { return labelstudiotest.Start(ctx, options) },
		free:   make(chan *labelstudiotest.Server, lentServers),
		vacant: make(chan struct{}, lentServers),
	}
	if os.Getenv("LABEL_STUDIO_URL") != "" {
		p.start = labelstudiotest.Open
	} else {
		for range lentServers - 1 {
			p.vacant <- struct{}{}
		}
	}
	first, err := p.startOne(ctx)
	if err != nil {
		return nil, err
	}
	p.giveBack(first)
	return p, nil
}

func (p *pool) take(ctx context.Context) (*labelstudiotest.Server, error) {
	select {
	case server := <-p.free:
		return server, nil
	default:
	}
	select {
	case server := <-p.free:
		return server, nil
	case <-p.vacant:
		return p.startOne(ctx)
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (p *pool) startOne(ctx context.Context) (*labelstudiotest.Server, error) {
	server, err := p.start(ctx)
	if err != nil {
		return nil, err
	}
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.started = append(p.started, server)
	return server, nil
}

func (p *pool) giveBack(server *labelstudiotest.Server) { p.free <- server }

func (p *pool) stop() error {
	var failed []error
	for _, server := range p.started {
		failed = append(failed, server.Stop())
	}
	return errors.Join(failed...)
}

// takeOwn waits until the test may start a server for itself.
func takeOwn(t *testing.T) {
	t.Helper()
	select {
	case own <- struct{}{}:
		t.Cleanup(func() { <-own })
	case <-t.Context().Done():
		t.Fatal(t.Context().Err())
	}
}
