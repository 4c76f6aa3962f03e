package storage

import (
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

const googleKey = `{"type": "account", "key": "secret"}`

func encoded(text string) string {
	quoted, _ := json.Marshal(text)
	return string(quoted)
}

func TestValuesThatTheServerCannotUseAreRefused(t *testing.T) {
	t.Parallel()
	const nothing = "" // is wrong
	for _, test := range []struct {
		objects   string // whose name holds this
		attribute string
		value     any
		why       string
	}{
		{"s3", "bucket", "images", nothing},
		{"s3", "bucket", " images\n", nothing},
		{"s3", "bucket", "https-bucket", nothing},
		{"s3", "bucket", "arn:aws:s3:eu-west-1:123456789012:accesspoint/ap", nothing},
		{"s3", "bucket", "", "empty"},
		{"s3", "bucket", "s3://secret", "the name alone"},
		{"s3", "bucket", "secret/", "the name alone"},
		{"s3", "bucket", "s3://secret/cats", "belongs into prefix"},
		{"s3", "bucket", "https://secret.s3.amazonaws.com/cats", "the name alone"},
		{"s3", "bucket", "arn:aws:s3:::secret", "the name alone"},
		{"s3", "bucket", "arn:aws-cn:s3:::secret/cats", "the name alone"},
		{"gcs", "bucket", "gs://secret/cats", "the name alone"},
		{"azure", "container", "azure-blob://secret", "the name alone"},
		{"azure", "container", "https://acme.blob.core.windows.net/secret", "the name alone"},

		{"s3", "s3_endpoint", "https://minio:9000", nothing},
		{"s3", "s3_endpoint", "HTTP://minio", nothing},
		{"s3", "s3_endpoint", "", nothing},
		{"s3", "s3_endpoint", "minio:9000", "must start with http:// or https://"},
		{"s3", "s3_endpoint", "minio", "must start with http:// or https://"},
		{"s3", "s3_endpoint", "//minio:9000", "must start with http:// or https://"},
		{"s3", "s3_endpoint", "http:/minio", "must start with http:// or https://"},
		{"s3", "s3_endpoint", "http://", "name a host"},
		{"s3", "s3_endpoint", `"http://minio"`, "quotation marks"},

		{"redis", "host", "redis.example.com", nothing},
		{"redis", "host", "fe80::1", nothing},
		{"redis", "host", "redis.example.com:6379", "without the port"},
		{"redis", "host", "redis://redis.example.com", "without redis://"},
		{"redis", "port", "06379", nothing},
		{"redis", "port", "6379/1", "a number from 1 to 65535"},
		{"redis", "port", "70000", "a number from 1 to 65535"},
		{"redis", "db", 1, nothing},
		{"redis", "db", 0, "Label Studio refuses 0"},
		{"s3_storage", "presign_ttl", 32767, nothing},
		{"s3_storage", "presign_ttl", 32768, "at most 32767"},

		{"gcs", "google_application_credentials", googleKey, nothing},
		{"gcs", "google_application_credentials", "\n" + googleKey + "\n", nothing},
		{"gcs", "google_application_credentials", "{}", nothing}, // the server says what is missing
		{"gcs", "google_application_credentials", "", nothing},
		{"gcs", "google_application_credentials", base64.StdEncoding.EncodeToString([]byte(googleKey)), "base64decode"},
		{"gcs", "google_application_credentials", encoded(googleKey), "remove jsonencode"},
		{"gcs", "google_application_credentials", encoded("secret"), "not its path"},
		{"gcs", "google_application_credentials", "~/secret/key.json", "not its path"},
		{"gcs", "google_application_credentials", strings.Replace(googleKey, "secret", "secret\n", 1), "not valid JSON"},
		{"gcs", "google_application_credentials", "[" + googleKey + "]", "not valid JSON"},

		{"azure", "account_key", "c2VjcmV0==", nothing},
		{"azure", "account_key", "c2VjcmV0==;BlobEndpoint=http://127.0.0.1:1/a", nothing},
		{"azure", "account_key", "?sv=2022-11-02&ss=b&sig=secret", "shared access signature"},
		{"azure", "account_key", "sig=secret&sv=2022-11-02", "shared access signature"},
		{"azure", "account_name", "acme", nothing},
		{"azure", "account_name", "acme;BlobEndpoint=http://127.0.0.1:1/a", nothing},
		{"azure", "account_name", "https://secret.blob.core.windows.net", "the name alone"},
		{"azure", "account_name", "secret.blob.core.windows.net", "the name alone"},
	} {
		tried := false
		for _, k := range kinds {
			table := k.table()
			i := slices.Index(table.Names(), test.attribute)
			if !strings.HasPrefix(k.name, test.objects) || i < 0 {
				continue
			}
			tried = true
			var value attr.Value
			switch of := test.value.(type) {
			case string:
				value = types.StringValue(of)
			case int:
				value = types.Int64Value(int64(of))
			}
			got := table[i].Refuse(value)
			if !strings.Contains(got, test.why) || (got == "") != (test.why == "") || strings.Contains(got, "secret") {
				t.Errorf("%s.%s = %q: got %q, want %q", k.name, test.attribute, test.value, got, test.why)
			}
		}
		if !tried {
			t.Errorf("no kind %s has %s", test.objects, test.attribute)
		}
	}
}
