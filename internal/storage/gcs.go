package storage

import (
	"slices"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

var gcs = kind{
	name:        "gcs_storage",
	label:       "Google Cloud storage",
	description: "Imports tasks from a bucket of Google Cloud Storage.",
	direction:   importing,
	service:     "gcs",
	place:       "bucket",
	location:    []string{"bucket"},
	within:      "prefix",
	finding:     inCloud,
	attributes:  slices.Concat(gcsConnection, cloudImport),
	advice:      slices.Concat(gcsAdvice, fileAdvice),
}

var gcsExport = kind{
	name:        "gcs_export_storage",
	label:       "Google Cloud export storage",
	description: "Writes annotations to a bucket of Google Cloud Storage. Each annotation is an object.",
	direction:   exporting,
	service:     "gcs",
	place:       "bucket",
	location:    []string{"bucket"},
	within:      "prefix",
	attributes:  slices.Concat(gcsConnection, object.Table{prefix}),
	advice:      gcsAdvice,
}

var gcsConnection = object.Table{
	{Name: "bucket", Type: object.Text, Needed: true,
		Refuse:      object.RefuseText(refuseBucket),
		Description: "Name of the bucket. If you change it, objects with a name that was imported from the old bucket are not imported from the new one, because the server remembers only names. Use a second storage for a second bucket."},
	{Name: "google_project_id", Type: object.Text,
		Description: "Id of the Google Cloud project. If not set, Label Studio uses the project of the credentials."},
	{Name: "google_application_credentials", Type: object.Text, Secret: true,
		Refuse:      object.RefuseText(refuseGoogleKey),
		Description: "Key of a service account: the content of its JSON file, such as `file(\"key.json\")`. If not set, Label Studio uses its application default credentials."},
}
