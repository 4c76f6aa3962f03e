// Package storage offers each kind of storage of Label Studio as a resource and
// as data sources. A kind is a table in a file of its own; all that a kind does
// is done for all kinds at once.
package storage

import (
	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/resource"
)

// kinds is the registry of all kinds of storage.
var kinds = []kind{
	local, localExport,
	s3, s3Export,
	gcs, gcsExport,
	azure, azureExport,
	redis, redisExport,
}

// Resources are the resources of all kinds.
func Resources() []func() resource.Resource {
	resources := make([]func() resource.Resource, len(kinds))
	for i, k := range kinds {
		resources[i] = func() resource.Resource { return &storageResource{kind: k} }
	}
	return resources
}

// DataSources are the data sources of all kinds: one storage, and all of a project.
func DataSources() []func() datasource.DataSource {
	var sources []func() datasource.DataSource
	for _, k := range kinds {
		sources = append(sources,
			func() datasource.DataSource { return &oneDataSource{kind: k} },
			func() datasource.DataSource { return &allDataSource{kind: k} })
	}
	return sources
}

// ListResources list the storages of each kind.
func ListResources() []func() list.ListResource {
	lists := make([]func() list.ListResource, len(kinds))
	for i, k := range kinds {
		lists[i] = func() list.ListResource { return &storageList{storageResource{kind: k}} }
	}
	return lists
}

// Actions sync a storage of each kind.
func Actions() []func() action.Action {
	actions := make([]func() action.Action, len(kinds))
	for i, k := range kinds {
		actions[i] = func() action.Action { return &syncAction{kind: k} }
	}
	return actions
}
