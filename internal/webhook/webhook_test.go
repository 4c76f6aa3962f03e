package webhook

import (
	"strings"
	"testing"
)

func TestMessagesDoNotShowHeaders(t *testing.T) {
	t.Parallel()
	for _, message := range []string{
		"{'X-Token': 'hunter2'} failed JSON schema check",
		"POST api/webhooks/: 400 Bad Request: headers: {'X A': 'hunter2', 'b': '} {\n'} failed JSON schema check",
	} {
		detail, attribute := Definition.Explain(message)
		if strings.Contains(detail, "hunter2") || !strings.Contains(detail, "failed JSON schema check\n\n") || attribute != headers {
			t.Errorf("got %q on %q", detail, attribute)
		}
	}
}
