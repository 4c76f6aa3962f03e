// Package browser starts the web browser that tests open Label Studio's user interface in.
package browser

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/program"
)

// chromium is a headless Chromium. The package contains the browser itself, compressed,
// with the fonts and the libraries that a machine without a desktop lacks.
var chromium = program.Packages{Name: "chromium", Result: "chromium", Install: install}

func install(ctx context.Context, held *os.File, locks, into string) error {
	if err := program.FromNpm(ctx, held, locks, into); err != nil {
		return err
	}
	return program.Run(ctx, held, "npm", "run", "--prefix", into, "unpack")
}

// Start starts a browser that goes with the test. The functions of chromedp take the
// context, which is that of a tab.
func Start(t *testing.T) context.Context {
	t.Helper()
	if runtime.GOOS != "linux" || runtime.GOARCH != "amd64" {
		t.Skip("the package of the browser is for Linux on x86-64")
	}
	folder, err := chromium.Installed(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(filepath.Join(folder, chromium.Result)),
		chromedp.Env("LD_LIBRARY_PATH="+filepath.Join(folder, "al2023", "lib"), "FONTCONFIG_PATH="+filepath.Join(folder, "fonts")),
		chromedp.WindowSize(1920, 1080),
		// The sandbox needs rights that containers do not give.
		chromedp.NoSandbox,
		// The browser ends if it finds neither a GPU nor the libraries that replace one.
		chromedp.DisableGPU, chromedp.Flag("disable-software-rasterizer", true),
	)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(t.Context()), 5*time.Minute)
	t.Cleanup(cancel)
	ctx, stop := chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(stop)
	ctx, closeTab := chromedp.NewContext(ctx)
	t.Cleanup(closeTab)
	return ctx
}
