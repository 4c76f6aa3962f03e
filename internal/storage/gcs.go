package storage

import (
	"slices"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

var gcs = kind{
	name:        "gcs_storage",
	label:       "Google Cloud storage",
	description: "A bucket of Google Cloud Storage as a source of tasks.",
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
	description: "A bucket of Google Cloud Storage that annotations are written to, one object for each annotation.",
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
		Description: "Name of the bucket. Keys that were imported from another bucket are not imported again: the server knows objects by their keys alone."},
	{Name: "google_project_id", Type: object.Text,
		Description: "Id of the Google Cloud project, where it is not that of the credentials."},
	{Name: "google_application_credentials", Type: object.Text, Secret: true,
		Refuse:      object.RefuseText(refuseGoogleKey),
		Description: "Key of a service account: the content of its JSON file, such as `file(\"key.json\")`. The server's own credentials are used without it (application default credentials)."},
}
