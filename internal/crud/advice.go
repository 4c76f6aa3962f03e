package crud

import "regexp"

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
	if d.Redact != nil {
		message = d.Redact(message)
	}
	for _, table := range [][]Advice{d.Advice, generalAdvice, clientAdvice} {
		for _, advice := range table {
			if advice.Message.MatchString(message) {
				return message + "\n\n" + advice.Text, advice.Attribute
			}
		}
	}
	return message, ""
}

const (
	tooMany      = "The server, or a gateway in front of it, accepts no more requests at the moment. Apply again, with a smaller -parallelism if it recurs."
	gatewayAlone = "The gateway in front of Label Studio does not reach it: it is down, is being started or has too much to do. Check that Label Studio runs, then apply again."
)

// generalAdvice is about what the server may say to any request.
var generalAdvice = []Advice{
	{Message: regexp.MustCompile(`Invalid pk "`),
		Text: "The server has no such project for this api_key: it was deleted, or belongs to another organization or server. Give the id of one that is there; if labelstudio_project makes it, refer to labelstudio_project.<name>.id, so that both are made anew together."},
	{Message: regexp.MustCompile(`legacy token authentication has been disabled`),
		Text: "The api_key is a legacy token, and the organization has legacy tokens switched off, as new organizations do since Label Studio 1.17. Use a personal access token (Account & Settings, Personal Access Token) as api_key, or switch legacy tokens on in the organization's settings."},
	{Message: regexp.MustCompile(`Token is blacklisted`),
		Text: "The personal access token in api_key was revoked or rotated. Create a new one (Account & Settings, Personal Access Token)."},
	{Message: regexp.MustCompile(`Token is invalid`),
		Text: "The server doesn't accept the personal access token in api_key: it was cut off when it was copied, or belongs to another server. Check api_key and url."},
	{Message: regexp.MustCompile(`Invalid token\.`),
		Text: "The server doesn't know the token in api_key. Check that api_key and url belong to the same server."},
	{Message: regexp.MustCompile(`Authentication credentials were not provided`),
		Text: "The server doesn't accept the token: it has expired, or personal access tokens are switched off in the organization's settings."},
	{Message: regexp.MustCompile(`database is locked`),
		Text: "The server runs on SQLite, which serves one write at a time. Apply again, with a smaller -parallelism if it recurs; a server with many users should run on PostgreSQL."},
	{Message: regexp.MustCompile(`a web page "500 \| Label Studio"`),
		Text: "Label Studio sends this page for every address while it can't read its database. Check that the database runs and that the server reaches it; the server's log says more."},
	{Message: regexp.MustCompile(`429 Too Many Requests`), Text: tooMany},
	{Message: regexp.MustCompile(`502 Bad Gateway|503 Service Unavailable`), Text: gatewayAlone},
	{Message: regexp.MustCompile(`504 Gateway Timeout`),
		Text: "The gateway in front of Label Studio got no response from it in time. Check that Label Studio is not overloaded, then apply again; if it recurs, raise the gateway's time limit (proxy_read_timeout of nginx)."},
	// Last, because the reasons above say more.
	{Message: regexp.MustCompile(`500 Internal Server Error`),
		Text: "The server has failed. If its message doesn't name a mistake in the configuration, look at the server's log, correct the cause and apply again."},
}

const strange = "Label Studio doesn't send such a response: a gateway may have changed it, or this provider doesn't know the server's version. Check url, the gateway and the version, then apply again."

// clientAdvice is about the client's own failures.
var clientAdvice = []Advice{
	{Message: regexp.MustCompile(`cannot reach`),
		Text: "Check url, that Label Studio runs, and that this machine reaches it (proxy, VPN, firewall). Then apply again."},
	{Message: regexp.MustCompile(`the connection broke`),
		Text: "The server or a gateway in front of it has closed the connection, perhaps because it was restarted. Check that Label Studio runs, then apply again; if it recurs, look at their logs."},
	{Message: regexp.MustCompile("takes longer than `request_timeout`"),
		Text: "Check that Label Studio is not overloaded, then apply again. If it always needs that long, raise request_timeout in the provider block."},
	{Message: regexp.MustCompile(`is broken JSON`),
		Text: "Apply again. If it recurs, something between Terraform and Label Studio cuts responses off: look at the gateway's log."},
	{Message: regexp.MustCompile(`is not the JSON that is expected|not the list that is expected|another object than the one asked for|json: cannot unmarshal`), Text: strange},
	{Message: regexp.MustCompile(`larger than 32 MiB`),
		Text: "Label Studio sends no response of that size. Check that url leads to Label Studio and to nothing else, then apply again."},
}
