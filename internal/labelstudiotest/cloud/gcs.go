package cloud

import (
	"context"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/program"
)

var fakeGCSServer = program.Packages{Name: "fake-gcs-server", Result: "fake-gcs-server", Install: program.FromGo}

// GCS is fake-gcs-server, and an endpoint that hands out access tokens to who has the
// key of the service account. The server itself takes any token, and none.
type GCS struct {
	*program.Program

	// ServiceAccount is the JSON text that buckets of NewBucket come with.
	ServiceAccount string

	tokens *httptest.Server
}

// startGCS starts a Google Cloud Storage server. ctx bounds the start only.
func startGCS(ctx context.Context) (*GCS, error) {
	folder, err := fakeGCSServer.Installed(ctx)
	if err != nil {
		return nil, err
	}
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return nil, err
	}
	p, err := program.Start(ctx, fakeGCSServer.Name, func(p *program.Program) []string {
		return []string{
			filepath.Join(folder, fakeGCSServer.Result),
			"-backend", "memory", "-scheme", "http", "-host", "127.0.0.1", "-port", strconv.Itoa(p.Port),
			"-public-host", p.Address(), "-external-url", p.URL(),
		}
	}, func(ctx context.Context, p *program.Program) error {
		_, err := exchange(ctx, http.DefaultClient, http.MethodGet, p.URL()+"/storage/v1/b", "", asIs)
		return err
	})
	if err != nil {
		return nil, err
	}
	g := &GCS{Program: p, tokens: httptest.NewServer(tokenEndpoint(&key.PublicKey))}
	if g.ServiceAccount, err = g.NewServiceAccount(key); err != nil {
		return nil, errors.Join(err, g.Stop())
	}
	return g, nil
}

// NewServiceAccount is the JSON text of a service account with the key. Only
// that of ServiceAccount gets tokens.
func (g *GCS) NewServiceAccount(key *rsa.PrivateKey) (string, error) {
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return "", err
	}
	text, err := json.Marshal(map[string]string{
		"type":           "service_account",
		"project_id":     "test",
		"private_key_id": "test",
		"private_key":    string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})),
		"client_email":   "test@test.iam.gserviceaccount.com",
		"client_id":      "1",
		"token_uri":      g.tokens.URL,
	})
	return string(text), err
}

// tokenEndpoint answers as Google's does: a token for an assertion that the key has
// signed.
func tokenEndpoint(key *rsa.PublicKey) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		assertion := r.FormValue("assertion")
		dot := strings.LastIndexByte(assertion, '.')
		signature, err := base64.RawURLEncoding.DecodeString(assertion[dot+1:])
		digest := sha256.Sum256([]byte(assertion[:max(dot, 0)]))
		if err != nil || rsa.VerifyPKCS1v15(key, crypto.SHA256, digest[:], signature) != nil {
			w.WriteHeader(http.StatusBadRequest)
			_, _ = io.WriteString(w, `{"error": "invalid_grant", "error_description": "Invalid JWT Signature."}`)
			return
		}
		_, _ = io.WriteString(w, `{"access_token": "t", "token_type": "Bearer", "expires_in": 3600}`)
	})
}

// Stop ends the server and removes all that it holds.
func (g *GCS) Stop() error {
	g.tokens.Close()
	return g.Program.Stop()
}

// Kind is gcs.
func (g *GCS) Kind() string { return "gcs" }

// Env points all storages of the kind at the server: they have no field for it.
func (g *GCS) Env() []string { return []string{"STORAGE_EMULATOR_HOST=" + g.URL()} }

// NewBucket makes an empty bucket for the test, with a service account.
func (g *GCS) NewBucket(tb testing.TB) *Bucket {
	tb.Helper()
	name := bucketName()
	return newBucket(tb, g, name, map[string]any{
		"bucket":                         name,
		"google_application_credentials": g.ServiceAccount,
	})
}

func (g *GCS) send(ctx context.Context, method, path, body string) (string, error) {
	return exchange(ctx, http.DefaultClient, method, g.URL()+path, body, asIs)
}

func (g *GCS) create(ctx context.Context, bucket string) error {
	_, err := g.send(ctx, http.MethodPost, "/storage/v1/b?project=test", `{"name": "`+bucket+`"}`)
	return err
}

func (g *GCS) put(ctx context.Context, bucket, key, content string) error {
	_, err := g.send(ctx, http.MethodPost, "/upload/storage/v1/b/"+bucket+"/o?uploadType=media&name="+url.QueryEscape(key), content)
	return err
}

func (g *GCS) keys(ctx context.Context, bucket string) ([]string, error) {
	answer, err := g.send(ctx, http.MethodGet, "/storage/v1/b/"+bucket+"/o", "")
	if err != nil {
		return nil, err
	}
	var list struct{ Items []struct{ Name string } }
	if err := json.Unmarshal([]byte(answer), &list); err != nil {
		return nil, err
	}
	var keys []string
	for _, item := range list.Items {
		keys = append(keys, item.Name)
	}
	return keys, nil
}

func (g *GCS) get(ctx context.Context, bucket, key string) (string, error) {
	return g.send(ctx, http.MethodGet, "/storage/v1/b/"+bucket+"/o/"+url.PathEscape(key)+"?alt=media", "")
}

func (g *GCS) remove(ctx context.Context, bucket string) error {
	keys, err := g.keys(ctx, bucket)
	if err != nil {
		return err
	}
	for _, key := range keys {
		if _, err := g.send(ctx, http.MethodDelete, "/storage/v1/b/"+bucket+"/o/"+url.PathEscape(key), ""); err != nil {
			return err
		}
	}
	_, err = g.send(ctx, http.MethodDelete, "/storage/v1/b/"+bucket, "")
	return err
}
