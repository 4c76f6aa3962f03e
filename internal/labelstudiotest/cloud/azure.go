package cloud

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
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

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/program"
)

var azurite = program.Packages{Name: "azurite", Result: "node_modules/azurite/dist/src/blob/main.js", Install: program.FromNpm}

// Azure is Azurite, where Label Studio expects the real Azure: see azureRoute.
type Azure struct {
	*program.Program

	AccountName, AccountKey string

	route  *azureRoute
	client *http.Client
}

// startAzure starts a server of Azure's blobs. ctx bounds the start only.
func startAzure(ctx context.Context) (*Azure, error) {
	folder, err := azurite.Installed(ctx)
	if err != nil {
		return nil, err
	}
	key := make([]byte, 64)
	_, _ = rand.Read(key) // never fails
	a := &Azure{AccountName: "labelstudiotest", AccountKey: base64.StdEncoding.EncodeToString(key)}
	if a.route, err = newAzureRoute(); err != nil {
		return nil, err
	}
	a.client = a.route.client()
	a.Program, err = program.Start(ctx, azurite.Name, func(p *program.Program) []string {
		a.route.to.Store(p.Address())
		return []string{
			"env", "AZURITE_ACCOUNTS=" + a.AccountName + ":" + a.AccountKey,
			"node", filepath.Join(folder, azurite.Result),
			"--blobHost", "127.0.0.1", "--blobPort", strconv.Itoa(p.Port), "--location", p.Folder,
			"--cert", a.route.certificate, "--key", a.route.key,
			// The server's SDK is newer than Azurite.
			"--skipApiVersionCheck", "--silent", "--disableTelemetry",
		}
	}, func(ctx context.Context, _ *program.Program) error {
		_, err := a.send(ctx, http.MethodGet, "/", url.Values{"comp": {"list"}}, "")
		return err
	})
	if err != nil {
		return nil, errors.Join(err, a.route.close())
	}
	return a, nil
}

// Stop ends the server and removes all that it holds.
func (a *Azure) Stop() error { return errors.Join(a.Program.Stop(), a.route.close()) }

// Kind is azure.
func (a *Azure) Kind() string { return "azure" }

// Env leads the server to Azurite. The variables are those of Python's requests;
// nothing else that tests ask of Label Studio goes over HTTPS.
func (a *Azure) Env() []string {
	return []string{"HTTPS_PROXY=" + a.route.proxy.URL, "REQUESTS_CA_BUNDLE=" + a.route.authority}
}

// NewBucket makes an empty container for the test, with the account.
func (a *Azure) NewBucket(tb testing.TB) *Bucket {
	tb.Helper()
	name := bucketName()
	return newBucket(tb, a, name, map[string]any{
		"container":    name,
		"account_name": a.AccountName,
		"account_key":  a.AccountKey,
	})
}

// send makes a request with a shared access signature of the account.
func (a *Azure) send(ctx context.Context, method, path string, query url.Values, body string) (string, error) {
	signature, err := a.sharedAccess()
	if err != nil {
		return "", err
	}
	address := fmt.Sprintf("https://%s.blob.core.windows.net%s?%s&%s", a.AccountName, path, query.Encode(), signature.Encode())
	return exchange(ctx, a.client, method, address, body, func(request *http.Request) error {
		request.Header.Set("X-Ms-Blob-Type", "BlockBlob")
		return nil
	})
}

// sharedAccess allows everything for an hour. Its one signature replaces that of
// each request, which is a page long.
func (a *Azure) sharedAccess() (url.Values, error) {
	const version, services, types, permissions, protocol = "2018-11-09", "b", "sco", "rwdlac", "https"
	expiry := time.Now().Add(time.Hour).UTC().Format(time.RFC3339)
	key, err := base64.StdEncoding.DecodeString(a.AccountKey)
	if err != nil {
		return nil, err
	}
	mac := hmac.New(sha256.New, key)
	const start, address = "", ""
	fields := []string{a.AccountName, permissions, services, types, start, expiry, address, protocol, version, ""}
	_, _ = mac.Write([]byte(strings.Join(fields, "\n"))) // never fails
	return url.Values{
		"sv": {version}, "ss": {services}, "srt": {types}, "sp": {permissions}, "se": {expiry}, "spr": {protocol},
		"sig": {base64.StdEncoding.EncodeToString(mac.Sum(nil))},
	}, nil
}

var ofContainer = url.Values{"restype": {"container"}}

func (a *Azure) create(ctx context.Context, container string) error {
	_, err := a.send(ctx, http.MethodPut, "/"+container, ofContainer, "")
	return err
}

func (a *Azure) put(ctx context.Context, container, key, content string) error {
	_, err := a.send(ctx, http.MethodPut, "/"+container+"/"+key, nil, content)
	return err
}

func (a *Azure) keys(ctx context.Context, container string) ([]string, error) {
	answer, err := a.send(ctx, http.MethodGet, "/"+container, url.Values{"restype": {"container"}, "comp": {"list"}}, "")
	if err != nil {
		return nil, err
	}
	var list struct {
		Keys []string `xml:"Blobs>Blob>Name"`
	}
	err = xml.Unmarshal([]byte(answer), &list)
	return list.Keys, err
}

func (a *Azure) get(ctx context.Context, container, key string) (string, error) {
	return a.send(ctx, http.MethodGet, "/"+container+"/"+key, nil, "")
}

func (a *Azure) remove(ctx context.Context, container string) error {
	_, err := a.send(ctx, http.MethodDelete, "/"+container, ofContainer, "")
	return err
}
