package storage

import (
	"slices"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

var azure = kind{
	name:        "azure_storage",
	label:       "Azure storage",
	description: "Imports tasks from a container of Azure Blob Storage.",
	direction:   importing,
	service:     "azure",
	place:       "container",
	location:    []string{"container"},
	within:      "prefix",
	finding:     inCloud,
	attributes:  slices.Concat(azureConnection, cloudImport),
	advice:      slices.Concat(azureAdvice, fileAdvice),
	redact:      withoutAccount,
}

var azureExport = kind{
	name:        "azure_export_storage",
	label:       "Azure export storage",
	description: "Writes annotations to a container of Azure Blob Storage. Each annotation is a blob.",
	direction:   exporting,
	service:     "azure",
	place:       "container",
	location:    []string{"container"},
	within:      "prefix",
	attributes:  slices.Concat(azureConnection, object.Table{prefix}),
	advice:      azureAdvice,
	redact:      withoutAccount,
}

var azureConnection = object.Table{
	{Name: "container", Type: object.Text, Needed: true,
		Refuse:      object.RefuseText(refuseBucket),
		Description: "Name of the container. If you change it, blobs with a name that was imported from the old container are not imported from the new one, because the server remembers only names. Use a second storage for a second container."},
	{Name: "account_name", Type: object.Text, Secret: true,
		Refuse:      object.RefuseText(refuseAzureName),
		Description: "Name of the storage account. Label Studio treats it as a secret. If not set, Label Studio uses `AZURE_BLOB_ACCOUNT_NAME` of its environment."},
	{Name: "account_key", Type: object.Text, Secret: true,
		Refuse:      object.RefuseText(refuseAzureKey),
		Description: "Key of the storage account. A shared access signature is not supported. If not set, Label Studio uses `AZURE_BLOB_ACCOUNT_KEY` of its environment."},
}
