package acceptance_test

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/cloud"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/proxy"
)

// A wrongField is a field of a storage that is wrong, and what the user is told of it.
type wrongField struct {
	name  string
	kinds string // the resources, without labelstudio_ and _storage
	wrong map[string]any
	// attribute is where the message lands; "" is the block, for what is not in
	// the configuration.
	attribute string
	// message is the server's, advice ours.
	message, advice string
}

// expectMistakes makes a storage with each mistake.
func expectMistakes(s *acctest.Server, mistakes []wrongField) {
	s.T.Helper()
	project := s.NewProject()
	for _, m := range mistakes {
		for kind := range strings.FieldsSeq(m.kinds) {
			s.T.Run(kind+" "+m.name, func(t *testing.T) {
				s := s.In(t)
				object := acctest.ObjectOf(t, "labelstudio_"+kind+"_storage")
				config := acctest.Values(s.PlaceFor(object.Kind()).With(m.wrong).Fields).With(acctest.Values{"project": project})
				s.Instance(object.Type).Apply(config).Fails(m.attribute, "Can't create the "+object.Label, m.message, m.advice)
			})
		}
	}
}

func TestAccErrorsMistakesInStoragesAreExplained(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	if acctest.Clouds == nil {
		t.Skip("the server under test can't reach the storage servers of this machine")
	}
	stranger, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	strange, err := acctest.Clouds.GCS.NewServiceAccount(stranger)
	if err != nil {
		t.Fatal(err)
	}
	const noBucket, noPrefix = "bucket-that-is-not-there", "nothing/here"
	expectMistakes(s, []wrongField{
		{"missing bucket", "s3 s3_export", map[string]any{"bucket": noBucket}, "bucket",
			"Cannot find bucket " + noBucket, "The keys are valid, but the bucket does not exist"},
		{"wrong secret", "s3 s3_export", map[string]any{"aws_secret_access_key": "wrong"}, "bucket",
			"Cannot connect to S3", "Check aws_access_key_id and aws_secret_access_key"},
		{"unknown key", "s3 s3_export", map[string]any{"aws_access_key_id": "unknown"}, "bucket",
			"Cannot connect to S3", "Check aws_access_key_id and aws_secret_access_key"},
		{"session token of nobody", "s3_export", map[string]any{"aws_session_token": "unknown"}, "bucket",
			"when calling the HeadBucket operation", "aws_session_token is not expired"},
		{"endpoint that does not answer", "s3 s3_export", map[string]any{"s3_endpoint": "http://127.0.0.1:9"}, "s3_endpoint",
			"Could not connect to the endpoint URL", "The Label Studio server, not Terraform, connects to the endpoint"},
		{"endpoint with an underscore", "s3 s3_export", map[string]any{"s3_endpoint": "http://my_minio:9000"}, "s3_endpoint",
			"Invalid endpoint", "A name with an underscore"},
		{"endpoint with a port of nothing", "s3 s3_export", map[string]any{"s3_endpoint": "http://127.0.0.1:99999"}, "s3_endpoint",
			"Custom endpoint `http://127.0.0.1:99999` was not a valid URI", "ports up to 65535"},
		{"prefix of nothing", "s3", map[string]any{"prefix": noPrefix}, "prefix",
			noPrefix + " not found", "Nothing in the bucket begins with the prefix"},
		{"no bucket's name", "s3 s3_export", map[string]any{"bucket": "A bucket"}, "bucket",
			`Invalid bucket name "A bucket"`, "must match the regex"}, // which says enough

		{"missing bucket", "gcs gcs_export", map[string]any{"bucket": noBucket}, "bucket",
			noBucket, "Check the bucket's name"},
		{"prefix of nothing", "gcs", map[string]any{"prefix": noPrefix}, "prefix",
			"No blobs found in", "Nothing in the bucket begins with the prefix"},
		{"JSON that is no key", "gcs gcs_export", map[string]any{"google_application_credentials": "{}"}, "google_application_credentials",
			"Service account info was not in the expected format", "Create a key of the type JSON"},
		{"damaged key", "gcs gcs_export", map[string]any{"google_application_credentials": strings.Replace(acctest.Clouds.GCS.ServiceAccount, "BEGIN PRIVATE", "BEGIN", 1)}, "google_application_credentials",
			"Unable to load PEM file", "Give the key file as it was downloaded"},
		{"key of another account", "gcs gcs_export", map[string]any{"google_application_credentials": strange}, "google_application_credentials",
			"Invalid JWT Signature", "it was deleted, or belongs to another"},

		{"missing container", "azure azure_export", map[string]any{"container": noBucket}, "container",
			"Container not found", "Azure accepts the account and its key"},
		{"no container's name", "azure azure_export", map[string]any{"container": "A container"}, "container",
			"invalid characters", "lower-case letters"},
		{"wrong key", "azure azure_export", map[string]any{"account_key": base64.StdEncoding.EncodeToString(make([]byte, 64))}, "account_key",
			"Server failed to authenticate the request", "Check account_name and account_key"},
		{"key that was cut off", "azure azure_export", map[string]any{"account_key": acctest.Clouds.Azure.AccountKey[:22]}, "account_key",
			"Incorrect padding", "it was cut off"},
		{"key that was cut off elsewhere", "azure azure_export", map[string]any{"account_key": acctest.Clouds.Azure.AccountKey[:21]}, "account_key",
			"Invalid base64-encoded string", "it was cut off"},
		{"no account", "azure azure_export", map[string]any{"account_name": nil, "account_key": nil}, "account_name",
			"Azure account name and key must be set", "AZURE_BLOB_ACCOUNT_KEY"},
		{"prefix of nothing", "azure", map[string]any{"prefix": noPrefix}, "prefix",
			noPrefix + " not found", "Nothing in the container begins with the prefix"},

		{"wrong password", "redis", map[string]any{"password": "wrong"}, "host", "Can't connect to Redis server", "password, db"},
		{"closed port", "redis", map[string]any{"port": "9"}, "host", "Can't connect to Redis server", "host and port"},
		{"closed port", "redis_export", map[string]any{"port": "9"}, "host", "Connection refused", "Nothing listens at host and port"},
		{"wrong password", "redis_export", map[string]any{"password": "wrong"}, "password", "invalid username-password pair", "Redis refuses the password"},
		{"no password", "redis_export", map[string]any{"password": nil}, "password", "Authentication required", "requires a password"},
	})
}

func TestAccErrorsAServerWithoutCredentialsOfItsOwnSaysSo(t *testing.T) {
	t.Parallel()
	acctest.NeedsClouds(t)
	s := acctest.StartOwn(t)
	expectMistakes(s, []wrongField{
		{"no credentials", "gcs gcs_export", map[string]any{"google_application_credentials": nil}, "google_application_credentials",
			"Your default credentials were not found", "give the server application default credentials"},
		{"masked reason", "s3 s3_export", map[string]any{"aws_secret_access_key": "wrong"}, "bucket",
			"Debugging info is not available", "Check, in this order: that the server reaches s3_endpoint"},
	})
	trusting := acctest.StartOwn(t, cloud.UnmaskS3Errors)
	expectMistakes(trusting, []wrongField{
		{"no credentials", "s3 s3_export", map[string]any{"aws_access_key_id": nil, "aws_secret_access_key": nil}, "aws_access_key_id",
			"Unable to locate credentials", "or give the server a role"},
	})
}

// A file of the wrong kind is the first thing to think of when a bucket has just been
// reached. Without the endpoint's domain in its settings, the server hides what happened.
func TestAccErrorsPicturesAtAnEndpointOfOnesOwnPointToUseBlobURLs(t *testing.T) {
	t.Parallel()
	acctest.NeedsClouds(t)
	s := acctest.StartOwn(t)
	place := s.PlaceFor("s3")
	place.Objects.Put(t, "cat.jpg", "x")
	storage := s.Instance("labelstudio_s3_storage")
	config := acctest.Values(place.Fields).With(acctest.Values{"project": s.NewProject(), "sync_triggers": triggers("1")})
	storage.Apply(config).Warns("use_blob_urls", "Sync of the storage did not succeed", "Debugging info is not available", "set use_blob_urls = true")
	storage.Apply(config.With(acctest.Values{"use_blob_urls": true})).Succeeds()
}

func TestAccErrorsAKeyOfRedisThatHoldsNoTaskIsExplained(t *testing.T) {
	t.Parallel()
	acctest.NeedsClouds(t)
	s := acctest.Start(t)
	for name, test := range map[string]struct{ value, says, cure string }{
		"a picture":    {"\xff\xd8\xff\xe0", `Error loading JSON from file "img1"`, "Redis storages import only JSON"},
		"a text":       {"cat.jpg", "Can't import JSON-formatted tasks", "Redis storages import only JSON"},
		"another list": {`["cat.jpg"]`, "has no attribute 'get'", "not in Label Studio's format"},
	} {
		t.Run(name, func(t *testing.T) {
			s := s.In(t)
			place := s.PlaceFor("redis")
			place.Objects.Put(t, "img1", test.value)
			s.Instance("labelstudio_redis_storage").Apply(acctest.Values(place.Fields).With(acctest.Values{"project": s.NewProject(), "sync_triggers": triggers("1")})).
				Warns("path", "Sync of the storage did not succeed", test.says, test.cure)
		})
	}
}

func TestAccErrorsARefusedAddressNamesTheSettingOfTheServer(t *testing.T) {
	t.Parallel()
	acctest.NeedsClouds(t)
	s := acctest.StartOwn(t, "LABEL_STUDIO_SSRF_PROTECTION_ENABLED=true")
	s.Since("1.23.0", "it lets storages connect to any address")
	expectMistakes(s, []wrongField{
		{"private address", "s3 s3_export", nil, "s3_endpoint", "reserved network address", "SSRF_PROTECTION_ENABLED=false"},
		{"private address", "redis redis_export", nil, "host", "reserved network address", "SSRF_PROTECTION_ENABLED=false"},
		{"unknown host", "redis", map[string]any{"host": "nowhere.invalid"}, "host", "Can't connect to Redis server", "host and port"},
		{"unknown host", "redis_export", map[string]any{"host": "nowhere.invalid"}, "host", "Can't resolve hostname", "looks up the name"},
		{"unknown host", "s3 s3_export", map[string]any{"s3_endpoint": "http://nowhere.invalid"}, "s3_endpoint", "Can't resolve hostname", "looks up the name"},
	})
}

// The server waits for 82 to 120 seconds before it says so, which tests don't.
func TestAccErrorsACloudThatIsOutOfReachIsExplained(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ kind, says, attribute, advice string }{
		"Google": {"gcs", "Timeout of 120.0s exceeded, last exception: HTTPSConnectionPool(host='storage.googleapis.com', port=443)",
			"bucket", "its network reaches storage.googleapis.com"},
		"Azure": {"azure", "HTTPSConnection(host='x.blob.core.windows.net', port=443): Failed to resolve 'x.blob.core.windows.net' ([Errno -2] Name or service not known)",
			"account_name", "Check the spelling of account_name"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := acctest.Start(t)
			object := acctest.ObjectOf(t, "labelstudio_"+test.kind+"_storage")
			config := acctest.Values(s.PlaceFor(test.kind).Fields).With(acctest.Values{"project": s.NewProject()})
			answer := fmt.Sprintf(`{"detail": "Validation error", "validation_errors": {"non_field_errors": [%q]}}`, test.says)
			s.Proxy.Inject(proxy.Fault{Method: http.MethodPost, Do: proxy.Respond(http.StatusBadRequest, answer, "Content-Type", "application/json")})
			// The name of the account is a secret.
			shown := strings.ReplaceAll(test.says, "x.blob", "(account_name).blob")
			s.Instance(object.Type).Apply(config).Fails(test.attribute, "Can't create the "+object.Label, shown, test.advice)
		})
	}
}
