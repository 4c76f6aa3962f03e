package storage

import (
	"cmp"
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
	// finding is how an import storage finds files. Export storages have none.
	finding
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

// finding is how an import storage finds files in its place.
type finding struct {
	// names returns the beginning of the names of all files in a place.
	names func(place string) string
	// lookup tells which files a sync finds.
	lookup string
	// compared returns the part of a file's name that regex_filter is compared with. It
	// is nil if the storage has no filter; the server can't list the files then, either.
	compared func(name string) string
	// visible tells how to leave out hidden files.
	visible string
}

func (k kind) objects() labelstudio.Collection { return k.collection(k.service) }

// table holds all attributes of the kind that the API knows.
func (k kind) table() object.Table {
	table := object.Table{id, project, title, description}
	table = append(table, k.attributes...)
	table = append(table, synchronizable, storageType, createdAt, status, lastSync, lastSyncCount, lastSyncJob)
	for i := range table {
		table[i].Description = cmp.Or(k.descriptions[table[i].Name], table[i].Description)
	}
	return table
}

// definition describes the storages of the kind.
func (k kind) definition() crud.Definition {
	return crud.Definition{
		TypeName: crud.ProviderName + "_" + k.name,
		Label:    k.label,
		Plural:   "storages",
		Descriptions: crud.Descriptions{
			Resource:         k.description + "\n\n" + k.about,
			DataSource:       "Finds one " + k.label + " by its `id`, or by its `project` and its `title` or `" + k.place + "`. If no storage or several storages match, the data source fails.",
			PluralDataSource: "All " + k.label + "s of a project.",
			ListResource:     "The " + k.label + "s of a project",
		},
		Collection:     k.objects(),
		Table:          k.table(),
		DataSourceOnly: syncDetails,
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
		Description: "Id of the storage."}
	project = object.Attribute{Name: "project", Type: object.Int64, Required: true, Replaces: true,
		Description: "Id of the project that gets the tasks. A storage is not moved to another project, because a sync there would skip the files that it has imported before."}
	title = object.Attribute{Name: "title", Type: object.Text,
		Validators:  []validator.Describer{object.Length(0, 256)},
		Description: "Name of the storage in the user interface, at most 256 characters. Several storages may have the same title."}
	description = object.Attribute{Name: "description", Type: object.Text,
		Description: "Description of the storage, for the people who manage it."}
	synchronizable = object.Attribute{Name: "synchronizable", Type: object.Bool, Default: true,
		Description: "Whether the storage can be synced. With `false`, the server refuses every sync, and you can't set `sync_triggers`."}

	storageType = object.Attribute{Name: "type", Type: object.Text, ReadOnly: true,
		Description: "Kind of storage, by its name in the API."}
	createdAt = object.Attribute{Name: "created_at", Type: object.Time, ReadOnly: true,
		Description: "Time when the storage was created (RFC 3339)."}
	status = object.Attribute{Name: "status", Type: object.Text, Volatile: true,
		Description: "State of the last sync: `initialized` (none yet), `queued`, `in_progress`, `completed`, `completed_with_errors` or `failed`. Every sync changes it, including one that somebody starts in the user interface."}
	lastSync = object.Attribute{Name: "last_sync", Type: object.Time, Volatile: true,
		Description: "Time when the last sync ended (RFC 3339). Null if no sync has run yet, or if the last sync failed."}
	lastSyncCount = object.Attribute{Name: "last_sync_count", Type: object.Int64, Volatile: true,
		Description: "Number of tasks that the last sync created. It does not include the tasks of files that were imported earlier: `tasks_existed` in `meta` of the data source counts these."}
	lastSyncJob = object.Attribute{Name: "last_sync_job", Type: object.Text, Volatile: true,
		Description: "Id of the job of the last sync, if the server has a job queue. Otherwise null."}
)

// syncDetails are what the server notes of the last sync. They change with each sync and are
// long: a plan would show all lines of the old ones. So only data sources have them.
var syncDetails = object.Table{meta, traceback}

var (
	meta = object.Attribute{Name: "meta", Type: object.JSON, Volatile: true,
		Description: "What the server notes of the last sync, as JSON text: `attempts`, `time_queued`, `time_in_progress`, `time_last_ping`, `time_completed` or `time_failure`, `duration` in seconds, `tasks_existed`. Read it with `jsondecode`."}
	traceback = object.Attribute{Name: "traceback", Type: object.Text, Volatile: true,
		Description: "Python traceback of the last sync that failed. The server does not clear it when a later sync succeeds: check `status` first."}
)
