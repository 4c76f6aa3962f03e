package provider

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

// A definition leaves nothing out that the shared code needs, and names no attribute that
// the object doesn't have.
func TestDefinitionsAreComplete(t *testing.T) {
	t.Parallel()
	for _, d := range definitions() {
		t.Run(d.TypeName, func(t *testing.T) {
			t.Parallel()
			for field, text := range map[string]string{
				"TypeName": strings.TrimPrefix(d.TypeName, crud.ProviderName+"_"), "Label": d.Label, "Plural": d.Plural, "Gone": d.Gone, "Collection": d.Collection.String(),
				"Descriptions.Resource": d.Descriptions.Resource, "Descriptions.DataSource": d.Descriptions.DataSource,
				"Descriptions.PluralDataSource": d.Descriptions.PluralDataSource, "Descriptions.ListResource": d.Descriptions.ListResource,
			} {
				if text == "" {
					t.Errorf("%s is empty", field)
				}
			}
			recognised := map[string]object.Attribute{"id": {Type: object.Int64, ReadOnly: true}}
			if d.CreatedAt != "" {
				recognised[d.CreatedAt] = object.Attribute{Type: object.Time, ReadOnly: true}
			} else if d.Parent == "" {
				t.Error("CreatedAt and Parent are empty: nothing tells the object from one of another server")
			}
			for name, a := range recognised {
				i := slices.Index(d.Table.Names(), name)
				if i < 0 || d.Table[i].Type != a.Type || d.Table[i].ReadOnly != a.ReadOnly {
					t.Errorf("the table has no read-only attribute %q of the right type", name)
				}
			}
			if err := slices.Concat(d.Table, d.DataSourceOnly).Check(); err != nil {
				t.Error(err)
			}
			if len(d.DisplayName) == 0 || len(d.Lookup) == 0 {
				t.Error("DisplayName or Lookup is empty")
			}
			named := slices.Concat(d.DisplayName, d.Lookup)
			if d.NonFieldErrors != "" {
				named = append(named, d.NonFieldErrors)
			}
			if d.Parent != "" {
				named = append(named, d.Parent)
			}
			if d.Twin != "" {
				named = append(named, d.Twin)
			}
			for _, name := range named {
				if !slices.Contains(d.Table.Names(), name) {
					t.Errorf("the table has no attribute %q", name)
				}
			}
			if e := d.Exclude; e != nil && (d.Parent == "" || e.Name == "" || e.Description == "" || e.Matches == nil) {
				t.Error("Exclude lacks something, or the object has no Parent")
			}
			for _, name := range d.Filters {
				if !slices.Contains(d.Lookup, name) {
					t.Errorf("%q is a filter and not in Lookup", name)
				}
			}
			for name := range d.LocalDefaults {
				if _, ok := d.Local[name]; !ok {
					t.Errorf("there is no local attribute %q", name)
				}
			}
			for _, a := range d.Advice {
				own := slices.Concat(d.Table.Names(), slices.Collect(maps.Keys(d.Local)))
				if a.Text == "" || a.Attribute != "" && !slices.Contains(own, a.Attribute) {
					t.Errorf("the advice on %s lacks a text, or is about %q, which is no attribute", a.Message, a.Attribute)
				}
			}
		})
	}
}

func TestSettingsOfTheOrganizationAreComplete(t *testing.T) {
	t.Parallel()
	for _, d := range organizationSettings() {
		for field, text := range map[string]string{
			"TypeName": strings.TrimPrefix(d.TypeName, crud.ProviderName+"_"), "Label": d.Label, "Collection": d.Collection.String(), "FindID": d.FindID,
			"Descriptions.Resource": d.Descriptions.Resource, "Descriptions.DataSource": d.Descriptions.DataSource, "Descriptions.ListResource": d.Descriptions.ListResource,
		} {
			if text == "" {
				t.Errorf("%s: %s is empty", d.TypeName, field)
			}
		}
		if err := d.Table.Check(); err != nil {
			t.Errorf("%s: %v", d.TypeName, err)
		}
		for _, a := range d.Table {
			if a.Settable() && !a.Computed {
				t.Errorf("%s: %s is not computed, so it would be changed where the configuration doesn't set it", d.TypeName, a.Name)
			}
		}
	}
}

func TestReadOnlyDataSourcesAreComplete(t *testing.T) {
	t.Parallel()
	for _, d := range readOnly() {
		if strings.TrimPrefix(d.TypeName, crud.ProviderName+"_") == "" || d.Label == "" || d.Get == nil {
			t.Errorf("%s lacks a name, a label or its requests", d.TypeName)
		}
		if err := d.Table.Check(); err != nil {
			t.Errorf("%s: %v", d.TypeName, err)
		}
		if d.Parent != "" && !slices.Contains(d.Table.Names(), d.Parent) {
			t.Errorf("%s: the table has no attribute %q", d.TypeName, d.Parent)
		}
	}
}

// The objects that a message gets an advice for, without labelstudio_.
const (
	everyImport = "local_storage s3_storage gcs_storage azure_storage redis_storage"
	fileImports = "local_storage s3_storage gcs_storage azure_storage"
	everyExport = "local_export_storage s3_export_storage gcs_export_storage azure_export_storage redis_export_storage"
	local       = "local_storage local_export_storage"
	s3          = "s3_storage s3_export_storage"
	gcs         = "gcs_storage gcs_export_storage"
	azure       = "azure_storage azure_export_storage"
	redis       = "redis_storage redis_export_storage"
	all         = "*" // whatever the provider has
)

func TestAMessageGetsItsAdviceOnTheObjectsThatItIsAbout(t *testing.T) {
	t.Parallel()
	type advised struct{ message, objects, attribute, advice string }
	known := []advised{
		{"Serving local files from the host filesystem can be a security risk, so LOCAL_FILES_SERVING_ENABLED is disabled by default.", local, "path", "LABEL_STUDIO_LOCAL_FILES_SERVING_ENABLED=true"},
		{"Serving local files can be dangerous, so it's disabled by default.", local, "path", "LABEL_STUDIO_LOCAL_FILES_SERVING_ENABLED=true"},
		{`Absolute local path "/r" cannot be the same as LOCAL_FILES_DOCUMENT_ROOT="/r" by security reasons.`, local, "path", "below the server's document root"},
		{`Absolute local path "/etc" must be a subdirectory of LOCAL_FILES_DOCUMENT_ROOT="/r" by security reasons.`, local, "path", "is not below"},
		{"Path /etc must start with LOCAL_FILES_DOCUMENT_ROOT=/r and must be a child, otherwise it will be forbidden", local, "path", "is not below"},
		{`Absolute local path "/r/x" does not exist`, local, "path", "inside a container"},
		{`Absolute local path "/r/März" does not exist`, local, "path", "Rename the directory"},
		{"Path /r/März does not exist", local, "path", "Rename the directory"},
		{`['Absolute local path "/r/x" does not exist']`, local, "path", "inside a container"},
		{"Path /r/x does not exist", local, "path", "inside a container"},
		{"Path must be set for Local Files storage", local, "path", "absolute path on the server"},
		{"Model version doesn't exist either as live model or as static predictions.", "project", "model_version", "Connect the backend or import the predictions first"},
		{"URL resolves to a reserved network address (block: 127.0.0.0/8)", s3, "s3_endpoint", "SSRF_PROTECTION_ENABLED=false"},
		{"URL resolves to a reserved network address (block: 127.0.0.0/8)", redis, "host", "SSRF_PROTECTION_ENABLED=false"},
		{"Can't resolve hostname nowhere.invalid", s3, "s3_endpoint", "looks up the name"},
		{"Can't resolve hostname nowhere.invalid", redis, "host", "looks up the name"},
		{"Debugging info is not available for s3 endpoints on domain: x.", s3, "bucket", "S3_TRUSTED_STORAGE_DOMAINS"},
		{"Cannot find bucket b in S3", s3, "bucket", "does not exist for them"},
		{"Cannot connect to S3 b with specified AWS credentials", s3, "bucket", "refuses the keys"},
		{"An error occurred (400) when calling the HeadBucket operation: Bad Request", s3, "bucket", "aws_session_token is not expired"},
		{`Could not connect to the endpoint URL: "http://127.0.0.1:9/b"`, s3, "s3_endpoint", "connects to the endpoint"},
		{"Invalid endpoint: http://my_minio:9000", s3, "s3_endpoint", "underscore"},
		{"Custom endpoint `http://127.0.0.1:99999` was not a valid URI", s3, "s3_endpoint", "ports up to 65535"},
		{"Unable to locate credentials", s3, "aws_access_key_id", "give the server a role"},
		{"s3://b/nothing here not found.", s3, "prefix", "begins with the prefix"},
		{"Service account info was not in the expected format, missing fields token_uri.", gcs, "google_application_credentials", "a key of the type JSON"},
		{"Unable to load PEM file. See https://cryptography.io", gcs, "google_application_credentials", "is damaged"},
		{"('invalid_grant: Invalid JWT Signature.', {})", gcs, "google_application_credentials", "Google doesn't know the key"},
		{"Your default credentials were not found.", gcs, "google_application_credentials", "application default credentials"},
		{"Timeout of 120.0s exceeded, last exception: HTTPSConnectionPool", gcs, "bucket", "storage.googleapis.com"},
		{"No blobs found in b/p or prefix doesn't exist", gcs, "prefix", "begins with the prefix"},
		{"404 GET https://storage.googleapis.com/storage/v1/b/b?projection=noAcl: Not Found", gcs, "bucket", "storage.buckets.get"},
		{"Container not found: c", azure, "container", "no such container"},
		{"The specified resource name contains invalid characters.", azure, "container", "lower-case letters"},
		{"HTTPSConnection(host='x.blob.core.windows.net', port=443): Failed to resolve 'x.blob.core.windows.net'", azure, "account_name", "the spelling of account_name"},
		{"Server failed to authenticate the request. Make sure the value is formed correctly.", azure, "account_key", "Azure refuses the key"},
		{"Incorrect padding", azure, "account_key", "it was cut off"},
		{"Invalid base64-encoded string: number of data characters (21) cannot be 1 more than a multiple of 4", azure, "account_key", "it was cut off"},
		{"Azure account name and key must be set using environment variables", azure, "account_name", "AZURE_BLOB_ACCOUNT_KEY"},
		{"azure-blob://c/nothing not found.", azure, "prefix", "begins with the prefix"},
		{"Can't connect to Redis server.", redis, "host", "host and port"},
		{"Error 111 connecting to 127.0.0.1:9. Connection refused.", redis, "host", "Nothing listens"},
		{"invalid username-password pair or user is disabled.", redis, "password", "refuses the password"},
		{"Authentication required.", redis, "password", "requires a password"},
		{`UnsupportedFileFormatError: File "/d/a.jpg" is not a JSON/JSONL/Parquet file.`, fileImports, "use_blob_urls", "set use_blob_urls = true"},
		{`UnsupportedFileFormatError: File "/d/a.jpg" is not a JSON/JSONL/Parquet file.`, "redis_storage", "path", "import only JSON"},
		{"ValueError: Can't import JSON-formatted tasks from /d/a.json. If you're trying", fileImports, "use_blob_urls", "a JSON object or a list of them"},
		{"ValueError: Can't import JSON-formatted tasks from /d/a.json. If you're trying", "redis_storage", "path", "import only JSON"},
		{`perhaps you forgot to enable "Treat every bucket object as a source file" option?`, fileImports, "use_blob_urls", "set use_blob_urls = true"},
		{`perhaps you forgot to enable "Treat every bucket object as a source file" option?`, "redis_storage", "path", "import only JSON"},
		{"AttributeError: 'str' object has no attribute 'get'", fileImports, "use_blob_urls", "such as {\"data\":"},
		{"AttributeError: 'str' object has no attribute 'get'", "redis_storage", "path", "such as {\"data\":"},
		{"TypeError: 'int' object does not support item assignment", fileImports, "use_blob_urls", "predictions may be a list of numbers"},
		{"TypeError: 'int' object does not support item assignment", "redis_storage", "path", "predictions may be a list of numbers"},
		{`ValueError: If you use "annotations" field in the task, you must put "data" field in the task too`, fileImports, "use_blob_urls", "COCO"},
		{`ValueError: If you use "annotations" field in the task, you must put "data" field in the task too`, "redis_storage", "path", "COCO"},
		{`ValueError: annotation "result" can't be parse from str to JSON`, fileImports, "use_blob_urls", "[{\"result\": […]}]"},
		{`ValueError: annotation "result" can't be parse from str to JSON`, "redis_storage", "path", "[{\"result\": […]}]"},
		{"UnicodeDecodeError: 'utf-8' codec can't decode byte 0xe9 in position 20: invalid continuation byte", fileImports, "use_blob_urls", "one of them is not in UTF-8"},
		{"ValueError: Error loading JSON from file \"img1\".\nIf you're trying to import", fileImports, "use_blob_urls", "in UTF-8 without a byte order mark"},
		{"ValueError: Error loading JSON from file \"img1\".\nIf you're trying to import", "redis_storage", "path", "import only JSON"},
		{`UnicodeEncodeError: 'utf-8' codec can't encode character '\udce9' in position 41: surrogates not allowed`, local, "path", "Rename the file"},
		{"re.error: unterminated character set at position 0", fileImports, "regex_filter", "Python's re module"},
		{"re.PatternError: unterminated character set at position 0", fileImports, "regex_filter", "Python's re module"},
		{"NoneType: None", everyImport + " " + everyExport, "", "The worker that ran the sync died"},
		{"Error validating storage connection", everyImport + " " + everyExport, "", "The server hides the reason"},
		{"no element found: line 1, column 6", "project", "label_config", "well-formed XML"},
		{"Premature end of data in tag View line 1, line 1, column 7 (<string>, line 1)", "project", "label_config", "well-formed XML"},
		{"DTDForbidden(name='View', system_id=None, public_id=None)", "project", "label_config", "<!DOCTYPE"},
		{"Error: incompatible with provided labeling schema", "project", "label_config", "delete the annotations first"},
		{"URL resolves to a reserved network address (block: 127.0.0.0/8)", "webhook", "url", "calls no receiver in a private network"},
		{"Can't resolve hostname nowhere.invalid", "webhook", "url", "the name of the receiver"},
		{"Enter a valid URL.", "webhook", "url", "a name with a dot"},
		{"{'X-Token': 'secret'} failed JSON schema check", "webhook", "headers", "at most 10 headers"},
		{"URL resolves to a reserved network address (block: 127.0.0.0/8)", "ml_backend", "url", "SSRF_PROTECTION_ENABLED=false and ML_BLOCK_LOCAL_IP=false"},
		{"Can't resolve hostname nowhere.invalid", "ml_backend", "url", "the name of the backend"},
		{"The provided URL was not allowed. http://...", "ml_backend", "url", "only addresses with http:// or https://"},
		{"Can't connect to ML backend http://127.0.0.1:9, health check failed. Make sure it is up", "ml_backend", "url", "Terraform can read and destroy the ML backend, but not change it"},
		{"Successfully connected to http://127.0.0.1:9 but it doesn't look like a valid ML backend. Reason: x", "ml_backend", "url", "Label Studio called <url>/setup"},
		{"Able to connect to ML Server, but authentication parameters were either not provided or are incorrect.", "ml_backend", "basic_auth_user", "with 401"},
		{"Authentication password is required for Basic Authentication.", "ml_backend", "basic_auth_pass", "basic_auth_pass_wo"},
		{"'NoneType' object has no attribute 'auth_token'", "ml_backend", "", "The user who created the project was deleted"},
		{`"__" is not generally allowed in filters. Consider asking your administrator to add "x__y"`, "view", "filters", "DATA_MANAGER_FILTER_ALLOWLIST"},
		{`the server's data.columnsWidth is {"tasks:id":"wide"}: it is not a number`, "view", "", "Delete the tab"},
		{`Invalid pk "58" - object does not exist.`, all, "", "The server has no such project"},
		{"Select a valid choice. That choice is not one of the available choices.", all, "", "The server has no such project"},
		{"Authentication token no longer valid: legacy token authentication has been disabled for this organization", all, "", "since Label Studio 1.17. Use a personal access token"},
		{"Token is blacklisted", all, "", "Create a new one"},
		{"Token is invalid", all, "", "cut off when it was copied"},
		{"Invalid token.", all, "", "belong to the same server"},
		{"Authentication credentials were not provided.", all, "", "has expired"},
		{`a web page "400 The plain HTTP request was sent to HTTPS port" instead of JSON`, all, "", "begin with https://"},
		{"Client sent an HTTP request to an HTTPS server.", all, "", "begin with https://"},
		{"OperationalError: database is locked", all, "", "-parallelism"},

		// What a user can read in the message needs no advice, and an ML backend's
		// messages none on storages.
		{`Invalid bucket name "A bucket": Bucket name must match the regex`, "", "", ""},
		{"Failed to resolve 'ml' ([Errno -2] Name or service not known)", "", "", ""},
		{"Something that nobody has seen", "", "", ""},
	}
	for _, row := range known {
		t.Run(row.message, func(t *testing.T) {
			t.Parallel()
			for _, d := range slices.Concat(definitions(), organizationSettings()) {
				name := strings.TrimPrefix(d.TypeName, crud.ProviderName+"_")
				detail, attribute := d.Explain(row.message)
				_, advice, _ := strings.Cut(detail, "\n\n")
				var want advised
				for _, other := range known {
					if other.message == row.message && (other.objects == all || slices.Contains(strings.Fields(other.objects), name)) {
						want = other
					}
				}
				if attribute != want.attribute || !strings.Contains(advice, want.advice) || (advice == "") != (want.advice == "") {
					t.Errorf("%s: got %q on %q, want %q on %q", name, advice, attribute, want.advice, want.attribute)
				}
			}
		})
	}
}

func TestMessagesDoNotShowTheNameOfAnAzureAccount(t *testing.T) {
	t.Parallel()
	for _, d := range definitions() {
		if !slices.Contains(d.Table.Names(), "account_name") {
			continue
		}
		if detail, _ := d.Explain("Failed to resolve 'acme.blob.core.windows.net'"); strings.Contains(detail, "acme") {
			t.Errorf("%s: %s", d.TypeName, detail)
		}
	}
}
