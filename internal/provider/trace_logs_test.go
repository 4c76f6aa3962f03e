package provider_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest"
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
	root, err := labelstudiotest.Root()
	return filepath.Join(root, ".cache", "acceptance", "logs"), err
}

// Personal access tokens and access tokens are JWTs, whose two first parts are
// JSON objects.
var jwt = regexp.MustCompile(`eyJ[\w-]+\.eyJ[\w-]+`)

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
		leaks := jwt.Match(log)
		for _, secret := range secrets {
			leaks = leaks || secret != "" && bytes.Contains(log, []byte(secret))
		}
		if leaks {
			found = append(found, fmt.Errorf("a token stands in the log %s", file))
		}
	}
	return errors.Join(found...)
}

// log is where terraform writes its log.
func (tf *cli) log() string {
	tf.t.Helper()
	folder, err := logFolder()
	if err != nil {
		tf.t.Fatal(err)
	}
	return filepath.Join(folder, strings.ReplaceAll(tf.t.Name(), "/", "_")+"-cli.log")
}
