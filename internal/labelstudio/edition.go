package labelstudio

import (
	"net/url"
	"strings"
)

// isCloud tells whether the address is that of HumanSignal's cloud, which runs the
// Enterprise edition.
func isCloud(address string) bool {
	parsed, err := url.Parse(address)
	return err == nil && strings.HasSuffix(strings.ToLower(parsed.Hostname()), ".humansignal.com")
}

// isEnterprise tells by the response of whoami whether the server is of the Enterprise
// edition. The schema of that edition (WhoAmIUser in label-studio-sdk 2.1) has lse_fields,
// that of the Community edition (BaseWhoAmIUser) has not.
func isEnterprise(me Object) bool { return me["lse_fields"] != nil }
