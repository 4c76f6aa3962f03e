package storage

import (
	"slices"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

var azure = kind{
	name:        "azure_storage",
	label:       "Azure storage",
	description: "A container of Azure Blob Storage as a source of tasks.",
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
	description: "A container of Azure Blob Storage that annotations are written to, one blob for each annotation.",
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
		Description: "Name of the container. Blobs that were imported from another container are not imported again: the server knows them by their names alone."},
	{Name: "account_name", Type: object.Text, Secret: true,
		Refuse:      object.RefuseText(refuseAzureName),
		Description: "Name of the storage account, which the server keeps secret, too. The server's environment (`AZURE_BLOB_ACCOUNT_NAME`) is used without it."},
	{Name: "account_key", Type: object.Text, Secret: true,
		Refuse:      object.RefuseText(refuseAzureKey),
		Description: "Key of the storage account; a shared access signature is not supported. The server's environment (`AZURE_BLOB_ACCOUNT_KEY`) is used without it."},
}
