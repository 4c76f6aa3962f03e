package storage

import (
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/storagesync"
)

// direction is what all import storages, or all export storages, have in common.
type direction struct {
	collection func(service string) labelstudio.Collection
	// about is part of the documentation of each kind.
	about string
	// gone tells a user what follows when a storage is gone from the server.
	gone string
	// tasksLost tells a user what the destroy of a storage means for the tasks that it
	// has imported.
	tasksLost string
	// descriptions replace those of attributes that mean something else in this direction.
	descriptions map[string]string
	// breaks is true if a sync can fail in the middle of a file with many tasks.
	breaks bool
	// exported is the request that lists what an export with these settings has written.
	exported func(k kind, settings map[string]any) *storagesync.Listing
	// overlaps are the other storages of the project that the plan warns of.
	overlaps []overlap
}

var importing = direction{
	collection: labelstudio.ImportStorages,
	about: "A sync creates tasks for the files that this storage has not imported before. It never changes or removes a task, even if its file has changed or is gone.\n\n" +
		"If you destroy a storage, the tasks that it imported stay in the project, but the server no longer serves their files, unless another storage covers them. " +
		"If you create the storage again and sync it, it imports every file a second time.",
	gone: "The tasks that it imported stay in the project, but the server does not serve their files unless another storage covers them. " +
		"If the storage is created again with sync_triggers, every file is imported a second time, because Label Studio remembers imported files for each storage.",
	tasksLost: "They stay in the project, but the server stops serving their files unless another storage covers the same place. " +
		"If a new storage replaces it, its first sync imports every file again, and each file gets a second task. " +
		"To stop managing the storage without deleting it, use a removed block or `terraform state rm`.",
	breaks:   true,
	exported: func(kind, map[string]any) *storagesync.Listing { return nil },
	overlaps: []overlap{
		{
			with: labelstudio.ImportStorages, reads: true, noun: "storage", summary: "imports the same files",
			advice: "Each of the two imports every file that both hold, as tasks of its own.",
			adopt: " If it is the storage that is meant here, import it instead of creating a second one: {import}. " +
				"If this plan replaces it (-replace, taint or replace_triggered_by), every file is imported a second time.",
		},
		{
			with: labelstudio.ExportStorages, noun: "export storage", summary: "writes what this storage reads",
			advice: "The annotations that it writes would come back as tasks with the next sync of this storage. " +
				"Read from a place that no export storage of the project writes to.",
		},
	},
}

var exporting = direction{
	collection: labelstudio.ExportStorages,
	about: "The server writes **all** annotations of the project as soon as the storage is created, even with `synchronizable = false`. From then on, it writes each annotation when somebody saves it. " +
		"A sync writes all annotations again. If you change or destroy the storage, everything that it has written stays.",
	gone: "What it has written stays. Annotations are not exported until the next apply creates it again, which writes all of them.",
	descriptions: map[string]string{
		project.Name:       "Id of the project whose annotations the storage exports.",
		"bucket":           "Name of the bucket.",
		"container":        "Name of the container.",
		prefix.Name:        "Beginning of the keys to write, such as `annotations/2026`, without a slash at the end. The server adds a slash and the annotation's id. If not set, the key is the id alone.",
		lastSyncCount.Name: "Number of annotations that the last sync wrote, as the server counts them: annotations that could not be written are included.",
	},
	exported: kind.listing,
	overlaps: []overlap{
		{
			with: labelstudio.ImportStorages, reads: true, noun: "import storage", summary: "reads what this storage writes",
			advice: "The annotations would come back as tasks with the next sync of that storage. " +
				"Write to a place that no import storage of the project reads.",
		},
		{
			with: labelstudio.ExportStorages, noun: "export storage", summary: "writes to the same place",
			advice: "Each of the two writes every annotation.",
			adopt:  " If it is the storage that is meant here, import it instead of creating a second one: {import}.",
		},
	},
}
