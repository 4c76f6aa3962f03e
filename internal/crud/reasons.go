package crud

import (
	"slices"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
)

const (
	gatewayAdvice    = "The gateway in front of Label Studio does not reach it: Label Studio is down, is starting or is overloaded. Check that Label Studio runs, then apply again."
	lockedAdvice     = "The server runs on SQLite, which allows only one write at a time. Apply again. If the error recurs, use a smaller -parallelism. A server with many users should run on PostgreSQL."
	unexpectedAdvice = "Label Studio doesn't send such a response: a gateway may have changed it, or this provider doesn't know the server's version. Check url, the gateway and the version, then apply again."
)

// reasonAdvice says what to do about a request that failed for a reason that the
// client knows.
var reasonAdvice = map[labelstudio.Reason]string{
	labelstudio.ReasonUnreachable:        "Check url, that Label Studio runs, and that this machine reaches it (proxy, VPN, firewall). Then apply again.",
	labelstudio.ReasonNotHTTPS:           "Let `url` begin with http://, or set the port on which the server speaks HTTPS.",
	labelstudio.ReasonUntrusted:          "If a private certificate authority issued the certificate of the server, set `ca_cert` to the certificate of this authority.",
	labelstudio.ReasonConnectionBroke:    "The server or a gateway in front of it has closed the connection, perhaps because it was restarted. Check that Label Studio runs, then apply again; if it recurs, look at their logs.",
	labelstudio.ReasonTimeout:            "Check that Label Studio is not overloaded, then apply again. If it always needs that long, raise request_timeout in the provider block.",
	labelstudio.ReasonTooLarge:           "Label Studio sends no response of that size. Check that url leads to Label Studio and to nothing else, then apply again.",
	labelstudio.ReasonRedirect:           "Set `url` to the final address of Label Studio.",
	labelstudio.ReasonLogInPage:          "This is probably the log-in page of a gateway in front of Label Studio, such as an OAuth proxy or Cloudflare Access: Label Studio has not received the request, so the token in `api_key` is not the problem. Let the gateway pass requests to the API, or set the header that it needs in `http_headers`.",
	labelstudio.ReasonTokenRefused:       "Check that the token in `api_key` belongs to this server, and that no gateway in front of it expects another token.",
	labelstudio.ReasonNotLabelStudio:     "Check `url` and its path prefix.",
	labelstudio.ReasonOtherOrganization:  "Settings belong to an organization. Check that `api_key` belongs to a user of the right one, and that `url` leads to the right server; if this organization is the right one, run `terraform state rm` on the resource and apply again.",
	labelstudio.ReasonNotOffered:         "The server may have such objects disabled, as it has local files with ENABLE_LOCAL_FILES_STORAGE=false.",
	labelstudio.ReasonTooManyRequests:    "The server, or a gateway in front of it, accepts no more requests at the moment. Apply again, with a smaller -parallelism if it recurs.",
	labelstudio.ReasonServerError:        "The server has failed. If its message doesn't name a mistake in the configuration, look at the server's log, correct the cause and apply again.",
	labelstudio.ReasonDatabaseLocked:     lockedAdvice,
	labelstudio.ReasonErrorPage:          "Label Studio sends this page for every address while it can't read its database. Check that the database runs and that the server reaches it; the server's log says more.",
	labelstudio.ReasonBadGateway:         gatewayAdvice,
	labelstudio.ReasonServiceUnavailable: gatewayAdvice,
	labelstudio.ReasonGatewayTimeout:     "The gateway in front of Label Studio got no response from it in time. Check that Label Studio is not overloaded, then apply again; if it recurs, raise the gateway's time limit (proxy_read_timeout of nginx).",
	labelstudio.ReasonWebPage:            "`url` may be that of a log-in page or of a gateway instead of that of Label Studio.",
	labelstudio.ReasonBrokenJSON:         "Apply again. If it recurs, something between Terraform and Label Studio cuts responses off: look at the gateway's log.",
	labelstudio.ReasonUnexpected:         unexpectedAdvice,
}

// WithAdvice is the message of an error, with what to do about it if the client knows
// the reason.
func WithAdvice(err error) string {
	message := err.Error()
	if advice := reasonAdvice[labelstudio.ReasonOf(err)]; advice != "" {
		message += "\n\n" + advice
	}
	return withEdition(message, err)
}

// editionReasons are those of errors for which the edition of the server may be the cause.
var editionReasons = []labelstudio.Reason{"", labelstudio.ReasonNotOffered, labelstudio.ReasonServerError, labelstudio.ReasonUnexpected}

// withEdition adds to a message of the Enterprise edition that it may differ.
func withEdition(message string, err error) string {
	if labelstudio.IsEnterprise(err) && slices.Contains(editionReasons, labelstudio.ReasonOf(err)) {
		message += "\n\nThe server is Label Studio Enterprise or HumanSignal's cloud. This provider is tested only with the Community edition, so the reason may be a difference between the editions."
	}
	return message
}

// adviseLost says what to do about a create whose response was lost.
func adviseLost(lost *labelstudio.LostError) string {
	switch {
	case len(lost.Candidates) > 0:
		return "Look at them, import or delete the right one, and apply again."
	case lost.SearchErr != nil, lost.Made():
		return "Look for it on the server, import or delete it, and apply again."
	}
	return "It is safe to apply again, unless the server is still working on it."
}
