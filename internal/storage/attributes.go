package storage

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

// regexFilter is the name of two attributes: the filter of file names and the filter of
// keys.
const regexFilter = "regex_filter"

// Attributes of several kinds.
var (
	fileNameFilter = object.Attribute{Name: regexFilter, Type: object.Text,
		Description: "Python regular expression that a file's name must match to be imported. It is matched from the start of the name, without the directories: `.*\\.jpg` finds pictures, `jpg` finds nothing. Without it, all files are imported, hidden ones such as `.DS_Store` included. `[^.].*` leaves out hidden files, but not the files in a hidden directory."}
	keyFilter = object.Attribute{Name: regexFilter, Type: object.Text,
		Description: "Python regular expression that an object's whole key must match to be imported, from its start, with the prefix: `images/.*\\.jpg`. Without it, all objects are imported, hidden ones such as `images/.DS_Store` included. `(?!(.*/)?[.]).*` leaves out hidden objects and those in a hidden directory, such as `.git/HEAD`."}
	recursiveScan = object.Attribute{Name: "recursive_scan", Type: object.Bool, Default: false, LegacyDefault: true,
		Description: "Whether a sync reads subdirectories. Label Studio before 1.21 always reads them, except on S3, and the provider warns if the value is `false`."}
	useBlobURLs = object.Attribute{Name: "use_blob_urls", Type: object.Bool, Default: false,
		Description: "`true`: each file becomes one task, which refers to the file by its URL. Use it for images, audio and video. `false`: each file holds one or more tasks as JSON or JSONL, and any other file makes the sync fail. The Community edition does not read Parquet."}
	prefix = object.Attribute{Name: "prefix", Type: object.Text,
		Description: "Beginning of the keys to import, such as `images/2026`, without a slash at the end. The server adds a slash, so `im` does not match `images/1.jpg`. If not set, a sync imports from the whole bucket or container."}
	presign = object.Attribute{Name: "presign", Type: object.Bool, Default: true,
		Description: "Whether browsers fetch the objects directly, with signed URLs. With `false`, browsers fetch them through Label Studio."}
	presignTTL = object.Attribute{Name: "presign_ttl", Type: object.Int64, Default: 1,
		Validators:  []validator.Describer{int64validator.AtLeast(0)},
		Refuse:      refuseMinutes,
		Description: "Number of minutes for which a signed URL is valid."}
	canDeleteObjects = object.Attribute{Name: "can_delete_objects", Type: object.Bool, Default: false,
		Description: "Whether the server deletes the exported file of an annotation when the annotation is deleted."}
)

// cloudImport is what the import storages of the clouds have in common.
var cloudImport = object.Table{prefix, keyFilter, recursiveScan, useBlobURLs, presign, presignTTL}

// inCloud is how the import storages of the clouds find objects.
var inCloud = finding{
	names:    directory,
	lookup:   "The server adds a slash to prefix: \"im\" does not find \"images/1.jpg\". Keys with further slashes are only found with recursive_scan = true, and regex_filter is compared with the whole key.",
	compared: func(key string) string { return key },
	visible:  `regex_filter = "(?!(.*/)?[.]).*" leaves out everything whose name begins with a dot, and what is in such directories.`,
}

// alwaysSent is the table for a server that requires its attributes in each PATCH.
func alwaysSent(attributes object.Table) object.Table {
	again := slices.Clone(attributes)
	for i := range again {
		again[i].AlwaysSend = true
	}
	return again
}
