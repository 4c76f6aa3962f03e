package storage

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

var local = kind{
	name:  "local_storage",
	label: "local storage",
	description: "Imports tasks from a directory on the Label Studio server (in the user interface: Source Cloud Storage, type \"Local files\"). " +
		"A sync follows symbolic links to files, and `path` may be a symbolic link, but it does not read linked subdirectories. " +
		"The storage also lets the server serve the files of the directory, even if it is never synced. " +
		"If you change `path`, the next sync adds the tasks of the new directory. The old tasks stay, but the server no longer serves their files.",
	direction: importing,
	service:   "localfiles",
	place:     "path",
	within:    "path",
	finding: finding{
		names:    directory,
		lookup:   "path has to be a directory, not a file. Subdirectories are only looked into with recursive_scan = true, and regex_filter is compared with the name of the file alone.",
		compared: fileName,
		visible:  `regex_filter = "[^.].*" leaves out files whose names begin with a dot. It does not leave out hidden directories, because it is compared with the name of the file alone: move those out of path, or set recursive_scan = false.`,
	},
	attributes: object.Table{localPath, fileNameFilter, recursiveScan, useBlobURLs},
	advice:     slices.Concat(localAdvice, fileAdvice),
}

var localExport = kind{
	name:        "local_export_storage",
	label:       "local export storage",
	description: "Writes annotations to a directory on the Label Studio server (in the user interface: Target Cloud Storage, type \"Local files\"). Each annotation is a file, whose name is the annotation's id.",
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
	Description: "Absolute path of a directory on the Label Studio server. If the server runs in a container, this is the path in the container. The directory must be below the server's `LOCAL_FILES_DOCUMENT_ROOT`, and must exist when the storage is created or changed."}
