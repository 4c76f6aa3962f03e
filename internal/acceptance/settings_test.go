package acceptance_test

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/proxy"
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
	t.Parallel()
	s := acctest.Start(t)
	headers := ""
	s.Proxy.Inject(proxy.Fault{Do: proxy.Before(func(r *http.Request) { headers = r.Header.Get("X-Team") })})
	refused := func(o acctest.Result) { o.Fails(listingBlock, cantList, "Invalid token") }
	url := "LABEL_STUDIO_URL=" + s.Proxy.URL
	key := "LABEL_STUDIO_API_KEY=" + s.Token()
	for name, test := range map[string]struct {
		setting string
		env     []string
		want    func(acctest.Result)
	}{
		"url from the environment":             {"", []string{url}, func(o acctest.Result) { o.Succeeds() }},
		"url of the configuration":             {"url = " + acctest.Quoted(s.Proxy.URL), []string{"LABEL_STUDIO_URL=http://127.0.0.1:1"}, func(o acctest.Result) { o.Succeeds() }},
		"api_key from the environment":         {"", []string{url, "LABEL_STUDIO_API_KEY=wrong"}, refused},
		"api_key of the configuration":         {`api_key = "wrong"`, []string{url, key}, refused},
		"request_timeout from there":           {"", []string{url, "LABEL_STUDIO_REQUEST_TIMEOUT=1ns"}, func(o acctest.Result) { o.Fails(listingBlock, cantList, "request_timeout") }},
		"request_timeout of here":              {`request_timeout = "1m"`, []string{url, "LABEL_STUDIO_REQUEST_TIMEOUT=1ns"}, func(o acctest.Result) { o.Succeeds() }},
		"http_headers from there":              {"", []string{url, `LABEL_STUDIO_HTTP_HEADERS={"X-Team": "there"}`}, func(o acctest.Result) { o.Succeeds(); expectHeader(t, headers, "there") }},
		"http_headers of here":                 {`http_headers = { X-Team = "here" }`, []string{url, `LABEL_STUDIO_HTTP_HEADERS={"X-Team": "there"}`}, func(o acctest.Result) { o.Succeeds(); expectHeader(t, headers, "here") }},
		"an empty variable is as good as none": {"", []string{url, "LABEL_STUDIO_RETRIES=", "LABEL_STUDIO_HTTP_HEADERS=", "LABEL_STUDIO_CA_CERT="}, func(o acctest.Result) { o.Succeeds() }},
	} {
		t.Run(name, func(t *testing.T) {
			on := *s
			on.T = t
			settings := "retries = 0\n" + test.setting
			if strings.Contains(strings.Join(test.env, " "), "RETRIES") {
				settings = test.setting
			}
			test.want(on.Terraform(test.env...).Plan(provided(settings, listing)))
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
	t.Parallel()
	s := acctest.Start(t)
	at := "url = " + acctest.Quoted(s.Proxy.URL)
	remove := s.Proxy.Inject(proxy.Fault{Do: overload})
	s.Terraform("LABEL_STUDIO_RETRIES=1").Plan(provided(at, listing)).Fails(listingBlock, cantList, "503")
	s.Terraform("LABEL_STUDIO_RETRIES=1").Plan(provided(at+"\nretries = 0", listing)).Fails(listingBlock, cantList, "503")
	if got := len(s.Proxy.Requests()); got != 3 {
		t.Errorf("got %d requests, want 2 by the environment and 1 by the configuration", got)
	}
	remove()
	s.Proxy.Reset()
	s.Terraform("LABEL_STUDIO_PLAN_CHECKS=false").Plan(provided(at, acctest.Project())).Succeeds()
	if got := s.Proxy.Requests(); len(got) > 0 {
		t.Errorf("got %v with plan checks switched off by the environment", got)
	}
	s.Terraform("LABEL_STUDIO_PLAN_CHECKS=false").Plan(provided(at+"\nplan_checks = true", acctest.Project())).Succeeds()
	if got := s.Proxy.Requests(); s.Proxy.Count(http.MethodPost, "/validate/$") != 1 {
		t.Errorf("got %v with plan checks switched on by the configuration", got)
	}
}

func TestAccSettingsThatAreWrongNameTheirVariable(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	for variable, value := range map[string]string{
		"LABEL_STUDIO_RETRIES":              "many",
		"LABEL_STUDIO_REQUEST_TIMEOUT":      "soon",
		"LABEL_STUDIO_PLAN_CHECKS":          "no",
		"LABEL_STUDIO_INSECURE_SKIP_VERIFY": "perhaps",
		"LABEL_STUDIO_HTTP_HEADERS":         "X-Secret: s3cret",
	} {
		got := s.Terraform(variable+"="+value).Plan(provided("url = "+acctest.Quoted(s.Proxy.URL), listing)).
			Fails(`provider "labelstudio" {`, "Invalid environment variable", variable)
		if detail := got.Errors()[0].Detail; strings.Contains(detail, "s3cret") {
			t.Errorf("the message shows the value: %s", detail)
		}
	}
	for variable, value := range map[string]string{
		"LABEL_STUDIO_RETRIES":         "-1",
		"LABEL_STUDIO_REQUEST_TIMEOUT": "0s",
	} {
		s.Terraform(variable+"="+value).Plan(provided("url = "+acctest.Quoted(s.Proxy.URL), listing)).
			Fails(`provider "labelstudio" {`, "Invalid environment variable", variable)
	}
	at := "url = " + acctest.Quoted(s.Proxy.URL) + "\n"
	s.Terraform().Plan(provided(at+"retries = 11", listing)).Fails("retries", "Invalid Attribute Value")
	s.Terraform().Plan(provided(at+`request_timeout = "-1s"`, listing)).Fails("request_timeout", "Invalid provider setting")
}

func TestAccSettingsThatAreMissingNameTheirVariable(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	block := `provider "labelstudio" {`
	s.Terraform().Plan(provided("", listing)).Fails(block, "Label Studio's address is missing", "LABEL_STUDIO_URL")
	s.Terraform("LABEL_STUDIO_API_KEY=").Plan(provided("url = "+acctest.Quoted(s.Proxy.URL), listing)).
		Fails(block, "Label Studio's API key is missing", "LABEL_STUDIO_API_KEY")
	s.Terraform().Plan(provided(`url = ""`, listing)).Fails("url", "Label Studio's address is missing", "LABEL_STUDIO_URL")
	s.Terraform().Plan(provided(`url = "label-studio.example.com"`, listing)).Fails("url", "Invalid provider setting", "http:// or https://")
	s.Terraform("LABEL_STUDIO_URL=192.168.1.5:8080").Plan(provided("", listing)).Fails(block, "Invalid provider setting", "http:// or https://")
	s.Terraform(`LABEL_STUDIO_API_KEY="abc"`).Plan(provided("url = "+acctest.Quoted(s.Proxy.URL), listing)).Fails(block, "Invalid provider setting", "quotation marks")
	s.Terraform().Plan(provided("retries = 0\nurl = "+acctest.Quoted(strings.Replace(s.Proxy.URL, "http:", "https:", 1)), listing)).
		Fails(listingBlock, cantList, "does not speak HTTPS", "begin with http://")
	s.Terraform().Plan(provided("url = "+acctest.Quoted(s.Proxy.URL)+"\nca_cert = \"/nowhere/ca.pem\"", listing)).Fails("ca_cert", "Can't read a certificate or key", "no such file")
}

// everything creates, updates, syncs, reads and, after the test, deletes.
func everything(tf *acctest.Terraform, s *acctest.Server, settings string) {
	tf.T.Helper()
	folder := s.Folder(tf.T, 1)
	config := func(revision string) string {
		return provided(settings, acctest.Project("description = "+acctest.Quoted(revision))+listing+
			acctest.Storage(folder, "use_blob_urls = true", fmt.Sprintf("sync_triggers = { revision = %q }", revision)))
	}
	tf.Apply(config("1")).Succeeds()
	labelstudiotest.WriteFile(tf.T, filepath.Join(folder, "another.txt"), "x")
	tf.Apply(config("2")).Succeeds()
	if got := s.Tasks(s.NewestProject()); got != 2 {
		tf.T.Errorf("got %d tasks, want 2", got)
	}
	tf.ExpectEmptyPlan()
}

func TestAccSettingsAPersonalAccessTokenDoesEverything(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	if s.PersonalAccessToken == "" {
		t.Skip("the server under test has no such token")
	}
	everything(s.Terraform("LABEL_STUDIO_API_KEY="+s.PersonalAccessToken), s, "url = "+acctest.Quoted(s.Proxy.URL))
	if s.Proxy.Count(http.MethodPost, "^/api/token/refresh/$") == 0 {
		t.Error("the token was not exchanged, so this test shows nothing")
	}
}

func TestAccSettingsAPathPrefixIsKept(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	prefixed := httptest.NewServer(http.StripPrefix("/tools/label-studio", s.Proxy))
	t.Cleanup(prefixed.Close)
	everything(s.Terraform(), s, "url = "+acctest.Quoted(prefixed.URL+"/tools/label-studio/"))
}

// secure serves the proxy by TLS to clients that have the certificate.
func secure(s *acctest.Server, clientCert string) (server *httptest.Server, authority string) {
	s.T.Helper()
	server = httptest.NewUnstartedServer(s.Proxy)
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.TLS = &tls.Config{MinVersion: tls.VersionTLS12}
	if clientCert != "" {
		server.TLS.ClientAuth = tls.RequireAndVerifyClientCert
		server.TLS.ClientCAs = x509.NewCertPool()
		server.TLS.ClientCAs.AppendCertsFromPEM([]byte(clientCert))
	}
	server.StartTLS()
	s.T.Cleanup(server.Close)
	return server, pemText("CERTIFICATE", server.Certificate().Raw)
}

func pemText(kind string, content []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: content}))
}

// clientCertificate is a certificate that a client may show, and its key.
func clientCertificate(t *testing.T) (cert, key string) {
	t.Helper()
	certificate, private, err := labelstudiotest.NewCertificate()
	if err != nil {
		t.Fatal(err)
	}
	return string(certificate), string(private)
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
	t.Parallel()
	s := acctest.Start(t)
	cert, key := clientCertificate(t)
	server, authority := secure(s, cert)
	url := "url = " + acctest.Quoted(server.URL) + "\nretries = 0\n"
	settings := func(ca, cert, key string) string {
		return fmt.Sprintf("%sca_cert = %q\nclient_cert = %q\nclient_key = %q", url, ca, cert, key)
	}
	everything(s.Terraform(), s, settings(authority, cert, key))
	s.Terraform().Plan(provided(settings(file(t, authority), file(t, cert), file(t, key)), listing)).Succeeds()
	env := []string{"LABEL_STUDIO_CA_CERT=" + authority, "LABEL_STUDIO_CLIENT_CERT=" + file(t, cert), "LABEL_STUDIO_CLIENT_KEY=" + key}
	s.Terraform(env...).Plan(provided(url, listing)).Succeeds()
	s.Terraform(env[1:]...).Plan(provided(url+"insecure_skip_verify = true", listing)).Succeeds()
	s.Terraform(append(env[1:], "LABEL_STUDIO_INSECURE_SKIP_VERIFY=true")...).Plan(provided(url, listing)).Succeeds()

	s.Terraform(env[1:]...).Plan(provided(url, listing)).Fails(listingBlock, cantList, "is not trusted", "`ca_cert`")
	s.Terraform(env[:1]...).Plan(provided(url, listing)).Fails(listingBlock, cantList, "certificate required")
	s.Terraform(env[:2]...).Plan(provided(url, listing)).Fails(`provider "labelstudio" {`, "Invalid provider setting", "client_key")
	s.Terraform().Plan(provided(settings("-----BEGIN nothing", cert, key), listing)).Fails("ca_cert", "Invalid provider setting", "no PEM certificate")
}

func TestAccSettingsProxiesOfTheEnvironmentAreUsed(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	everything(s.Terraform("HTTP_PROXY="+s.Proxy.URL, "NO_PROXY="), s, `url = "http://label-studio.invalid"`)

	// The certificate of a test server is good for example.com.
	server, authority := secure(s, "")
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
	s.Terraform("HTTPS_PROXY="+tunnel.URL, "NO_PROXY=", "LABEL_STUDIO_CA_CERT="+authority).Plan(provided(`url = "https://example.com"`, listing)).Succeeds()
	if asked != "CONNECT example.com:443" {
		t.Errorf("the proxy was asked to %q", asked)
	}
}
