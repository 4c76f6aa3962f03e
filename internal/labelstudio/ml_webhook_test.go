package labelstudio

import (
	"encoding/json"
	"strconv"
	"testing"
)

func TestTheWebhookOfAURLIsWhereLabelStudioLooksForIt(t *testing.T) {
	t.Parallel()
	for backend, want := range map[string]string{
		"http://model.example.com":         "http://model.example.com/webhook",
		" http://model.example.com//\n":    "http://model.example.com/webhook",
		"http://model.example.com/a/":      "http://model.example.com/a/webhook",
		"http://model.example.com:9090?a=": "http://model.example.com:9090?a=/webhook",
	} {
		if got := MLWebhookURL(backend); got != want {
			t.Errorf("got %q for %q, want %q", got, backend, want)
		}
	}
}

func TestTheWebhookOfAnMLBackendIsCreatedWithIt(t *testing.T) {
	t.Parallel()
	object := func(url, created string) Object {
		return Object{"url": json.RawMessage(strconv.Quote(url)), "created_at": json.RawMessage(strconv.Quote(created))}
	}
	backend := object("http://model.example.com/", "2026-01-02T03:04:05.600000Z")
	for _, test := range []struct {
		name, url, created string
		want               bool
	}{
		{"at once", "http://model.example.com/webhook", "2026-01-02T03:04:05.600000Z", true},
		{"a slow look-up later", "http://model.example.com/webhook", "2026-01-02T03:04:15Z", true},
		{"before", "http://model.example.com/webhook", "2026-01-02T03:04:05.500000Z", false},
		{"long after", "http://model.example.com/webhook", "2026-01-02T03:04:16Z", false},
		{"with another address", "http://model.example.com/labels", "2026-01-02T03:04:05.600000Z", false},
	} {
		if got := IsMLWebhook(object(test.url, test.created), backend); got != test.want {
			t.Errorf("%s: got %v, want %v", test.name, got, test.want)
		}
	}
}
