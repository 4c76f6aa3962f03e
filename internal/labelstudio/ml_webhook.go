package labelstudio

import (
	"strings"
	"time"
)

// MLWebhookURL is the address of the webhook that the server creates beside an ML backend.
func MLWebhookURL(backendURL string) string {
	return strings.TrimRight(Strip(backendURL), "/") + "/webhook"
}

// together is how much later than an ML backend the server creates its webhook at most.
// It looks up the address in between.
const together = 10 * time.Second

// IsMLWebhook tells whether the server created the webhook together with the ML backend. It
// creates none if the project has one with that address already.
func IsMLWebhook(webhook, backend Object) bool {
	later := webhook.createdAt().Sub(backend.createdAt())
	return webhook.Text("url") == MLWebhookURL(backend.Text("url")) && later >= 0 && later <= together
}
