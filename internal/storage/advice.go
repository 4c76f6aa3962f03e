package storage

import (
	"regexp"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
)

const (
	badRegex = "regex_filter is not a regular expression as Python's re module knows it, so each sync fails. To match all files of a type, write \".*\\\\.jpg\"."

	nothingExported = "Label Studio notices no write that fails. Check that its credentials may write there (for S3 s3:PutObject, for local files the permissions of the directory), that there is space left, and the server's log."

	privateAddress = "The server refuses addresses of private networks. If the address is right, set SSRF_PROTECTION_ENABLED=false in the environment of the Label Studio server and restart it."
	unknownHost    = "The Label Studio server, not Terraform, looks up the name. Check its spelling, and that the server's network knows it."
)

// Messages that the server has for storages of several services.
var (
	privateAddressMessage = regexp.MustCompile(`reserved network address`)
	unknownHostMessage    = regexp.MustCompile(`Can't resolve hostname`)
)

// sharedAdvice is about errors of any storage.
var sharedAdvice = []crud.Advice{
	{Message: regexp.MustCompile(`NoneType: None`),
		Text: "The worker that had the sync died, and Label Studio notes no reason. See the worker's log, and whether it has memory enough."},
	{Message: regexp.MustCompile(`Error validating storage connection`),
		Text: "The server hides the reason. Check that it reaches the place and that the credentials are right."},
}

// tasksMessage is what the server says of a file that holds no tasks: of any file, of a
// JSON file, and before 1.21.
var tasksMessage = regexp.MustCompile(`is not a JSON/JSONL/Parquet file|Can.t import JSON-formatted tasks from|Treat every bucket object as a source file`)

// fileAdvice is about the files of an import storage. Redis storages have other advice,
// because they have no use_blob_urls and no regex_filter.
var fileAdvice = []crud.Advice{
	{Message: tasksMessage, Attribute: useBlobURLs.Name,
		Text: "With use_blob_urls = false each file has to hold tasks: a JSON object or a list of them. Correct the file; for pictures, audio or video set use_blob_urls = true; or let regex_filter choose only the files with tasks, such as \".*\\\\.json\"."},
	{Message: itemMessage, Attribute: useBlobURLs.Name,
		Text: "An item of a list in a file is no JSON object, as a task has to be."},
	// Python 3.13 has renamed re.error to re.PatternError.
	{Message: regexp.MustCompile(`re\.(error|PatternError): `), Attribute: regexFilter, Text: badRegex},
}

// itemMessage is what the server says of an item that is no JSON object.
var itemMessage = regexp.MustCompile(`object has no attribute 'get'`)
