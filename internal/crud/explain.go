package crud

import (
	"regexp"
	"strings"
)

// place stands for the attribute that says where an object's data lie.
const place = "place"

// endpoint is the attribute that says which machine the data are on, where the
// place does not.
const endpoint = "s3_endpoint"

// Python 3.13 has renamed re.error to re.PatternError.
const badRegex = "regex_filter is not a regular expression as Python's re module knows it. To match all files of a type, write \".*\\.jpg\"."

const (
	servingOff = "The Label Studio server has local files switched off. Set LABEL_STUDIO_LOCAL_FILES_SERVING_ENABLED=true and LABEL_STUDIO_LOCAL_FILES_DOCUMENT_ROOT in the environment of the server's process (its container), not of Terraform, and restart the server."
	notBelow   = "The path is not below the server's document root. Use a directory below it, not the root itself, or set LABEL_STUDIO_LOCAL_FILES_DOCUMENT_ROOT of the server to a directory that holds this one and restart the server."
	missing    = "The path is one of the server's file system: inside a container it is the path inside the container, not the one on the host that is mounted there. Check that the directory exists there and that the server's user may read it."
	noTasks    = "With use_blob_urls = false each file has to hold tasks: a JSON object or a list of them. Correct the file; for pictures, audio or video set use_blob_urls = true; or let regex_filter choose only the files with tasks, such as \".*\\.json\"."
)

// explanations say what to do about the server's messages, which are matched by
// a part that is the same in each release, and which attribute they are about.
var explanations = []struct {
	message string
	about   string
	advice  string
}{
	{"LOCAL_FILES_SERVING_ENABLED is disabled", place, servingOff},
	{"Serving local files can be dangerous", place, servingOff}, // before 1.22
	{"cannot be the same as LOCAL_FILES_DOCUMENT_ROOT", place, notBelow},
	{"must be a subdirectory of LOCAL_FILES_DOCUMENT_ROOT", place, notBelow},
	{"must start with LOCAL_FILES_DOCUMENT_ROOT", place, notBelow}, // before 1.22
	{"Absolute local path", place, missing},
	{"Path /", place, missing}, // before 1.22
	{"Path must be set for Local Files storage", place,
		"Set path to an absolute path on the server."},
	{"Invalid pk", "project",
		"The server has no such project for this api_key: it was deleted, or belongs to another organization or server. Give the id of one that is there; if labelstudio_project makes it, refer to labelstudio_project.<name>.id, so that both are made anew together."},
	{"legacy token authentication has been disabled", "",
		"The api_key is a legacy token, and the organization has legacy tokens switched off, as new organizations do since Label Studio 1.17. Use a personal access token (Account & Settings, Personal Access Token) as api_key, or switch legacy tokens on in the organization's settings."},
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
	{"NoneType: None", "",
		"The worker that had the sync died, and Label Studio notes no reason. See the worker's log, and whether it has memory enough."},
	{`a web page "500 | Label Studio"`, "",
		"Label Studio answers so, at every address, while it can't read its database. Check that the database runs and that the server reaches it; the server's log says more."},
	{"reserved network address", endpoint,
		"The server refuses addresses of private networks. If the address is right, set SSRF_PROTECTION_ENABLED=false in the environment of the Label Studio server and restart it."},
	{"Debugging info is not available for s3 endpoints", place,
		"The server hides the reason for endpoints other than Amazon's. Check, in this order: that the server reaches s3_endpoint, that the bucket exists there, that the keys are right and may list and read it, that prefix exists. To see the reason, add the endpoint's domain to S3_TRUSTED_STORAGE_DOMAINS in the environment of the server."},
	{"nothing new is in the place that they should be in", place,
		"Label Studio notices no write that fails. Check that its credentials may write there (for S3 s3:PutObject, for local files the permissions of the directory), that there is space left, and the server's log."},
	{"Can't resolve hostname", endpoint,
		"The Label Studio server, not Terraform, looks up the name. Check its spelling, and that the server's network knows it."},
	{"Cannot find bucket", place,
		"The keys are good, but the bucket does not exist for them. Check its name, region_name and s3_endpoint."},
	{"Cannot connect to S3", place,
		"The endpoint answers, but refuses the keys, or they may not list the bucket. Check aws_access_key_id and aws_secret_access_key (they are stripped of outer blanks), and that the policy allows s3:ListBucket, s3:GetObject and, for exports, s3:PutObject."},
	{"when calling the HeadBucket operation", place,
		"S3 gives no reason here. Check that aws_session_token is not expired and belongs to the keys, and region_name."},
	{"Could not connect to the endpoint URL", endpoint,
		"The Label Studio server, not Terraform, connects to the endpoint. Check s3_endpoint, and that the server's network reaches it."},
	{"Invalid endpoint", endpoint,
		"s3_endpoint has to be a whole address, such as https://minio.example.com:9000."},
	{"Unable to locate credentials", "aws_access_key_id",
		"The storage has no keys, and the Label Studio server has none of its own. Set aws_access_key_id and aws_secret_access_key, or give the server a role."},
	{"Google Application Credentials must be valid JSON", "google_application_credentials",
		"Give the content of the service account's key file, as file(\"key.json\") reads it, not the path of the file."},
	{"Service account info was not in the expected format", "google_application_credentials",
		"The JSON is not a service account's key. Create a key of the type JSON for the service account and give the whole content of the file."},
	{"Unable to load PEM file", "google_application_credentials",
		"The private_key in the JSON is damaged. Give the key file as it was downloaded: file(\"key.json\")."},
	{"Invalid JWT Signature", "google_application_credentials",
		"Google doesn't know the key any more: it was deleted, or belongs to another service account. Create a new key of the type JSON and give the whole content of the file."},
	{"Your default credentials were not found", "google_application_credentials",
		"The storage has no credentials, and the Label Studio server has none of its own. Set google_application_credentials, or give the server application default credentials."},
	{"Timeout of 120.0s exceeded", place,
		"The Label Studio server did not reach Google Cloud for two minutes. Check that its network reaches storage.googleapis.com and the token_uri of the credentials."},
	{"No blobs found in", "prefix",
		"Nothing in the bucket begins with the prefix. Check prefix, and that the objects are there before the storage is created."},
	{"/storage/v1/b/", place, // the address of a bucket, after which Google says why
		"Check the bucket's name, and that the service account may see it (storage.buckets.get), list and read its objects and, for exports, create some."},
	{"Container not found", place,
		"The account and key are good, but it has no such container. Check the name, and the account."},
	{"resource name contains invalid characters", place,
		"The name of a container has 3 to 63 lower-case letters, digits and hyphens."},
	{"Failed to resolve", "account_name",
		"The Label Studio server, not Terraform, looks up the name. Check the spelling of account_name, and that the server's network reaches Azure."},
	{"Server failed to authenticate the request", "account_key",
		"Azure refuses the key. Check account_name and account_key, and that access by keys is switched on for the storage account."},
	{"Incorrect padding", "account_key",
		"account_key is not a key of Azure, which is Base64 text: it was cut off when it was copied."},
	{"Invalid base64-encoded string", "account_key",
		"account_key is not a key of Azure, which is Base64 text: it was cut off when it was copied."},
	{"Azure account name and key must be set", "account_name",
		"The storage has no account, and the Label Studio server has none of its own. Set account_name and account_key, or AZURE_BLOB_ACCOUNT_NAME and AZURE_BLOB_ACCOUNT_KEY in the environment of the server."},
	{"Can't connect to Redis server", place,
		"The Label Studio server, not Terraform, connects. Check, in this order: host and port, that the server's network reaches them, password, db (not 0)."},
	{"Error 111 connecting to", place,
		"Nothing listens at host and port as the Label Studio server, not Terraform, sees them."},
	{"invalid username-password pair", "password",
		"Redis refuses the password. Label Studio strips outer blanks, so a password that begins or ends with one can't work."},
	{"Authentication required", "password",
		"The Redis server wants a password."},
	{"Error validating storage connection", place,
		"The server hides the reason. Check that it reaches the place and that the credentials are right."},
	{"s3://", "prefix",
		"Nothing in the bucket begins with the prefix. Check prefix, and that the objects are there before the storage is created."},
	{"azure-blob://", "prefix",
		"Nothing in the container begins with the prefix. Check prefix, and that the objects are there before the storage is created."},
	{"is not a JSON/JSONL/Parquet file", "use_blob_urls", noTasks},
	{"import JSON-formatted tasks from", "use_blob_urls", noTasks},           // after Can't, whose apostrophe differs
	{"Treat every bucket object as a source file", "use_blob_urls", noTasks}, // before 1.21
	{"object has no attribute 'get'", "use_blob_urls",
		"An item of a list in a file, or the value of a key, is no JSON object, as a task has to be."},
	{"re.error", "regex_filter", badRegex},
	{"re.PatternError", "regex_filter", badRegex},
	// Python's two parsers, of which the server uses one to create and one to change.
	{", column ", "label_config",
		"label_config is not well-formed XML: look for an element that is not closed, a quote or an & that is missing its other half."},
	{"incompatible with provided labeling schema", "label_config",
		"The project's annotations use what the new label_config leaves out. Keep those controls and labels, or delete the annotations first."},
	// What may happen to any request comes last: the reasons above say more.
	{"429 Too Many Requests", "",
		"The server, or a gateway in front of it, takes fewer requests than come. Apply again, with a smaller -parallelism if it recurs."},
	{"502 Bad Gateway", "", gatewayAdvice},
	{"503 Service Unavailable", "", gatewayAdvice},
	{"504 Gateway Timeout", "",
		"The gateway in front of Label Studio has waited for it in vain. Check that Label Studio is not overloaded, then apply again; if it recurs, raise the gateway's time limit (proxy_read_timeout of nginx)."},
	{"cannot reach", "",
		"Check url, that Label Studio runs, and that this machine reaches it (proxy, VPN, firewall). Then apply again."},
	{"the connection broke", "",
		"The server or a gateway in front of it has closed the connection, as they do when they are restarted. Check that Label Studio runs, then apply again; if it recurs, their logs may say why."},
	{"takes longer than `request_timeout`", "",
		"Check that Label Studio is not overloaded, then apply again. If it always needs that long, raise request_timeout in the provider block."},
	{"is broken JSON", "",
		"Apply again. If it recurs, something between Terraform and Label Studio cuts answers off: look at the gateway's log."},
	{"is not the JSON that is expected", "", strangeAdvice},
	{"not the list that is expected", "", strangeAdvice},
	{"another object than the one asked for", "", strangeAdvice},
	{"json: cannot unmarshal", "", strangeAdvice},
	{"larger than 32 MiB", "",
		"No answer of Label Studio is as large. Check that url leads to Label Studio and to nothing else, then apply again."},
	{"500 Internal Server Error", "",
		"The server has failed. If its message doesn't name a mistake in the configuration, look at the server's log, and apply again when it is put right."},
}

const (
	gatewayAdvice = "The gateway in front of Label Studio does not reach it: it is down, is being started or has too much to do. Check that Label Studio runs, then apply again."
	strangeAdvice = "This is not how Label Studio answers: a gateway may have changed the answer, or the server's version is one that this provider doesn't know. Check url, the gateway and the version, then apply again."
)

// azureAccount is the address of a storage account, which holds its name: one of
// the secrets. The server shows it where it can't find the address.
var azureAccount = regexp.MustCompile(`[\w-]+(\.blob\.core\.windows\.net)`)

// withoutSecrets is a message of the server without what it should not have shown.
func withoutSecrets(message string) string {
	return azureAccount.ReplaceAllString(message, "(account_name)$1")
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
