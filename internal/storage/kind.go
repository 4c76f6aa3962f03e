package storage

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

// kind describes one kind of storage.
type kind struct {
	direction

	// name is the resource's name without the provider's.
	name string
	// label names the kind in messages and documentation.
	label string
	// description is the first paragraph of the documentation page.
	description string
	// service is the API's name of the kind.
	service string
	// place is the attribute that says where the data lie. An error of the connection
	// is shown on it.
	place string
	// location and within tell whether two storages share data: the attributes of
	// location are equal, and the path in within contains the other's.
	location []string
	within   string
	// names returns the beginning of the names of all files in a place.
	names func(place string) string
	// lookup tells which files a sync finds.
	lookup string
	// attributes are those that not all kinds have.
	attributes object.Table
	// advice is about the service's own errors.
	advice []crud.Advice
	// syncAdvice is about errors of a run of the server, which has validated the connection
	// by then. It comes before advice, and may be nil.
	syncAdvice []crud.Advice
	// redact removes secrets from the server's messages. It may be nil.
	redact func(message string) string
}

func (k kind) objects() labelstudio.Collection { return k.collection(k.service) }

// table holds all attributes of the kind that the API knows.
func (k kind) table() object.Table {
	table := object.Table{id, project, title, description}
	table = append(table, k.attributes...)
	return append(table, synchronizable, storageType, createdAt, status, lastSync, lastSyncCount, lastSyncJob, meta, traceback)
}

// definition describes the storages of the kind.
func (k kind) definition() crud.Definition {
	return crud.Definition{
		TypeName: crud.ProviderName + "_" + k.name,
		Label:    k.label,
		Plural:   "storages",
		Descriptions: crud.Descriptions{
			Resource:         k.description + "\n\n" + k.about,
			DataSource:       "One " + k.label + ": by its `id`, or by its `project` with `title` or `" + k.place + "`. It is an error if none or several match.",
			PluralDataSource: "All " + k.label + "s of a project.",
			ListResource:     "The " + k.label + "s of a project",
		},
		Collection:     k.objects(),
		Table:          k.table(),
		Local:          k.localAttributes(),
		LocalDefaults:  k.localDefaults(),
		CreatedAt:      createdAt.Name,
		DisplayName:    []string{title.Name, k.place},
		NonFieldErrors: k.place,
		Parent:         project.Name,
		BulkReads:      true,
		Lookup:         []string{title.Name, k.place},
		Advice:         slices.Concat(k.advice, sharedAdvice),
		Redact:         k.redact,
		Gone:           k.gone,
	}
}

// Attributes of every kind.
var (
	id = object.Attribute{Name: "id", Type: object.Int64, ReadOnly: true,
		Description: "Id of the storage. Each kind of storage counts for itself."}
	project = object.Attribute{Name: "project", Type: object.Int64, Required: true, Replaces: true,
		Description: "Id of the project that the storage belongs to. The server can move a storage to another project, but a sync there skips the files that were imported before."}
	title = object.Attribute{Name: "title", Type: object.Text,
		Validators:  []validator.Describer{object.Length(0, 256)},
		Description: "Name of the storage in the user interface, at most 256 characters. Titles don't have to be unique."}
	description = object.Attribute{Name: "description", Type: object.Text,
		Description: "Text that explains the storage to its users."}
	synchronizable = object.Attribute{Name: "synchronizable", Type: object.Bool, Default: true,
		Description: "Whether the storage may be synced. The server refuses to sync a storage where this is `false`; `sync_triggers` can't be set then."}

	storageType = object.Attribute{Name: "type", Type: object.Text, ReadOnly: true,
		Description: "Kind of storage, as the API names it."}
	createdAt = object.Attribute{Name: "created_at", Type: object.Time, ReadOnly: true,
		Description: "When the storage was created (RFC 3339)."}
	status = object.Attribute{Name: "status", Type: object.Text, Volatile: true,
		Description: "State of the last sync: `initialized` (none yet), `queued`, `in_progress`, `completed`, `completed_with_errors` or `failed`. Any sync changes it, even one that somebody starts in the user interface."}
	lastSync = object.Attribute{Name: "last_sync", Type: object.Time, Volatile: true,
		Description: "When the last sync that succeeded ended (RFC 3339). Null before the first, and after one that failed."}
	lastSyncCount = object.Attribute{Name: "last_sync_count", Type: object.Int64, Volatile: true,
		Description: "Number of tasks that the last sync created. Files that were imported before are not counted: see `tasks_existed` in `meta`."}
	lastSyncJob = object.Attribute{Name: "last_sync_job", Type: object.Text, Volatile: true,
		Description: "Id of the last sync's job on servers that queue syncs, else null."}
	meta = object.Attribute{Name: "meta", Type: object.JSON, Volatile: true,
		Description: "What the server notes of the last sync, as JSON text: `attempts`, `time_queued`, `time_in_progress`, `time_last_ping`, `time_completed` or `time_failure`, `duration` in seconds, `tasks_existed`. Read it with `jsondecode`."}
	traceback = object.Attribute{Name: "traceback", Type: object.Text, Volatile: true,
		Description: "Python traceback of the last sync that failed. The server does not clear it when a later sync succeeds: look at `status` first."}
)
