package crud

import (
	"regexp"
	"slices"
)

// Advice says what to do about a message of the server.
type Advice struct {
	// Message matches the message by what is the same in each release.
	Message *regexp.Regexp
	// Attribute is what the message is about. Without it, that is the field for which
	// the server has the message.
	Attribute string
	// Text says what to do.
	Text string
}

// Explain adds to a message of the server what to do about it, and names the attribute
// that the message is about, if the advice says so. The advice of the object comes first,
// because it says more than what is true of any request.
func (d Definition) Explain(message string) (detail, attribute string) {
	message = d.redacted(message)
	if advice, ok := d.advise(message); ok {
		return message + "\n\n" + advice.Text, advice.Attribute
	}
	return message, ""
}

// ExplainError is Explain for an error: advice on what the server says comes first, and
// then that on the reason which the client knows.
func (d Definition) ExplainError(err error) (detail, attribute string) {
	if _, ok := d.advise(err.Error()); ok {
		detail, attribute = d.Explain(err.Error())
		return withEdition(detail, err), attribute
	}
	return d.redacted(WithAdvice(err)), ""
}

// advise finds the advice on a message of the server.
func (d Definition) advise(message string) (Advice, bool) {
	for _, table := range [][]Advice{d.Advice, generalAdvice} {
		if i := slices.IndexFunc(table, func(a Advice) bool { return a.Message.MatchString(message) }); i >= 0 {
			return table[i], true
		}
	}
	return Advice{}, false
}

// redacted is a message without what the server should not have shown.
func (d Definition) redacted(message string) string {
	if d.Redact == nil {
		return message
	}
	return d.Redact(message)
}

// generalAdvice is about what the server may say to any request.
var generalAdvice = []Advice{
	// The second is said of the query of a list.
	{Message: regexp.MustCompile(`Invalid pk "|Select a valid choice\. That choice is not one of`),
		Text: "The server has no such project for this api_key: it was deleted, or belongs to another organization or server. Use the id of a project that exists. If the configuration contains the project, refer to labelstudio_project.<name>.id: Terraform then creates both again."},
	{Message: regexp.MustCompile(`legacy token authentication has been disabled`),
		Text: "The api_key is a legacy token, and the organization has legacy tokens disabled, as new organizations do since Label Studio 1.17. Use a personal access token (Account & Settings, Personal Access Token) as api_key, or enable legacy tokens in the organization's API Tokens Settings."},
	{Message: regexp.MustCompile(`Token is blacklisted`),
		Text: "The personal access token in api_key was revoked or rotated. Create a new one (Account & Settings, Personal Access Token)."},
	{Message: regexp.MustCompile(`Token is invalid`),
		Text: "The server doesn't accept the personal access token in api_key: it was cut off when it was copied, or belongs to another server. Check api_key and url."},
	{Message: regexp.MustCompile(`Invalid token\.`),
		Text: "The server doesn't know the token in api_key. Check that api_key and url belong to the same server."},
	{Message: regexp.MustCompile(`Authentication credentials were not provided`),
		Text: "The server doesn't accept the token: it has expired, or personal access tokens are disabled in the organization's API Tokens Settings. A proxy that removes the header Authorization has the same effect."},
	// nginx, and servers written in Go.
	{Message: regexp.MustCompile(`plain HTTP request was sent to HTTPS port|HTTP request to an HTTPS server`),
		Text: "The port in url speaks HTTPS: let url begin with https://."},
	{Message: regexp.MustCompile(`database is locked`),
		Text: lockedAdvice},
	{Message: regexp.MustCompile(`json: cannot unmarshal`), Text: unexpectedAdvice},
}
