package storage

import (
	"slices"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

var s3 = kind{
	name:        "s3_storage",
	label:       "S3 storage",
	description: "Imports tasks from a bucket of Amazon S3, or of another server with the S3 protocol.",
	direction:   importing,
	service:     "s3",
	place:       "bucket",
	location:    []string{"s3_endpoint", "bucket"},
	within:      "prefix",
	finding:     inCloud,
	attributes:  slices.Concat(s3Connection, cloudImport, s3Secrets),
	advice:      slices.Concat(s3Advice, fileAdvice),
	syncAdvice:  s3SyncAdvice,
}

var s3Export = kind{
	name:        "s3_export_storage",
	label:       "S3 export storage",
	description: "Writes annotations to a bucket of Amazon S3, or of another server with the S3 protocol. Each annotation is an object.",
	direction:   exporting,
	service:     "s3",
	place:       "bucket",
	location:    []string{"s3_endpoint", "bucket"},
	within:      "prefix",
	attributes:  slices.Concat(s3Connection, object.Table{prefix, canDeleteObjects}, s3Secrets),
	advice:      s3Advice,
}

// bucket is repeated in each PATCH: without it the server validates nothing and accepts
// wrong keys.
var s3Connection = object.Table{
	{Name: "bucket", Type: object.Text, Needed: true, AlwaysSend: true,
		Refuse:      object.RefuseText(refuseBucket),
		Description: "Name of the bucket. If you change it, objects with a key that was imported from the old bucket are not imported from the new one, because the server remembers only keys. Use a second storage for a second bucket."},
	{Name: "region_name", Type: object.Text,
		Description: "Region of the bucket, such as `eu-central-1`."},
	{Name: "s3_endpoint", Type: object.Text,
		Refuse:      object.RefuseText(refuseEndpoint),
		Description: "Address of a server with the S3 protocol, such as `https://minio.example.com`. If not set, Label Studio uses Amazon S3. Label Studio refuses private addresses, unless it runs with `SSRF_PROTECTION_ENABLED=false`."},
	{Name: "aws_sse_kms_key_id", Type: object.Text,
		Description: "Id of the KMS key with which S3 encrypts what Label Studio writes."},
}

var s3Secrets = object.Table{
	{Name: "aws_access_key_id", Type: object.Text, Secret: true,
		Description: "Id of the access key. If not set, Label Studio uses the credentials of its environment or its role."},
	{Name: "aws_secret_access_key", Type: object.Text, Secret: true,
		Description: "Secret access key that belongs to `aws_access_key_id`."},
	{Name: "aws_session_token", Type: object.Text, Secret: true,
		Description: "Session token, if the credentials are temporary."},
}
