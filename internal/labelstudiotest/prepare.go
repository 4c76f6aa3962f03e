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

// prepare makes the data folder that each server starts from a copy of: the
// migrations take 20 seconds, a start on a migrated folder 3.
func (i installation) prepare(ctx context.Context) error {
	if _, err := os.Stat(i.data()); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	scratch := i.data() + ".unfinished"
	if err := os.RemoveAll(scratch); err != nil {
		return err
	}
	if err := os.MkdirAll(scratch, 0o750); err != nil {
		return err
	}
	server := i.server(scratch)
	server.DocumentRoot = scratch
	if err := server.start(ctx, func() *exec.Cmd { return server.attached(ctx, nil) }); err != nil {
		return err
	}
	defer server.process.kill()

	var token struct{ Token string }
	if _, err := server.Do(ctx, http.MethodPost, "/api/token/", nil, &token); err != nil {
		return err
	}
	// The server makes the policy when it first needs it. Among many requests at once
	// it finds SQLite locked then, and answers 500.
	if _, err := server.Do(ctx, http.MethodGet, "/api/session-policy/", nil, nil); err != nil {
		return err
	}
	server.process.stop()
	if err := os.WriteFile(filepath.Join(scratch, patFile), []byte(token.Token), 0o600); err != nil {
		return err
	}
	return os.Rename(scratch, i.data())
}

// copyData gives a server its own copy of the prepared data folder.
func (i installation) copyData(folder string) error {
	return os.CopyFS(folder, os.DirFS(i.data()))
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
		installation:        i,
		data:                data,
	}
}
