package acceptance_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
)

func TestAccLocalFileURLUnderAPathPrefix(t *testing.T) {
	t.Parallel()
	const prefix, host = "/label-studio", "https://example.com/label-studio"
	s := acctest.StartOwn(t, "LABEL_STUDIO_HOST="+host+"/")
	folder, of := s.Folder(t, 0), s.NewProject()
	file := filepath.Join(folder, "a file.txt")
	acctest.AddFile(t, folder, "a file.txt", "the content")
	s.Instance(storageType).Apply(acctest.Values{"project": of, "path": folder, "use_blob_urls": true, "sync_triggers": triggers("1")}).Succeeds()

	provider := s.Provider(nil)
	var list struct {
		Tasks []struct{ Data map[string]string }
	}
	s.Call(http.MethodGet, fmt.Sprintf("/api/tasks/?project=%d", of), nil, &list)
	want := provider.Call("local_file_url", s.DocumentRoot, file, host)
	if len(list.Tasks) != 1 || list.Tasks[0].Data["$undefined$"] != want {
		t.Errorf("the sync has made the tasks %v, want one with %s", list.Tasks, want)
	}

	prefixed := httptest.NewServer(http.StripPrefix(prefix, s.Proxy))
	t.Cleanup(prefixed.Close)
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, prefixed.URL+provider.Call("local_file_url", s.DocumentRoot, file, prefix), nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Token "+s.Token())
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	if served, err := io.ReadAll(response.Body); err != nil || string(served) != "the content" {
		t.Errorf("%s: got %s with %.100q, %v", request.URL, response.Status, served, err)
	}
}
