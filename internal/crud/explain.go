package crud

import "strings"

// place stands for the attribute that says where an object's data lie.
const place = "place"

// explanations say what to do about the server's messages, which are matched by
// a part that is the same in each release, and which attribute they are about.
var explanations = []struct {
	message string
	about   string
	advice  string
}{
	{"LOCAL_FILES_SERVING_ENABLED is disabled", place,
		"The Label Studio server has local files switched off. Set LABEL_STUDIO_LOCAL_FILES_SERVING_ENABLED=true and LABEL_STUDIO_LOCAL_FILES_DOCUMENT_ROOT in the environment of the server's process (its container), not of Terraform, and restart the server."},
	{"cannot be the same as LOCAL_FILES_DOCUMENT_ROOT", place,
		"Name a directory below the server's document root, not the root itself."},
	{"must be a subdirectory of LOCAL_FILES_DOCUMENT_ROOT", place,
		"The path lies outside the server's document root. Use a directory below it, or set LABEL_STUDIO_LOCAL_FILES_DOCUMENT_ROOT of the server to a directory that holds this one and restart the server."},
	{"Absolute local path", place,
		"The path is one of the server's file system: inside a container it is the path inside the container, not the one on the host that is mounted there. Check that the directory exists there and that the server's user may read it."},
	{"Path must be set for Local Files storage", place,
		"Set path to an absolute path on the server."},
	{"legacy token authentication has been disabled", "",
		"The api_key is a legacy token, and the organization has legacy tokens switched off, as new organizations do since Label Studio 1.22. Use a personal access token (Account & Settings, Personal Access Token) as api_key, or switch legacy tokens on in the organization's settings."},
	{"Token is blacklisted", "",
		"The personal access token in api_key was revoked or rotated. Create a new one (Account & Settings, Personal Access Token)."},
	{"Token is invalid", "",
		"The server doesn't accept the personal access token in api_key: it was cut off when it was copied, or belongs to another server. Check api_key and url."},
	{"Invalid token.", "",
		"The server doesn't know the token in api_key. Check that api_key and url belong to the same server."},
	{"Authentication credentials were not provided", "",
		"The server doesn't accept the token: it has expired, or personal access tokens are switched off in the organization's settings."},
	{"database is locked", "",
		"The server runs on SQLite, which writes for one request at a time. Apply again, with a smaller -parallelism if it recurs; a server with many users should run on PostgreSQL."},
	{"reserved network address", place,
		"The server refuses addresses of private networks. If the address is right, set SSRF_PROTECTION_ENABLED=false in the environment of the Label Studio server and restart it."},
	{"Debugging info is not available for s3 endpoints", place,
		"The server hides the reason for endpoints other than Amazon's. Check, in this order: that the server reaches s3_endpoint, that the bucket exists there, that the keys are right and may list and read it, that prefix exists. To see the reason, add the endpoint's domain to S3_TRUSTED_STORAGE_DOMAINS in the environment of the server."},
	{"is not a JSON/JSONL/Parquet file", "use_blob_urls",
		"With use_blob_urls = false each file has to hold tasks. For pictures, audio or video set use_blob_urls = true; or let regex_filter choose only the files with tasks, such as \".*\\.json\"."},
	{"Can't import JSON-formatted tasks", "use_blob_urls",
		"With use_blob_urls = false each file has to hold tasks: a JSON object or a list of them. Correct the file; or set use_blob_urls = true if the files themselves shall be labelled."},
	{"re.error", "regex_filter",
		"regex_filter is not a regular expression as Python's re module knows it. To match all files of a type, write \".*\\.jpg\"."},
	// Python's two parsers, of which the server uses one to create and one to change.
	{", column ", "label_config",
		"label_config is not well-formed XML: look for an element that is not closed, a quote or an & that is missing its other half."},
	{"incompatible with provided labeling schema", "label_config",
		"The project's annotations use what the new label_config leaves out. Keep those controls and labels, or delete the annotations first."},
}

// explain finds what to do about a message of the server.
func explain(message string) (advice, about string) {
	for _, explanation := range explanations {
		if strings.Contains(message, explanation.message) {
			return explanation.advice, explanation.about
		}
	}
	return "", ""
}
