package storage

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
)

// The server hides what an S3 server says. A run that fails has reached the bucket, and a
// request that fails has not.
func TestAHiddenReasonIsAboutTheObjectsIfARunFailed(t *testing.T) {
	t.Parallel()
	const hidden = "Debugging info is not available for s3 endpoints on domain: ."
	for name, test := range map[string]struct {
		kind     kind
		err      error
		on, says string
	}{
		"a run":            {s3, errors.New("S3StorageError: " + hidden), "use_blob_urls", "set use_blob_urls = true"},
		"a request":        {s3, &labelstudio.Error{Status: http.StatusInternalServerError, Detail: hidden}, "bucket", "that the bucket exists there"},
		"a run of exports": {s3Export, errors.New("S3StorageError: " + hidden), "bucket", "that the bucket exists there"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := test.kind.explainFailure(test.err)
			if len(got) != 1 || got[0].on.String() != test.on || !strings.Contains(got[0].detail, test.says) {
				t.Errorf("got %+v, want one on %s with %q", got, test.on, test.says)
			}
		})
	}
}
