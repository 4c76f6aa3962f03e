package storage

import (
	"regexp"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
)

const jsonAlone = "Redis storages import only JSON: each key has to hold a task as a JSON object, or a list of them, in UTF-8. Pictures and other data can't be imported from Redis. Correct the value of the key, or let path choose only the keys with tasks."

var redisAdvice = []crud.Advice{
	{Message: privateAddressMessage, Attribute: "host", Text: privateAddress},
	{Message: unknownHostMessage, Attribute: "host", Text: unknownHost},
	{Message: regexp.MustCompile(`Can't connect to Redis server`), Attribute: "host",
		Text: "The Label Studio server, not Terraform, connects. Check, in this order: host and port, that the server's network reaches them, password, db (not 0)."},
	{Message: regexp.MustCompile(`Error 111 connecting to `), Attribute: "host",
		Text: "Nothing listens at host and port as the Label Studio server, not Terraform, sees them."},
	{Message: regexp.MustCompile(`invalid username-password pair`), Attribute: "password",
		Text: "Redis refuses the password. Label Studio removes spaces at both ends, so a password that begins or ends with a space can't work."},
	{Message: regexp.MustCompile(`Authentication required`), Attribute: "password",
		Text: "The Redis server requires a password: set password."},
}

// keyAdvice is about the keys that an import storage reads.
var keyAdvice = []crud.Advice{
	{Message: tasksMessage, Attribute: "path", Text: jsonAlone},
	{Message: formatMessage, Attribute: "path",
		Text: "A key holds JSON that is not in Label Studio's format. " + taskFormat + " Correct the value of the key, or let path choose only the keys with tasks."},
}
