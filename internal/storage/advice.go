package storage

import (
	"regexp"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
)

const (
	badRegex = "regex_filter is not a valid regular expression of Python's re module, so each sync fails. To match all files of a type, write \".*\\\\.jpg\"."

	nothingExported = "Label Studio does not detect failed writes. Check that its credentials may write there (for S3 s3:PutObject, for local files the permissions of the directory), that there is space left, and the server's log."

	privateAddress = "The server refuses addresses in private networks. If the address is right, set SSRF_PROTECTION_ENABLED=false in the environment of the Label Studio server and restart it."
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
		Text: "The worker that ran the sync died, and Label Studio does not save the reason. Look at the log of the worker, and check that it has enough memory."},
	{Message: regexp.MustCompile(`Error validating storage connection`),
		Text: "The server hides the reason. Check that it reaches the place and that the credentials are right."},
}

// tasksMessage is what the server says of a file that holds no tasks: of any file, of a
// JSON file, of one that is not in UTF-8, and before 1.21.
var tasksMessage = regexp.MustCompile(`Error loading JSON from file "|is not a JSON/JSONL/Parquet file|Can.t import JSON-formatted tasks from|Treat every bucket object as a source file`)

// fileAdvice is about the files of an import storage. Redis storages have other advice,
// because they have no use_blob_urls and no regex_filter.
var fileAdvice = []crud.Advice{
	{Message: tasksMessage, Attribute: useBlobURLs.Name,
		Text: "With use_blob_urls = false each file has to hold tasks: a JSON object or a list of them, in UTF-8 without a byte order mark, and without NaN. Correct the file; for pictures, audio or video set use_blob_urls = true; or let regex_filter choose only the files with tasks, such as \".*\\\\.json\"."},
	{Message: formatMessage, Attribute: useBlobURLs.Name,
		Text: "A file holds JSON that is not in Label Studio's format. " + taskFormat + " The server does not say which file it is: the first in the order of names of which the project has no task. Correct it, or let regex_filter leave it out."},
	{Message: regexp.MustCompile(`UnicodeDecodeError: `), Attribute: useBlobURLs.Name,
		Text: "With use_blob_urls = false each file has to hold tasks as JSON in UTF-8, and one of them is not in UTF-8. Convert it; for pictures, audio or video set use_blob_urls = true; or let regex_filter leave it out."},
	// Python 3.13 has renamed re.error to re.PatternError.
	{Message: regexp.MustCompile(`re\.(error|PatternError): `), Attribute: regexFilter, Text: badRegex},
}

// formatMessage is what the server says of JSON that holds no tasks, or annotations or
// predictions that are none: a list of texts, COCO, or ids in the place of predictions.
var formatMessage = regexp.MustCompile(`object has no attribute 'get'|object does not support item assignment|you must put "data" field in the task|can't be parse from str to JSON`)

// taskFormat is the format of a task.
const taskFormat = `A task is an object such as {"data": {"image": "…"}, "annotations": [{"result": […]}], "predictions": [{"result": […]}]}, of which only data is needed. ` +
	`An object without data is the data itself, and must not have annotations or predictions. ` +
	`In an export of Label Studio, predictions may be a list of numbers: take it out. COCO and other formats have to be converted.`
