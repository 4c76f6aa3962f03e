// Package cloud starts the storage servers that a Label Studio in tests reads from and
// writes to: S3, Google Cloud Storage, Azure Blob Storage and Redis.
package cloud

import (
	"context"
	"errors"
	"sync"
	"testing"
)

// A Cloud is a storage server that storages of one kind read from and write to. It
// lives until Stop, or until this process ends in whatever way.
type Cloud interface {
	// Kind is what the storages API calls it: s3, gcs, azure or redis.
	Kind() string
	// Env is what a Label Studio needs in its environment to reach it.
	Env() []string
	// NewBucket makes an empty bucket for the test.
	NewBucket(tb testing.TB) *Bucket
	Stop() error
}

// Clouds are a storage server of each kind. One Label Studio reaches them all:
//
//	server, err := labelstudiotest.Start(ctx, labelstudiotest.Options{Env: clouds.Env()})
type Clouds struct {
	S3    *S3
	GCS   *GCS
	Azure *Azure
	Redis *Redis
	// OpenS3 is another S3 server, which takes any key.
	OpenS3 *S3
}

// UnmaskS3Errors in a server's environment makes it show the errors of S3 servers at
// this machine. By default it hides all that come from outside of amazonaws.com.
// (The empty entry is the domain of an IP address.)
const UnmaskS3Errors = "S3_TRUSTED_STORAGE_DOMAINS=,amazonaws.com"

// StartAll starts a storage server of each kind. ctx bounds the start only.
func StartAll(ctx context.Context) (*Clouds, error) {
	var c Clouds
	var failed [5]error
	var all sync.WaitGroup
	all.Go(func() { c.S3, failed[0] = startS3(ctx) })
	all.Go(func() { c.GCS, failed[1] = startGCS(ctx) })
	all.Go(func() { c.Azure, failed[2] = startAzure(ctx) })
	all.Go(func() { c.Redis, failed[3] = StartRedis(ctx) })
	all.Go(func() { c.OpenS3, failed[4] = startOpenS3(ctx) })
	all.Wait()
	if err := errors.Join(failed[:]...); err != nil {
		return nil, errors.Join(err, c.Stop())
	}
	return &c, nil
}

// All are those that run, one of each kind.
func (c *Clouds) All() []Cloud {
	var all []Cloud
	if c.S3 != nil {
		all = append(all, c.S3)
	}
	if c.GCS != nil {
		all = append(all, c.GCS)
	}
	if c.Azure != nil {
		all = append(all, c.Azure)
	}
	if c.Redis != nil {
		all = append(all, c.Redis)
	}
	return all
}

// Env is what a Label Studio needs in its environment to reach all of them.
func (c *Clouds) Env() []string {
	var env []string
	for _, one := range c.All() {
		env = append(env, one.Env()...)
	}
	return env
}

// Stop ends them and removes all that they hold.
func (c *Clouds) Stop() error {
	var failed []error
	for _, one := range c.All() {
		failed = append(failed, one.Stop())
	}
	if c.OpenS3 != nil {
		failed = append(failed, c.OpenS3.Stop())
	}
	return errors.Join(failed...)
}
