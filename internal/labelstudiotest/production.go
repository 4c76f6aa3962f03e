package labelstudiotest

import (
	"context"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/program"
)

// beginProduction starts all that the stack is made of, from the back to the front.
func (s *Server) beginProduction(ctx context.Context, options Options) (err error) {
	if s.Database, err = copyPostgres(ctx, clusterIn(s.installation.prepared())); err != nil {
		return err
	}
	if s.Stack == Worker {
		if err := s.startQueue(ctx); err != nil {
			return err
		}
	}
	if s.port, err = program.FreePort(ctx); err != nil {
		return err
	}
	if s.gateway, err = StartGateway(ctx, s.address()); err != nil {
		return err
	}
	s.URL = s.gateway.URL()
	if err := s.run(ctx, s.uwsgi(ctx, options)); err != nil {
		return err
	}
	if s.Stack == Worker {
		_, err = s.StartWorker(ctx, options.Env...)
	}
	return err
}

// restartProduction starts web server and workers again. The rest goes on.
func (s *Server) restartProduction(ctx context.Context, options Options) error {
	if err := s.run(ctx, s.uwsgi(ctx, options)); err != nil {
		return err
	}
	for _, worker := range s.Workers {
		worker.Halt()
		worker.env = options.Env
		if err := worker.Resume(ctx); err != nil {
			return err
		}
	}
	return nil
}
