package storage

import (
	"context"
	"strconv"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

// Fields of labelstudio_storages that the API doesn't have.
const (
	resourceType = "resource_type"
	location     = "location"
)

// Storages describes the data source labelstudio_storages.
var Storages = crud.ReadOnly{
	TypeName: crud.ProviderName + "_storages",
	Label:    "storages",
	Description: "All storages of a project: import storages and export storages of every kind. The data source returns the attributes that all kinds have. For the others, use the data source of a kind, such as `labelstudio_s3_storages`.\n\n" +
		"The list is always complete. If the server can't list one of the kinds, the data source fails. " +
		"If the server has a kind of storage disabled, the list contains no storages of this kind.",
	Parent: project.Name,
	Table: object.Table{
		project,
		{Name: "storages", Description: "The storages, by kind and by id. Empty if the project has none.",
			Type: object.List(object.Nested(object.Table{
				{Name: resourceType, Type: object.Text,
					Description: "Type of the resource that can manage the storage, such as `labelstudio_s3_export_storage`. It shows kind and direction."},
				{Name: "id", Type: object.Int64,
					Description: "Id of the storage. Storages of different kinds may have the same id."},
				{Name: "title", Type: object.Text, Description: "Name of the storage in the user interface."},
				{Name: "description", Type: object.Text, Description: description.Description},
				{Name: location, Type: object.Text,
					Description: "Place that the storage reads or writes: the path on the server, the bucket, the container, or the host of the Redis server."},
				{Name: "synchronizable", Type: object.Bool, Description: "Whether the storage can be synced."},
				{Name: "created_at", Type: object.Time, Description: createdAt.Description},
				{Name: "status", Type: object.Text, Description: status.Description},
				{Name: "last_sync", Type: object.Time, Description: lastSync.Description},
				{Name: "last_sync_count", Type: object.Int64, Description: lastSyncCount.Description},
				{Name: "traceback", Type: object.Text, Description: traceback.Description},
			}))},
	},
	Get: ofProject,
}

// ofProject lists the storages of each kind. The server has two lists of all kinds, but they
// leave out a kind that fails, and are empty for a project that doesn't exist.
func ofProject(ctx context.Context, server crud.Server, project int64) (labelstudio.Object, error) {
	var storages []labelstudio.Object
	for _, k := range kinds {
		found, err := server.ListByID(ctx, k.objects(), labelstudio.InProject(project))
		if err != nil && labelstudio.ReasonOf(err) != labelstudio.ReasonNotOffered {
			return nil, err
		}
		for _, storage := range found {
			storage[resourceType] = strconv.AppendQuote(nil, k.definition().TypeName)
			storage[location] = storage[k.place]
			storages = append(storages, storage)
		}
	}
	return crud.InField("storages", storages)
}

// serviceAttributes describe a service in a list of the server's.
var serviceAttributes = object.Table{
	{Name: "name", Type: object.Text, Description: "Name of the kind in the API, such as `s3` or `localfiles`."},
	{Name: "title", Type: object.Text, Description: "Name of the kind in the user interface, such as `AWS S3`."},
}

// Types describes the data source labelstudio_storage_types.
var Types = crud.ReadOnly{
	TypeName:    crud.ProviderName + "_storage_types",
	Label:       "types of storages",
	Description: "The kinds of storage that the server offers. `localfiles` is missing if the server runs with `ENABLE_LOCAL_FILES_STORAGE=false`. Other editions of Label Studio offer kinds that this provider does not support.",
	Table: object.Table{
		{Name: "import_types", Type: object.List(object.Nested(serviceAttributes)), Description: "Kinds of import storage, in the order of the user interface."},
		{Name: "export_types", Type: object.List(object.Nested(serviceAttributes)), Description: "Kinds of export storage, in the order of the user interface."},
	},
	Get: offered,
}

// offered lists the services of both directions.
func offered(ctx context.Context, server crud.Server, _ int64) (labelstudio.Object, error) {
	of := labelstudio.Object{}
	for field, path := range map[string]string{"import_types": labelstudio.ImportStorageTypesPath, "export_types": labelstudio.ExportStorageTypesPath} {
		var err error
		if of[field], err = server.Read(ctx, path, nil); err != nil {
			return nil, err
		}
	}
	return of, nil
}
