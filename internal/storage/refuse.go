package storage

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

// These functions are for [object.Attribute.Refuse]: they know mistakes that the server
// accepts, or explains badly.

// refuseBucket wants the name of a bucket or container alone. Only an access point of S3 is
// named by its ARN.
func refuseBucket(text string) string {
	arn := strings.HasPrefix(text, "arn:")
	switch {
	case text == "":
		return "is empty"
	case strings.Contains(text, "/") && !arn, arn && strings.Contains(text, ":s3:::"):
		return "has to be the name alone, such as images in the place of s3://images/cats: what follows the name belongs into prefix"
	}
	return ""
}

// refuseEndpoint wants a whole address. "" is that of Amazon.
func refuseEndpoint(text string) string {
	if text == "" {
		return ""
	}
	return labelstudio.AddressProblem(text)
}

// refuseHost wants a name or an address of IPv4 or IPv6.
func refuseHost(text string) string {
	if strings.Contains(text, "/") || strings.Count(text, ":") == 1 {
		return "has to be the name of the host alone, without redis:// and without the port, which is an attribute of its own"
	}
	return ""
}

func refusePort(text string) string {
	if port, err := strconv.Atoi(text); err != nil || port < 1 || port > 65535 {
		return "has to be a number from 1 to 65535"
	}
	return ""
}

// refuseDatabase wants a number that Label Studio does not take for a missing one.
func refuseDatabase(db attr.Value) string {
	if object.Int64Of(db) == 0 {
		return "has to be 1 or more: Label Studio refuses 0"
	}
	return ""
}

// refuseMinutes wants what a server on PostgreSQL can keep. SQLite keeps larger numbers.
func refuseMinutes(minutes attr.Value) string {
	if object.Int64Of(minutes) > math.MaxInt16 {
		return fmt.Sprintf("has to be at most %d", math.MaxInt16)
	}
	return ""
}

// refuseGoogleKey wants the JSON of a key file. What is in it, the server judges.
func refuseGoogleKey(text string) string {
	decoded, _ := base64.StdEncoding.DecodeString(text)
	var once string
	switch {
	case text == "" || isObject(text):
		return ""
	case isObject(string(decoded)):
		return "is Base64 text, as the private_key of google_service_account_key is. Write base64decode(…) around it"
	case json.Unmarshal([]byte(text), &once) == nil && isObject(once):
		return "is encoded as JSON twice. The content of a key file is JSON already: remove jsonencode"
	case !strings.ContainsAny(text, "{\n"):
		return `has to be the content of a key file, not its path or anything else. To read a file, write file("key.json")`
	}
	return `is not valid JSON. Give the content of the key file unchanged, as file("key.json") reads it`
}

func isObject(text string) bool {
	var object map[string]any
	return json.Unmarshal([]byte(text), &object) == nil && object != nil
}

var signature = regexp.MustCompile(`(^|[?&])sig=`)

func refuseAzureKey(text string) string {
	if signature.MatchString(text) {
		return "is a shared access signature, which Label Studio doesn't support. Give one of the two keys of the storage account"
	}
	return ""
}

// refuseAzureName looks at the name as far as the first semicolon: the server makes a
// connection string of it, so that further settings may follow.
func refuseAzureName(text string) string {
	if name, _, _ := strings.Cut(text, ";"); strings.ContainsAny(name, "./:") {
		return "has to be the name alone, the part of the address before .blob.core.windows.net"
	}
	return ""
}
