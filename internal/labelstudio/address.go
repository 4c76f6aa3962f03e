package labelstudio

import (
	"net/url"
	"regexp"
	"strings"
)

var httpScheme = regexp.MustCompile(`(?i)^https?://`)

// AddressProblem says what is wrong with the address of an HTTP server, "" if nothing is.
// It doesn't repeat the address, which may hold a password.
func AddressProblem(text string) string {
	_, problem := parseAddress(text)
	return problem
}

func parseAddress(text string) (parsed *url.URL, problem string) {
	text = Strip(text)
	parsed, err := url.Parse(text)
	switch {
	case inQuotes(text):
		return nil, quotesProblem
	case !httpScheme.MatchString(text), err == nil && parsed.Hostname() == "":
		return nil, "must start with http:// or https:// and name a host, as in https://label-studio.example.com"
	case err != nil:
		return nil, "is not a valid address"
	}
	return parsed, ""
}

const quotesProblem = "is in quotation marks, which don't belong to the value: take them out. Docker keeps those of an --env-file, for example"

// inQuotes tells whether quotation marks are part of the text.
func inQuotes(text string) bool {
	return len(text) > 1 && strings.ContainsAny(text[:1], `"'`) && text[len(text)-1] == text[0]
}
