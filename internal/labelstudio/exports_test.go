package labelstudio

import (
	"bytes"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// download downloads to a file that holds something else at first.
func download(t *testing.T, client *Client) (content string, err error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "export")
	if err := os.WriteFile(path, []byte("a longer text than that of the export"), 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := os.OpenFile(path, os.O_RDWR, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	err = client.Download(t.Context(), Exports(3), 7, "CSV", file)
	if closeErr := file.Close(); closeErr != nil {
		t.Fatal(closeErr)
	}
	written, readErr := os.ReadFile(path)
	if readErr != nil {
		t.Fatal(readErr)
	}
	return string(written), err
}

func TestADownloadIsSavedHoweverLargeItIs(t *testing.T) {
	t.Parallel()
	part := bytes.Repeat([]byte("0123456789abcdef"), 1<<16)
	client, requests := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Range") != "bytes=0-" {
			t.Error("without a range the server does not give the length")
		}
		for range maxResponse/len(part) + 1 {
			_, _ = w.Write(part)
		}
	})
	content, err := download(t, client)
	if err != nil || len(content) != maxResponse+len(part) {
		t.Errorf("got %d bytes, %v", len(content), err)
	}
	requests.expect(t, "GET /api/projects/3/exports/7/download?exportType=CSV")
}

func TestADownloadMayTakeLongerThanOtherRequests(t *testing.T) {
	t.Parallel()
	client, _ := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		time.Sleep(200 * time.Millisecond)
		write(w, "a,b")
	}, func(config *Config) { config.RequestTimeout = 50 * time.Millisecond })
	if content, err := download(t, client); err != nil || content != "a,b" {
		t.Errorf("got %q, %v", content, err)
	}
}

func TestADownloadThatIsCutOffBeginsAnew(t *testing.T) {
	t.Parallel()
	cutOff := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", strconv.Itoa(100))
		write(w, "a,b,c,d")
	}
	for name, test := range map[string]struct {
		handler http.HandlerFunc
		reason  Reason
		want    string
	}{
		"once":   {oneByOne(cutOff, func(w http.ResponseWriter, _ *http.Request) { write(w, "a,b") }), "", "a,b"},
		"always": {cutOff, ReasonConnectionBroke, "a,b,c,d"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, _ := serve(t, test.handler)
			if content, err := download(t, client); content != test.want || ReasonOf(err) != test.reason {
				t.Errorf("got %q, %v", content, err)
			}
		})
	}
}

func TestADownloadThatCannotBeSavedIsNotRepeated(t *testing.T) {
	t.Parallel()
	client, requests := serve(t, object("{}"))
	file, err := os.Open(os.DevNull) // not for writing
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	err = client.Download(t.Context(), Exports(3), 7, "", file)
	if err == nil || !strings.Contains(err.Error(), os.DevNull) || ReasonOf(err) != "" {
		t.Errorf("got %v", err)
	}
	requests.expect(t, "GET /api/projects/3/exports/7/download")
}

func TestAPageIsNoDownload(t *testing.T) {
	t.Parallel()
	client, _ := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		write(w, "<html>Log in</html>")
	})
	if _, err := download(t, client); ReasonOf(err) != ReasonWebPage {
		t.Errorf("got %v", err)
	}
}

func TestExportTypesAreThoseThatTheLabelConfigAllows(t *testing.T) {
	t.Parallel()
	client, requests := serve(t, object(`[{"name":"JSON","title":"JSON"},{"name":"CSV"},{"name":"COCO","disabled":true}]`))
	types, err := client.ExportTypes(t.Context(), 3)
	if err != nil || !slices.Equal(types, []string{"JSON", "CSV"}) {
		t.Errorf("got %v, %v", types, err)
	}
	requests.expect(t, "GET /api/projects/3/export/formats")
}
