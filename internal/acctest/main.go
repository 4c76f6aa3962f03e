package acctest

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/cloud"
)

// Clouds are what storages read from and write to. A server of the user's could not
// reach them: there are none then.
var Clouds *cloud.Clouds

// Main runs the tests of a package, as its TestMain. With TF_ACC it starts what they
// share, and looks for tokens in all logs in the end.
func Main(m *testing.M) {
	if os.Getenv(resource.EnvTfAcc) == "" {
		os.Exit(m.Run())
	}
	// A test that waits for a server should not keep others from theirs: lentServers and
	// ownServers say what runs at once.
	flag.Parse()
	if err := flag.Set("test.parallel", "1000"); err != nil {
		panic(err)
	}
	code, err := run(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = max(code, 1)
	}
	os.Exit(code)
}

func run(m *testing.M) (code int, err error) {
	if err := traceLogs(); err != nil {
		return 0, err
	}
	stop, err := startShared(context.Background())
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, stop()) }()
	first := servers.started[0]
	// All servers that are started here have the same tokens. A token in the
	// configuration would stand in the log of the test framework.
	if err := os.Setenv("LABEL_STUDIO_API_KEY", tokenOf(first)); err != nil {
		return 0, err
	}
	code = m.Run()
	return code, secretsInLogs(first.LegacyToken, first.PersonalAccessToken)
}

// startShared sets Clouds and servers. A server of the user's could not reach the
// clouds of this machine.
func startShared(ctx context.Context) (stop func() error, err error) {
	if os.Getenv("LABEL_STUDIO_URL") != "" {
		if servers, err = openPool(ctx, labelstudiotest.Options{}); err != nil {
			return nil, err
		}
		return servers.stop, nil
	}
	if Clouds, err = cloud.StartAll(ctx); err != nil {
		return nil, err
	}
	servers, err = openPool(ctx, labelstudiotest.Options{Env: append(Clouds.Env(), cloud.UnmaskS3Errors)})
	if err != nil {
		return nil, errors.Join(err, Clouds.Stop())
	}
	return func() error { return errors.Join(servers.stop(), Clouds.Stop()) }, nil
}
