package cloud

import (
	"errors"
	"io/fs"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/program"
)

// What a Label Studio does with the clouds is tested in labelstudiotest.
func TestClouds(t *testing.T) {
	t.Parallel()
	if os.Getenv("TF_ACC") == "" {
		t.Skip("needs real storage servers: set TF_ACC=1")
	}
	clouds, err := StartAll(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = clouds.Stop() })

	t.Run("S3ReadOnlyKeyReadsAndDoesNotWrite", func(t *testing.T) {
		bucket := clouds.S3.NewBucket(t)
		bucket.Put(t, "key", "content")
		reader := &S3{Program: clouds.S3.Program, fullAccess: clouds.S3.ReadOnly}
		if got, err := reader.get(t.Context(), bucket.Name, "key"); got != "content" {
			t.Errorf("read %q, %v", got, err)
		}
		if err := reader.put(t.Context(), bucket.Name, "other", ""); err == nil || !strings.Contains(err.Error(), "AccessDenied") {
			t.Errorf("got %v, want AccessDenied", err)
		}
		if got := bucket.Keys(t); !slices.Equal(got, []string{"key"}) {
			t.Errorf("the bucket holds %q", got)
		}
	})

	t.Run("StopLeavesNoCloudAndNoFiles", func(t *testing.T) {
		if err := clouds.Stop(); err != nil {
			t.Fatal(err)
		}
		for _, p := range []*program.Program{clouds.S3.Program, clouds.GCS.Program, clouds.Azure.Program, clouds.Redis.Program} {
			if program.Listens(t.Context(), p.Address()) {
				t.Errorf("%s is still served", p.Address())
			}
			if _, err := os.Stat(p.Folder); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("%s is still there (%v)", p.Folder, err)
			}
		}
	})
}

func TestAzureProxyLeadsNowhereElse(t *testing.T) {
	t.Parallel()
	route, err := newAzureRoute()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = route.close() })
	_, err = exchange(t.Context(), route.client(), http.MethodGet, "https://example.com/", "", asIs)
	if err == nil || !strings.Contains(err.Error(), "Forbidden") {
		t.Errorf("got %v, want Forbidden", err)
	}
}
