package webhook

import (
	"regexp"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
)

var advice = []crud.Advice{
	{Message: regexp.MustCompile(`reserved network address`), Attribute: url,
		Text: "The server calls no receiver in a private network. If the address is right, set SSRF_PROTECTION_ENABLED=false in the environment of the Label Studio server and restart it; otherwise give the receiver a public address."},
	{Message: regexp.MustCompile(`Can't resolve hostname`), Attribute: url,
		Text: "The Label Studio server, not Terraform, looks up the name of the receiver, as an IPv4 address. Check its spelling, and that the server's network knows it."},
	{Message: regexp.MustCompile(`Enter a valid URL`), Attribute: url,
		Text: "The host has to be localhost, an IP address or a name with a dot and without _. A receiver that the server knows by a short name, such as http://receiver:8080, needs another one: in a network of Docker, an alias such as receiver.internal."},
	{Message: headersMessage, Attribute: headers,
		Text: "The server accepts at most 10 headers, with letters, digits, - and _ in their names and a text as the value."},
}

// headersMessage is what the server says of headers that it refuses: all of them, with
// their values, before the reason.
var headersMessage = regexp.MustCompile(`(?s)\{.*\}( failed JSON schema check)`)

// withoutHeaders takes the headers out of a message.
func withoutHeaders(message string) string {
	return headersMessage.ReplaceAllString(message, "{(sensitive values)}$1")
}
