package cloud

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/program"
)

var moto = program.Packages{Name: "moto", Result: "venv/bin/python", Install: program.FromPip}

// S3 is moto. It lets nobody in without a right signature.
type S3 struct {
	*program.Program

	// fullAccess is the key that buckets of NewBucket come with.
	fullAccess AccessKey
	// ReadOnly is a key that may list and read, but not write.
	ReadOnly AccessKey
}

// An AccessKey is a key of AWS.
type AccessKey struct {
	ID     string `xml:"CreateAccessKeyResult>AccessKey>AccessKeyId"`
	Secret string `xml:"CreateAccessKeyResult>AccessKey>SecretAccessKey"`
}

// startS3 starts an S3 server. ctx bounds the start only.
func startS3(ctx context.Context) (*S3, error) {
	folder, err := moto.Installed(ctx)
	if err != nil {
		return nil, err
	}
	p, err := program.Start(ctx, moto.Name, func(p *program.Program) []string {
		return []string{filepath.Join(folder, moto.Result), "-m", "moto.server", "-H", "127.0.0.1", "-p", strconv.Itoa(p.Port)}
	}, func(ctx context.Context, p *program.Program) error {
		_, err := exchange(ctx, http.DefaultClient, http.MethodGet, p.URL()+"/moto-api/", "", asIs)
		return err
	})
	if err != nil {
		return nil, err
	}
	s := &S3{Program: p}
	if err := s.lock(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("switching the access control of moto on: %w", err), s.Stop())
	}
	return s, nil
}

// startOpenS3 starts an S3 server that lets everybody in, whatever the key.
func startOpenS3(ctx context.Context) (*S3, error) {
	s, err := startS3(ctx)
	if err != nil {
		return nil, err
	}
	if err := s.unchecked(ctx, "inf"); err != nil {
		return nil, errors.Join(err, s.Stop())
	}
	return s, nil
}

// lock makes the keys and switches access control on, which moto begins without.
func (s *S3) lock(ctx context.Context) error {
	var err error
	if s.fullAccess, err = s.newKey(ctx, "full", "s3:*"); err != nil {
		return err
	}
	if s.ReadOnly, err = s.newKey(ctx, "read-only", "s3:Get*", "s3:List*"); err != nil {
		return err
	}
	return s.unchecked(ctx, "0")
}

// unchecked lets so many requests more in without a look at their keys.
func (s *S3) unchecked(ctx context.Context, requests string) error {
	_, err := exchange(ctx, http.DefaultClient, http.MethodPost, s.URL()+"/moto-api/reset-auth", requests, asIs)
	return err
}

func (s *S3) newKey(ctx context.Context, user string, actions ...string) (AccessKey, error) {
	call := func(action string, parameters url.Values) (string, error) {
		parameters.Set("Action", action)
		parameters.Set("Version", "2010-05-08")
		parameters.Set("UserName", user)
		return s.send(ctx, "iam", http.MethodPost, "/?"+parameters.Encode(), "")
	}
	if _, err := call("CreateUser", url.Values{}); err != nil {
		return AccessKey{}, err
	}
	policy := fmt.Sprintf(`{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["%s"], "Resource": "*"}]}`, strings.Join(actions, `", "`))
	if _, err := call("PutUserPolicy", url.Values{"PolicyName": {user}, "PolicyDocument": {policy}}); err != nil {
		return AccessKey{}, err
	}
	answer, err := call("CreateAccessKey", url.Values{})
	if err != nil {
		return AccessKey{}, err
	}
	var key AccessKey
	err = xml.Unmarshal([]byte(answer), &key)
	return key, err
}

// send makes a signed request of one of moto's services.
func (s *S3) send(ctx context.Context, service, method, path, body string) (string, error) {
	return exchange(ctx, http.DefaultClient, method, s.URL()+path, body, func(request *http.Request) error {
		sum := sha256.Sum256([]byte(body))
		digest := hex.EncodeToString(sum[:])
		request.Header.Set("X-Amz-Content-Sha256", digest)
		key := aws.Credentials{AccessKeyID: s.fullAccess.ID, SecretAccessKey: s.fullAccess.Secret}
		return v4.NewSigner().SignHTTP(ctx, key, request, digest, service, "us-east-1", time.Now())
	})
}

// Kind is s3.
func (s *S3) Kind() string { return "s3" }

// Env is empty: a field of the storage says where the server is.
func (s *S3) Env() []string { return nil }

// NewBucket makes an empty bucket for the test, with the key for full access.
func (s *S3) NewBucket(tb testing.TB) *Bucket {
	tb.Helper()
	name := bucketName()
	return newBucket(tb, s, name, map[string]any{
		"bucket":                name,
		"s3_endpoint":           s.URL(),
		"aws_access_key_id":     s.fullAccess.ID,
		"aws_secret_access_key": s.fullAccess.Secret,
	})
}

func (s *S3) create(ctx context.Context, bucket string) error {
	_, err := s.send(ctx, "s3", http.MethodPut, "/"+bucket, "")
	return err
}

func (s *S3) put(ctx context.Context, bucket, key, content string) error {
	_, err := s.send(ctx, "s3", http.MethodPut, "/"+bucket+"/"+key, content)
	return err
}

func (s *S3) keys(ctx context.Context, bucket string) ([]string, error) {
	answer, err := s.send(ctx, "s3", http.MethodGet, "/"+bucket+"?list-type=2", "")
	if err != nil {
		return nil, err
	}
	var list struct {
		Keys []string `xml:"Contents>Key"`
	}
	err = xml.Unmarshal([]byte(answer), &list)
	return list.Keys, err
}

func (s *S3) get(ctx context.Context, bucket, key string) (string, error) {
	return s.send(ctx, "s3", http.MethodGet, "/"+bucket+"/"+key, "")
}

func (s *S3) remove(ctx context.Context, bucket string) error {
	keys, err := s.keys(ctx, bucket)
	if err != nil {
		return err
	}
	for _, key := range keys {
		if _, err := s.send(ctx, "s3", http.MethodDelete, "/"+bucket+"/"+key, ""); err != nil {
			return err
		}
	}
	_, err = s.send(ctx, "s3", http.MethodDelete, "/"+bucket, "")
	return err
}
