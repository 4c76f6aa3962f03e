package storage

import (
	"regexp"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
)

var gcsAdvice = []crud.Advice{
	{Message: regexp.MustCompile(`Service account info was not in the expected format`), Attribute: "google_application_credentials",
		Text: "The JSON is not a service account's key. Create a key of the type JSON for the service account and give the whole content of the file."},
	{Message: regexp.MustCompile(`Unable to load PEM file`), Attribute: "google_application_credentials",
		Text: "The private_key in the JSON is damaged. Give the key file as it was downloaded: file(\"key.json\")."},
	{Message: regexp.MustCompile(`Invalid JWT Signature`), Attribute: "google_application_credentials",
		Text: "Google doesn't know the key any more: it was deleted, or belongs to another service account. Create a new key of the type JSON and give the whole content of the file."},
	{Message: regexp.MustCompile(`Your default credentials were not found`), Attribute: "google_application_credentials",
		Text: "The storage has no credentials, and the Label Studio server has no default credentials. Set google_application_credentials, or give the server application default credentials."},
	{Message: regexp.MustCompile(`Timeout of [\d.]+s exceeded`), Attribute: "bucket",
		Text: "The Label Studio server did not reach Google Cloud for two minutes. Check that its network reaches storage.googleapis.com and the token_uri of the credentials."},
	{Message: regexp.MustCompile(`No blobs found in `), Attribute: prefix.Name,
		Text: "Nothing in the bucket begins with the prefix. Check prefix, and that the objects are there before the storage is created."},
	{Message: regexp.MustCompile(`/storage/v1/b/`), Attribute: "bucket", // the address of a bucket, after which Google says why
		Text: "Check the bucket's name, and that the service account may see it (storage.buckets.get), list and read its objects and, for exports, create some."},
}
