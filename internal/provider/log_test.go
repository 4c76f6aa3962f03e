package provider

import (
	"bytes"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-log/tflogtest"
)

func TestTheLogMasksTheAPIKeyWhateverIsLogged(t *testing.T) {
	t.Setenv("TF_LOG", "TRACE")
	var log bytes.Buffer
	ctx := tflogtest.RootLogger(t.Context(), &log)
	logWithout("s3cret")(ctx, "a message with s3cret", map[string]any{"path": "/s3cret/"})
	if text := log.String(); strings.Contains(text, "s3cret") || !strings.Contains(text, "a message with ***") {
		t.Errorf("got %s", text)
	}
}
