package storage

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

var local = kind{
	name:  "local_storage",
	label: "local storage",
	description: "A directory on the Label Studio server as a source of tasks (import storage of type \"Local files\"). " +
		"A sync reads the directory and creates a task for each file that was not imported before. " +
		"It follows symbolic links to files, and `path` may be a symbolic link, but it does not look into linked subdirectories. " +
		"The storage also permits the server to serve the files of the directory, even if it is never synced. " +
		"A changed `path` adds the tasks of the new directory at the next sync and removes none, but the files of the old directory are served no longer.",
	direction:  importing,
	service:    "localfiles",
	place:      "path",
	within:     "path",
	names:      directory,
	lookup:     "path has to be a directory, not a file. Subdirectories are only looked into with recursive_scan = true, and regex_filter is compared with the name of the file alone.",
	attributes: object.Table{localPath, fileNameFilter, recursiveScan, useBlobURLs},
	advice:     slices.Concat(localAdvice, fileAdvice),
}

var localExport = kind{
	name:        "local_export_storage",
	label:       "local export storage",
	description: "A directory on the Label Studio server that annotations are written to (target storage of type \"Local files\"), one file for each annotation, named by its id.",
	direction:   exporting,
	service:     "localfiles",
	place:       "path",
	within:      "path",
	attributes:  object.Table{localPath, canDeleteObjects},
	advice:      localAdvice,
}

// localPath is repeated in each PATCH: without it the server validates an empty path
// and refuses the request.
var localPath = object.Attribute{Name: "path", Type: object.Path, Required: true, AlwaysSend: true,
	Validators:  []validator.Describer{absolutePath{}},
	Description: "Absolute path of a directory on the Label Studio server, in a container the path inside the container. It must lie below the server's `LOCAL_FILES_DOCUMENT_ROOT` and exist whenever the storage is created or changed."}
