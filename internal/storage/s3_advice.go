package storage

import (
	"regexp"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
)

// maskedMessage is what the server says of any error at an endpoint that it does not trust.
var maskedMessage = regexp.MustCompile(`Debugging info is not available for s3 endpoints`)

const unmask = "To see the reason, add the endpoint's domain to S3_TRUSTED_STORAGE_DOMAINS in the environment of the server."

// s3SyncAdvice is about a run that has found the bucket and failed at an object.
var s3SyncAdvice = []crud.Advice{
	{Message: maskedMessage, Attribute: useBlobURLs.Name,
		Text: "The server hides the reason for endpoints other than Amazon's. The bucket could be reached when the storage was saved, so check first what is in it: with use_blob_urls = false each object has to hold tasks as JSON; for pictures, audio or video set use_blob_urls = true. Then check regex_filter, and that the keys may list and read the objects. " + unmask},
}

var s3Advice = []crud.Advice{
	{Message: privateAddressMessage, Attribute: "s3_endpoint", Text: privateAddress},
	{Message: unknownHostMessage, Attribute: "s3_endpoint", Text: unknownHost},
	{Message: maskedMessage, Attribute: "bucket",
		Text: "The server hides the reason for endpoints other than Amazon's. Check, in this order: that the server reaches s3_endpoint, that the bucket exists there, that the keys are right and may list and read it, that prefix exists. " + unmask},
	{Message: regexp.MustCompile(`Cannot find bucket `), Attribute: "bucket",
		Text: "The keys are valid, but the bucket does not exist for them. Check its name, region_name and s3_endpoint."},
	{Message: regexp.MustCompile(`Cannot connect to S3 `), Attribute: "bucket",
		Text: "The endpoint answers, but refuses the keys, or they may not list the bucket. Check aws_access_key_id and aws_secret_access_key (Label Studio removes spaces at both ends), and that the policy allows s3:ListBucket, s3:GetObject and, for exports, s3:PutObject."},
	{Message: regexp.MustCompile(`when calling the HeadBucket operation`), Attribute: "bucket",
		Text: "S3 gives no reason here. Check that aws_session_token is not expired and belongs to the keys, and region_name."},
	{Message: regexp.MustCompile(`Could not connect to the endpoint URL`), Attribute: "s3_endpoint",
		Text: "The Label Studio server, not Terraform, connects to the endpoint. Check s3_endpoint, and that the server's network reaches it."},
	// The plan has refused what is no address at all.
	{Message: regexp.MustCompile("Invalid endpoint|Custom endpoint `.*` was not a valid URI"), Attribute: "s3_endpoint",
		Text: "Label Studio's library for S3 accepts only letters, digits, hyphens and dots in the name of a host, and ports up to 65535. A name with an underscore, as Docker Compose gives to services, needs an alias without one."},
	{Message: regexp.MustCompile(`Unable to locate credentials`), Attribute: "aws_access_key_id",
		Text: "The storage has no keys, and the Label Studio server has no default credentials. Set aws_access_key_id and aws_secret_access_key, or give the server a role."},
	{Message: regexp.MustCompile(`s3://.* not found`), Attribute: prefix.Name,
		Text: "Nothing in the bucket begins with the prefix. Check prefix, and that the objects are there before the storage is created."},
}
