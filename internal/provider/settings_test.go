package provider_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest"
)

// listing asks the server one thing, when it is planned.
const listing = `
data "labelstudio_projects" "all" {}
`

const (
	listingBlock = `data "labelstudio_projects" "all" {}`
	cantList     = "Can't list the projects"
)

// provided is a configuration with these settings alone.
func provided(settings, body string) string {
	return fmt.Sprintf("provider \"labelstudio\" {\n%s\n}\n%s", settings, body)
}

func TestAccSettingsComeFromTheEnvironmentAndTheConfigurationWins(t *testing.T) {
	s := start(t)
	headers := ""
	s.proxy.Inject(labelstudiotest.Fault{Do: labelstudiotest.Before(func(r *http.Request) { headers = r.Header.Get("X-Team") })})
	refused := func(o outcome) { o.fails(listingBlock, cantList, "Invalid token") }
	url := "LABEL_STUDIO_URL=" + s.proxy.URL
	key := "LABEL_STUDIO_API_KEY=" + s.token()
	for name, test := range map[string]struct {
		setting string
		env     []string
		want    func(outcome)
	}{
		"url from the environment":             {"", []string{url}, func(o outcome) { o.succeeds() }},
		"url of the configuration":             {"url = " + quoted(s.proxy.URL), []string{"LABEL_STUDIO_URL=http://127.0.0.1:1"}, func(o outcome) { o.succeeds() }},
		"api_key from the environment":         {"", []string{url, "LABEL_STUDIO_API_KEY=wrong"}, refused},
		"api_key of the configuration":         {`api_key = "wrong"`, []string{url, key}, refused},
		"request_timeout from there":           {"", []string{url, "LABEL_STUDIO_REQUEST_TIMEOUT=1ns"}, func(o outcome) { o.fails(listingBlock, cantList, "request_timeout") }},
		"request_timeout of here":              {`request_timeout = "1m"`, []string{url, "LABEL_STUDIO_REQUEST_TIMEOUT=1ns"}, func(o outcome) { o.succeeds() }},
		"http_headers from there":              {"", []string{url, `LABEL_STUDIO_HTTP_HEADERS={"X-Team": "there"}`}, func(o outcome) { o.succeeds(); expectHeader(t, headers, "there") }},
		"http_headers of here":                 {`http_headers = { X-Team = "here" }`, []string{url, `LABEL_STUDIO_HTTP_HEADERS={"X-Team": "there"}`}, func(o outcome) { o.succeeds(); expectHeader(t, headers, "here") }},
		"an empty variable is as good as none": {"", []string{url, "LABEL_STUDIO_RETRIES=", "LABEL_STUDIO_HTTP_HEADERS=", "LABEL_STUDIO_CA_CERT="}, func(o outcome) { o.succeeds() }},
	} {
		t.Run(name, func(t *testing.T) {
			on := *s
			on.t = t
			settings := "retries = 0\n" + test.setting
			if strings.Contains(strings.Join(test.env, " "), "RETRIES") {
				settings = test.setting
			}
			test.want(on.cli(test.env...).plan(provided(settings, listing)))
		})
	}
}

func expectHeader(t *testing.T, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("the server got the header %q, want %q", got, want)
	}
}

func TestAccSettingsRetriesAndPlanChecksComeFromTheEnvironment(t *testing.T) {
	s := start(t)
	at := "url = " + quoted(s.proxy.URL)
	remove := s.proxy.Inject(labelstudiotest.Fault{Do: overload})
	s.cli("LABEL_STUDIO_RETRIES=1").plan(provided(at, listing)).fails(listingBlock, cantList, "503")
	s.cli("LABEL_STUDIO_RETRIES=1").plan(provided(at+"\nretries = 0", listing)).fails(listingBlock, cantList, "503")
	if got := len(s.proxy.Requests()); got != 3 {
		t.Errorf("got %d requests, want 2 by the environment and 1 by the configuration", got)
	}
	remove()
	s.proxy.Reset()
	s.cli("LABEL_STUDIO_PLAN_CHECKS=false").plan(provided(at, project())).succeeds()
	if got := s.proxy.Requests(); len(got) > 0 {
		t.Errorf("got %v with plan checks switched off by the environment", got)
	}
	s.cli("LABEL_STUDIO_PLAN_CHECKS=false").plan(provided(at+"\nplan_checks = true", project())).succeeds()
	if got := s.proxy.Requests(); s.proxy.Count(http.MethodPost, "/validate/$") != 1 {
		t.Errorf("got %v with plan checks switched on by the configuration", got)
	}
}

func TestAccSettingsThatAreWrongNameTheirVariable(t *testing.T) {
	s := start(t)
	for variable, value := range map[string]string{
		"LABEL_STUDIO_RETRIES":              "many",
		"LABEL_STUDIO_REQUEST_TIMEOUT":      "soon",
		"LABEL_STUDIO_PLAN_CHECKS":          "perhaps",
		"LABEL_STUDIO_INSECURE_SKIP_VERIFY": "perhaps",
		"LABEL_STUDIO_HTTP_HEADERS":         "X-Secret: s3cret",
	} {
		got := s.cli(variable+"="+value).plan(provided("url = "+quoted(s.proxy.URL), listing)).
			fails(`provider "labelstudio" {`, "Invalid environment variable", variable)
		if detail := got.diagnostics("error")[0].Detail; strings.Contains(detail, "s3cret") {
			t.Errorf("the message shows the value: %s", detail)
		}
	}
	for variable, value := range map[string]string{
		"LABEL_STUDIO_RETRIES":         "-1",
		"LABEL_STUDIO_REQUEST_TIMEOUT": "0s",
	} {
		s.cli(variable+"="+value).plan(provided("url = "+quoted(s.proxy.URL), listing)).
			fails(`provider "labelstudio" {`, "Invalid environment variable", variable)
	}
	at := "url = " + quoted(s.proxy.URL) + "\n"
	s.cli().plan(provided(at+"retries = 11", listing)).fails("retries", "Invalid Attribute Value")
	s.cli().plan(provided(at+`request_timeout = "-1s"`, listing)).fails("request_timeout", "Invalid provider setting")
}

func TestAccSettingsThatAreMissingNameTheirVariable(t *testing.T) {
	s := start(t)
	block := `provider "labelstudio" {`
	s.cli().plan(provided("", listing)).fails(block, "Label Studio's address is missing", "LABEL_STUDIO_URL")
	s.cli("LABEL_STUDIO_API_KEY=").plan(provided("url = "+quoted(s.proxy.URL), listing)).
		fails(block, "Label Studio's API key is missing", "LABEL_STUDIO_API_KEY")
	s.cli().plan(provided(`url = ""`, listing)).fails("url", "Label Studio's address is missing", "LABEL_STUDIO_URL")
	s.cli().plan(provided(`url = "label-studio.example.com"`, listing)).fails("url", "Invalid provider setting", "http:// or https://")
	s.cli().plan(provided("url = "+quoted(s.proxy.URL)+"\nca_cert = \"/nowhere/ca.pem\"", listing)).fails("ca_cert", "Can't read a certificate or key", "no such file")
}

// everything creates, updates, syncs, reads and, after the test, deletes.
func (tf *cli) everything(s *stack, settings string) {
	tf.t.Helper()
	folder := s.Folder(tf.t, 1)
	config := func(revision string) string {
		return provided(settings, project("description = "+quoted(revision))+listing+
			storage(folder, "use_blob_urls = true", fmt.Sprintf("sync_triggers = { revision = %q }", revision)))
	}
	tf.apply(config("1")).succeeds()
	labelstudiotest.WriteFile(tf.t, filepath.Join(folder, "another.txt"), "x")
	tf.apply(config("2")).succeeds()
	if got := s.tasks(s.newestProject()); got != 2 {
		tf.t.Errorf("got %d tasks, want 2", got)
	}
	if planned := tf.run("plan", "-json", "-detailed-exitcode"); planned.failed {
		tf.t.Errorf("the plan after the apply is not empty: %s", planned.output)
	}
}

func TestAccSettingsAPersonalAccessTokenDoesEverything(t *testing.T) {
	s := start(t)
	if s.PersonalAccessToken == "" {
		t.Skip("the server under test has no such token")
	}
	s.cli("LABEL_STUDIO_API_KEY="+s.PersonalAccessToken).everything(s, "url = "+quoted(s.proxy.URL))
	if s.proxy.Count(http.MethodPost, "^/api/token/refresh/$") == 0 {
		t.Error("the token was not exchanged, so this test shows nothing")
	}
}

func TestAccSettingsAPathPrefixIsKept(t *testing.T) {
	s := start(t)
	prefixed := httptest.NewServer(http.StripPrefix("/tools/label-studio", s.proxy))
	t.Cleanup(prefixed.Close)
	s.cli().everything(s, "url = "+quoted(prefixed.URL+"/tools/label-studio/"))
}

// secure serves the proxy by TLS to clients that have the certificate.
func (s *stack) secure(clientCert string) (server *httptest.Server, authority string) {
	s.t.Helper()
	server = httptest.NewUnstartedServer(s.proxy)
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.TLS = &tls.Config{MinVersion: tls.VersionTLS12}
	if clientCert != "" {
		server.TLS.ClientAuth = tls.RequireAndVerifyClientCert
		server.TLS.ClientCAs = x509.NewCertPool()
		server.TLS.ClientCAs.AppendCertsFromPEM([]byte(clientCert))
	}
	server.StartTLS()
	s.t.Cleanup(server.Close)
	return server, pemText("CERTIFICATE", server.Certificate().Raw)
}

func pemText(kind string, content []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: content}))
}

// newCertificate makes a certificate that a client may show, and its key.
func newCertificate(t *testing.T) (cert, key string) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour),
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
	}
	certificate, err := x509.CreateCertificate(rand.Reader, template, template, private.Public(), private)
	if err != nil {
		t.Fatal(err)
	}
	content, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return pemText("CERTIFICATE", certificate), pemText("PRIVATE KEY", content)
}

// file writes a file and returns its path.
func file(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file.pem")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAccSettingsCertificatesAreTextsOrFiles(t *testing.T) {
	s := start(t)
	cert, key := newCertificate(t)
	server, authority := s.secure(cert)
	url := "url = " + quoted(server.URL) + "\nretries = 0\n"
	settings := func(ca, cert, key string) string {
		return fmt.Sprintf("%sca_cert = %q\nclient_cert = %q\nclient_key = %q", url, ca, cert, key)
	}
	s.cli().everything(s, settings(authority, cert, key))
	s.cli().plan(provided(settings(file(t, authority), file(t, cert), file(t, key)), listing)).succeeds()
	env := []string{"LABEL_STUDIO_CA_CERT=" + authority, "LABEL_STUDIO_CLIENT_CERT=" + file(t, cert), "LABEL_STUDIO_CLIENT_KEY=" + key}
	s.cli(env...).plan(provided(url, listing)).succeeds()
	s.cli(env[1:]...).plan(provided(url+"insecure_skip_verify = true", listing)).succeeds()
	s.cli(append(env[1:], "LABEL_STUDIO_INSECURE_SKIP_VERIFY=true")...).plan(provided(url, listing)).succeeds()

	s.cli(env[1:]...).plan(provided(url, listing)).fails(listingBlock, cantList, "is not trusted", "`ca_cert`")
	s.cli(env[:1]...).plan(provided(url, listing)).fails(listingBlock, cantList, "certificate required")
	s.cli(env[:2]...).plan(provided(url, listing)).fails(`provider "labelstudio" {`, "Invalid provider setting", "client_key")
	s.cli().plan(provided(settings("-----BEGIN nothing", cert, key), listing)).fails("ca_cert", "Invalid provider setting", "no PEM certificate")
}

func TestAccSettingsProxiesOfTheEnvironmentAreUsed(t *testing.T) {
	s := start(t)
	s.cli("HTTP_PROXY="+s.proxy.URL, "NO_PROXY=").everything(s, `url = "http://label-studio.invalid"`)

	// The certificate of a test server is good for example.com.
	server, authority := s.secure("")
	asked := ""
	tunnel := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = r.Method + " " + r.Host
		there, err := (&net.Dialer{}).DialContext(r.Context(), "tcp", server.Listener.Addr().String())
		if err != nil {
			t.Error(err)
			return
		}
		w.WriteHeader(http.StatusOK)
		here, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		go func() { _, _ = io.Copy(there, here) }()
		_, _ = io.Copy(here, there)
		_ = here.Close()
		_ = there.Close()
	}))
	t.Cleanup(tunnel.Close)
	s.cli("HTTPS_PROXY="+tunnel.URL, "NO_PROXY=", "LABEL_STUDIO_CA_CERT="+authority).plan(provided(`url = "https://example.com"`, listing)).succeeds()
	if asked != "CONNECT example.com:443" {
		t.Errorf("the proxy was asked to %q", asked)
	}
}
