package mlbackend

import (
	"regexp"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
)

var advice = []crud.Advice{
	{Message: regexp.MustCompile(`health check failed`), Attribute: url,
		Text: "The Label Studio server, not Terraform, calls <url>/health before it creates an ML backend and before each change of it, even one of the title. Start the backend, check that the server reaches this address (inside a container, localhost is the container), and apply again. Until then, Terraform can read and destroy the ML backend, but not change it."},
	{Message: regexp.MustCompile(`doesn't look like a valid ML backend`), Attribute: url,
		Text: "Label Studio called <url>/setup, and the backend failed. The log of the backend says why. Often, the model does not support the project's labeling configuration, or url is the address of another program."},
	{Message: regexp.MustCompile(`authentication parameters were either not provided or are incorrect`), Attribute: basicAuthUser,
		Text: "The backend answered <url>/health with 401. Set auth_method = \"BASIC_AUTH\", and the user and password that the backend accepts (basic_auth_user, and basic_auth_pass or basic_auth_pass_wo)."},
	{Message: regexp.MustCompile(`Authentication password is required`), Attribute: basicAuthPass,
		Text: "The server has no password for this ML backend. Set basic_auth_pass or basic_auth_pass_wo."},
	{Message: regexp.MustCompile(`no attribute 'auth_token'`),
		Text: "The user who created the project was deleted. Label Studio needs this user's token for its calls of the backend, so it can no longer read, change or delete the ML backends of the project. " +
			"If you don't need the project, delete it: this deletes its ML backends, too. To keep the project, an administrator must enter another creator in the database (column created_by_id of the table project). Until then, remove the ML backend from the state with `terraform state rm`."},
	{Message: regexp.MustCompile(`reserved network address`), Attribute: url,
		Text: "The server calls no addresses in private networks. If the address is right, set both SSRF_PROTECTION_ENABLED=false and ML_BLOCK_LOCAL_IP=false in the environment of the Label Studio server and restart it. " +
			"With ML_BLOCK_LOCAL_IP=false alone, the server creates the ML backend, but not the webhook that calls <url>/webhook, and it does not tell the backend about new annotations. In this case, set both, and then replace the ML backend, or create a labelstudio_webhook with that address."},
	{Message: regexp.MustCompile(`The provided URL was not allowed`), Attribute: url,
		Text: "Label Studio calls only addresses with http:// or https://."},
	{Message: regexp.MustCompile(`Can't resolve hostname`), Attribute: url,
		Text: "The Label Studio server, not Terraform, looks up the name of the backend, as an IPv4 address. Check its spelling, and that the server's network knows it."},
}

// link is HTML that the server puts into a message for its user interface.
var link = regexp.MustCompile(`<a [^>]*>[^<]*</a> about how to set up an ML backend\. |</?a\b[^>]*>`)

// withoutLinks takes the HTML out of a message.
func withoutLinks(message string) string { return link.ReplaceAllString(message, "") }
