// Package browser starts the web browser that tests open Label Studio's user interface in.
package browser

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"testing"

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

// Start starts a browser that goes with the test, and returns the context of its tab, which
// the functions of chromedp take.
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
		chromedp.NoSandbox, // which needs rights that containers do not have
		// Without either, the browser tries to start the libraries of a GPU, and gives up.
		chromedp.DisableGPU, chromedp.Flag("disable-software-rasterizer", true),
		chromedp.WindowSize(1920, 1080),
	)
	browser, stop := chromedp.NewExecAllocator(context.WithoutCancel(t.Context()), options...)
	t.Cleanup(stop)
	tab, closeTab := chromedp.NewContext(browser)
	t.Cleanup(closeTab)
	return tab
}
