package cloud

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

const azureDomain = ".blob.core.windows.net"

// An azureRoute leads the requests for <account>.blob.core.windows.net to Azurite.
// Label Studio has no setting for another endpoint, so storages in tests have the
// fields of real ones; its environment says that all HTTPS goes through the proxy
// and that the certificate authority is to be trusted. Both are made for one run.
type azureRoute struct {
	// authority, certificate and key are PEM files.
	authority, certificate, key string
	proxy                       *httptest.Server
	// to is the address of Azurite.
	to atomic.Value

	folder string
	trust  *x509.CertPool
}

func newAzureRoute() (*azureRoute, error) {
	folder, err := os.MkdirTemp("", "label-studio-azure-")
	if err != nil {
		return nil, err
	}
	r := &azureRoute{
		folder:      folder,
		authority:   filepath.Join(folder, "authority.pem"),
		certificate: filepath.Join(folder, "certificate.pem"),
		key:         filepath.Join(folder, "key.pem"),
	}
	r.proxy = httptest.NewServer(http.HandlerFunc(r.connect))
	if err := r.certify(); err != nil {
		_ = r.close()
		return nil, err
	}
	return r, nil
}

func (r *azureRoute) close() error {
	r.proxy.Close()
	return os.RemoveAll(r.folder)
}

// certify makes the authority and a certificate for Azurite.
func (r *azureRoute) certify() error {
	now := time.Now()
	issuer := &x509.Certificate{
		SerialNumber:          big.NewInt(1),
		Subject:               pkix.Name{CommonName: "labelstudiotest"},
		NotBefore:             now.Add(-time.Hour),
		NotAfter:              now.Add(24 * time.Hour),
		IsCA:                  true,
		BasicConstraintsValid: true,
		KeyUsage:              x509.KeyUsageCertSign,
	}
	subject := &x509.Certificate{
		SerialNumber: big.NewInt(2),
		Subject:      pkix.Name{CommonName: "Azurite"},
		DNSNames:     []string{"*" + azureDomain},
		NotBefore:    issuer.NotBefore,
		NotAfter:     issuer.NotAfter,
		KeyUsage:     x509.KeyUsageDigitalSignature,
		ExtKeyUsage:  []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	issuerKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	subjectKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	authority, err := x509.CreateCertificate(rand.Reader, issuer, issuer, &issuerKey.PublicKey, issuerKey)
	if err != nil {
		return err
	}
	certificate, err := x509.CreateCertificate(rand.Reader, subject, issuer, &subjectKey.PublicKey, issuerKey)
	if err != nil {
		return err
	}
	key, err := x509.MarshalPKCS8PrivateKey(subjectKey)
	if err != nil {
		return err
	}
	for _, file := range []struct {
		name  string
		block pem.Block
	}{
		{r.authority, pem.Block{Type: "CERTIFICATE", Bytes: authority}},
		{r.certificate, pem.Block{Type: "CERTIFICATE", Bytes: certificate}},
		{r.key, pem.Block{Type: "PRIVATE KEY", Bytes: key}},
	} {
		if err := os.WriteFile(file.name, pem.EncodeToMemory(&file.block), 0o600); err != nil {
			return err
		}
	}
	trusted, err := x509.ParseCertificate(authority)
	if err != nil {
		return err
	}
	r.trust = x509.NewCertPool()
	r.trust.AddCert(trusted)
	return nil
}

// client takes the route as Label Studio does.
func (r *azureRoute) client() *http.Client {
	proxy := func(*http.Request) (*url.URL, error) { return url.Parse(r.proxy.URL) }
	return &http.Client{Transport: &http.Transport{
		Proxy:             proxy,
		TLSClientConfig:   &tls.Config{RootCAs: r.trust, MinVersion: tls.VersionTLS12},
		DisableKeepAlives: true,
	}}
}

// connect is the proxy: a tunnel to Azurite for the blobs of Azure, and no way to
// the rest of the world.
func (r *azureRoute) connect(w http.ResponseWriter, request *http.Request) {
	if request.Method != http.MethodConnect || !strings.HasSuffix(request.Host, azureDomain+":443") {
		http.Error(w, "this proxy leads to *"+azureDomain+" only", http.StatusForbidden)
		return
	}
	address, _ := r.to.Load().(string)
	var dialer net.Dialer
	server, err := dialer.DialContext(request.Context(), "tcp", address)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	client, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		_ = server.Close()
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	_, _ = io.WriteString(client, "HTTP/1.1 200 Connection established\r\n\r\n")
	var both sync.WaitGroup
	both.Go(func() { tunnel(server, client) })
	both.Go(func() { tunnel(client, server) })
	both.Wait()
}

// tunnel copies one direction to its end, which is the end of the other one.
func tunnel(to, from net.Conn) {
	_, _ = io.Copy(to, from)
	_ = to.Close()
	_ = from.Close()
}
