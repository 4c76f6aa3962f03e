package labelstudiotest

import (
	"context"
	"errors"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/progress"
)

// The one user of a fresh server.
const (
	username    = "demo@example.com"
	password    = "label-studio"
	legacyToken = "0123456789abcdef0123456789abcdef01234567"
)

// patFile lies in each data folder. The server shows a personal access token
// once, when it is made, and allows one a user.
const patFile = "personal-access-token"

// prepared is the folder with what each server starts from a copy of.
func (i installation) prepared() string {
	database := "postgres"
	if i.stack == SQLite {
		database = "sqlite"
	}
	return filepath.Join(i.allPrepared(), database)
}

func (i installation) allPrepared() string { return filepath.Join(i.folder, "prepared") }

func dataIn(prepared string) string    { return filepath.Join(prepared, "data") }
func clusterIn(prepared string) string { return filepath.Join(prepared, "cluster") }

// prepare makes the prepared folder: the migrations take 20 seconds, a start after
// them 3.
func (i installation) prepare(ctx context.Context) error {
	if _, err := os.Stat(i.prepared()); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	scratch := i.prepared() + ".unfinished"
	if err := os.RemoveAll(scratch); err != nil {
		return err
	}
	if err := os.MkdirAll(dataIn(scratch), 0o750); err != nil {
		return err
	}
	prepareDatabase := i.preparePostgres
	if i.stack == SQLite {
		prepareDatabase = i.prepareSQLite
	}
	err := progress.Step("Preparing the database of Label Studio (only once)", func() error {
		return prepareDatabase(ctx, scratch)
	})
	if err != nil {
		return err
	}
	return os.Rename(scratch, i.prepared())
}

func (i installation) prepareSQLite(ctx context.Context, folder string) error {
	return i.fill(ctx, dataIn(folder))
}

func (i installation) preparePostgres(ctx context.Context, folder string) error {
	database, err := createPostgres(ctx)
	if err != nil {
		return err
	}
	err = i.fill(ctx, dataIn(folder), database.env()...)
	database.Halt()
	if err == nil {
		err = os.CopyFS(clusterIn(folder), os.DirFS(database.cluster()))
	}
	return errors.Join(err, database.Stop())
}

// fill lets a server go through the migrations and make its user and tokens.
func (i installation) fill(ctx context.Context, data string, env ...string) error {
	// Label Studio would write a random key. It can't read back one that begins with $,
	// because django-environ takes that for the name of another variable: all tokens are
	// invalid after the next start.
	if err := os.WriteFile(filepath.Join(data, ".env"), []byte("SECRET_KEY=acceptance-tests\n"), 0o600); err != nil {
		return err
	}
	server := i.server(data)
	server.DocumentRoot = data
	if err := server.start(ctx, func() *exec.Cmd { return server.attached(ctx, env...) }); err != nil {
		return err
	}
	defer server.process.Stop(syscall.SIGTERM)

	var token struct{ Token string }
	if _, err := server.Do(ctx, http.MethodPost, "/api/token/", nil, &token); err != nil {
		return err
	}
	// The server makes the policy when it first needs it. Among many requests at once
	// it finds SQLite locked then, and answers 500.
	if _, err := server.Do(ctx, http.MethodGet, "/api/session-policy/", nil, nil); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(data, patFile), []byte(token.Token), 0o600)
}

// copyData gives a server its own copy of the prepared data folder.
func (i installation) copyData(folder string) error {
	return os.CopyFS(folder, os.DirFS(dataIn(i.prepared())))
}

// server describes a server on a data folder: all but where its files are.
func (i installation) server(data string) *Server {
	// The prepared folder has the file, the one being prepared does not yet.
	pat, _ := os.ReadFile(filepath.Join(data, patFile))
	return &Server{
		LegacyToken:         legacyToken,
		PersonalAccessToken: strings.TrimSpace(string(pat)),
		Username:            username,
		Password:            password,
		Version:             i.version,
		Stack:               i.stack,
		installation:        i,
		data:                data,
	}
}
