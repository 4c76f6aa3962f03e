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
		Description: "Whether a sync descends into subdirectories. Servers before 1.21 always do, unless the storage is one of S3; `false` in the configuration is then a warning."}
	useBlobURLs = object.Attribute{Name: "use_blob_urls", Type: object.Bool, Default: false,
		Description: "`true`: each file becomes one task that refers to the file by its URL, as pictures, audio and video need it. `false`: each file holds one task or many, as JSON or JSONL, and any other file makes the sync fail; the Community edition reads no Parquet."}
	prefix = object.Attribute{Name: "prefix", Type: object.Text,
		Description: "Beginning of the keys, such as `images/2026`: what a directory is to files. The whole bucket or container without it. The server adds a slash when it looks for objects: `im` does not find `images/1.jpg`."}
	presign = object.Attribute{Name: "presign", Type: object.Bool, Default: true,
		Description: "Whether browsers get signed URLs of the objects and fetch them directly. With `false` the server passes the data on."}
	presignTTL = object.Attribute{Name: "presign_ttl", Type: object.Int64, Default: 1,
		Validators:  []validator.Describer{int64validator.AtLeast(0)},
		Refuse:      refuseMinutes,
		Description: "How long a signed URL is valid, in minutes."}
	canDeleteObjects = object.Attribute{Name: "can_delete_objects", Type: object.Bool, Default: false,
		Description: "Whether the exported file is deleted when its annotation is."}
)

// cloudImport is what the import storages of the clouds have in common.
var cloudImport = object.Table{prefix, keyFilter, recursiveScan, useBlobURLs, presign, presignTTL}

// cloudLookup tells which objects a sync of a cloud storage finds.
const cloudLookup = "The server adds a slash to prefix: \"im\" does not find \"images/1.jpg\". Keys with further slashes are only found with recursive_scan = true, and regex_filter is compared with the whole key."

// repeated is the table for a server that requires its attributes in each PATCH.
func alwaysSent(attributes object.Table) object.Table {
	again := slices.Clone(attributes)
	for i := range again {
		again[i].AlwaysSend = true
	}
	return again
}
