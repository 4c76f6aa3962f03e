// Package storage offers each kind of storage of Label Studio as a resource, as data
// sources and to `terraform query`. The file of a kind holds its table of attributes and
// its advice; the other files serve all kinds.
package storage

import (
	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
)

// kinds is the registry of all kinds of storage.
var kinds = []kind{
	local, localExport,
	s3, s3Export,
	gcs, gcsExport,
	azure, azureExport,
	redis, redisExport,
}

// Definitions describe the storages of each kind.
func Definitions() []crud.Definition {
	definitions := make([]crud.Definition, len(kinds))
	for i, k := range kinds {
		definitions[i] = k.definition()
	}
	return definitions
}

// Resources are the resources of all kinds.
func Resources() []func() resource.Resource {
	resources := make([]func() resource.Resource, len(kinds))
	for i, k := range kinds {
		resources[i] = func() resource.Resource {
			return &storageResource{Resource: crud.Resource{Definition: k.definition()}, kind: k}
		}
	}
	return resources
}

// Actions sync a storage of each kind.
func Actions() []func() action.Action {
	actions := make([]func() action.Action, len(kinds))
	for i, k := range kinds {
		actions[i] = func() action.Action { return &syncAction{Definition: k.definition(), kind: k} }
	}
	return actions
}
