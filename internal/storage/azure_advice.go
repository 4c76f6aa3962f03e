package storage

import (
	"regexp"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
)

// azureAccount is the address of a storage account. The name of the account, which it
// holds, is one of the secrets.
var azureAccount = regexp.MustCompile(`[\w-]+(\.blob\.core\.windows\.net)`)

// withoutAccount takes the name of the account out of a message. The server shows it
// where it can't find the address.
func withoutAccount(message string) string {
	return azureAccount.ReplaceAllString(message, "(account_name)$1")
}

var azureAdvice = []crud.Advice{
	{Message: regexp.MustCompile(`Container not found`), Attribute: "container",
		Text: "Azure accepts the account and its key, but the account has no such container. Check container and account_name."},
	{Message: regexp.MustCompile(`resource name contains invalid characters`), Attribute: "container",
		Text: "The name of a container has 3 to 63 lower-case letters, digits and hyphens."},
	{Message: regexp.MustCompile(`Failed to resolve '[^']*\.blob\.core\.windows\.net'`), Attribute: "account_name",
		Text: "The Label Studio server, not Terraform, looks up the name. Check the spelling of account_name, and that the server's network reaches Azure."},
	{Message: regexp.MustCompile(`Server failed to authenticate the request`), Attribute: "account_key",
		Text: "Azure refuses the key. Check account_name and account_key, and that the storage account allows access with keys."},
	{Message: regexp.MustCompile(`Incorrect padding|Invalid base64-encoded string`), Attribute: "account_key",
		Text: "account_key is not a key of Azure, which is Base64 text: it was cut off when it was copied."},
	{Message: regexp.MustCompile(`Azure account name and key must be set`), Attribute: "account_name",
		Text: "The storage has no account, and the Label Studio server has no default account. Set account_name and account_key, or AZURE_BLOB_ACCOUNT_NAME and AZURE_BLOB_ACCOUNT_KEY in the environment of the server."},
	{Message: regexp.MustCompile(`azure-blob://.* not found`), Attribute: prefix.Name,
		Text: "Nothing in the container begins with the prefix. Check prefix, and that the objects are there before the storage is created."},
}
