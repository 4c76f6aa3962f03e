package storage

import (
	"net/url"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

// kind is one kind of storage: what tells it from the others.
type kind struct {
	direction

	// name is the resource's name without the provider's.
	name string
	// label names the kind in messages and documentation.
	label string
	// description is the head of the documentation page.
	description string
	// service is the API's name of the kind.
	service string
	// place is the attribute that an error of the connection lands on.
	place string
	// location are the attributes that have to be equal, and within the one
	// that has to lie in the other's, where two storages share data.
	location []string
	within   string
	// names is what the names of the files in a place begin with.
	names func(place string) string
	// lookup says what a sync of the kind looks for.
	lookup string
	// attributes are the kind's own, and those of the shared ones that mean
	// something to it.
	attributes object.Table
}

func (k kind) objects() labelstudio.Collection { return k.collection(k.service) }

// table is all attributes of the kind that the API knows.
func (k kind) table() object.Table {
	table := object.Table{id, project, title, description}
	table = append(table, k.attributes...)
	return append(table, synchronizable, storageType, createdAt, status, lastSync, lastSyncCount, lastSyncJob, meta, traceback)
}

func (k kind) typeName() string { return crud.ProviderName + "_" + k.name }

// verbs is what create, read, update and delete have to know of the kind.
func (k kind) verbs() crud.Resource {
	return crud.Resource{
		TypeName:   k.typeName(),
		Label:      k.label,
		Collection: k.objects(),
		Table:      k.table(),
		Place:      k.place,
		Own:        k.own(),
		Gone:       k.gone,
	}
}

// own are the attributes that the server doesn't know, as an import sets them.
func (k kind) own() map[string]attr.Value {
	own := map[string]attr.Value{"sync_pending": types.BoolValue(false), "wait_for_sync": types.BoolValue(true)}
	if k.breaks {
		own[incompleteFiles], own[acceptedFiles] = setOf(nil), setOf(nil)
		own[deleteTasks] = types.BoolValue(false)
	}
	return own
}

// publicVerbs are the verbs of the data sources, which hold no secrets.
func (k kind) publicVerbs() crud.Resource {
	verbs := k.verbs()
	verbs.Table = verbs.Table.Public()
	return verbs
}

// Attributes of every kind.
var (
	id = object.Attribute{Name: "id", Type: object.Int64, ReadOnly: true,
		Description: "Id of the storage. Each kind of storage counts for itself."}
	project = object.Attribute{Name: "project", Type: object.Int64, Required: true, Replaces: true,
		Description: "Id of the project that the storage belongs to. The server could move a storage, but would leave behind which files it has imported."}
	title = object.Attribute{Name: "title", Type: object.Text,
		Validators:  []validator.Describer{stringvalidator.LengthAtMost(256)},
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
		Description: "State of the last sync: `initialized` (none yet), `queued`, `in_progress`, `completed`, `completed_with_errors` or `failed`. Any sync changes it, also one that somebody starts in the user interface."}
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

// ofProject asks for the storages of a project. The server wants a project.
func ofProject(project int64) url.Values {
	return url.Values{"project": {strconv.FormatInt(project, 10)}}
}
