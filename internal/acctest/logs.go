package acctest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-log/tflogtest"
	"github.com/hashicorp/terraform-plugin-log/tfsdklogtest"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/program"
)

// traceLogs makes Terraform and the provider log all that they can, one file a
// test, into a folder that the next run empties.
func traceLogs() error {
	folder, err := logFolder()
	if err != nil {
		return err
	}
	if err := os.RemoveAll(folder); err != nil {
		return err
	}
	return errors.Join(os.MkdirAll(folder, 0o750),
		os.Setenv("TF_LOG", "TRACE"), os.Setenv("TF_ACC_LOG", "TRACE"), os.Setenv("TF_LOG_PATH_MASK", filepath.Join(folder, "%s.log")))
}

func logFolder() (string, error) {
	root, err := program.Root()
	return filepath.Join(root, ".cache", "acceptance", "logs"), err
}

// JWT matches personal access tokens and access tokens, whose first two parts are JSON
// objects.
var JWT = regexp.MustCompile(`eyJ[\w-]+\.eyJ[\w-]+`)

// secretsInLogs are the logs of the tests in which a token stands.
func secretsInLogs(secrets ...string) error {
	folder, err := logFolder()
	if err != nil {
		return err
	}
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil {
		return err
	}
	var found []error
	for _, file := range files {
		log, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		leaks := JWT.Match(log)
		for _, secret := range secrets {
			leaks = leaks || secret != "" && bytes.Contains(log, []byte(secret))
		}
		if leaks {
			found = append(found, fmt.Errorf("a token stands in the log %s", file))
		}
	}
	return errors.Join(found...)
}

// ProviderLog is the file that instances and providers in this process log into.
func (s *Server) ProviderLog() string {
	s.T.Helper()
	return logFile(s.T, "provider")
}

func logFile(t *testing.T, of string) string {
	t.Helper()
	folder, err := logFolder()
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(folder, strings.ReplaceAll(t.Name(), "/", "_")+"-"+of+".log")
}

// logging is a context in which the provider and its framework log all that they can.
func (s *Server) logging() context.Context {
	s.T.Helper()
	log, err := os.OpenFile(s.ProviderLog(), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		s.T.Fatal(err)
	}
	s.T.Cleanup(func() { _ = log.Close() })
	return tflogtest.RootLogger(tfsdklogtest.RootLogger(s.T.Context(), log), log)
}
