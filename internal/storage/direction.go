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
	// breaks is true if a sync can fail in the middle of a file with many tasks.
	breaks bool
	// exported is the request that lists what an export with these settings has written.
	exported func(k kind, settings map[string]any) *storagesync.Listing
	// overlaps are the other storages of the project that the plan warns of.
	overlaps []overlap
}

var importing = direction{
	collection: labelstudio.ImportStorages,
	about: "A sync creates a task for each file that this storage has not imported before. It never changes or removes a task, even if a file has changed or is gone.\n\n" +
		"Destroying a storage keeps the tasks that it imported, but their files are no longer served unless another storage covers them; " +
		"a storage that is created again and synced imports every file a second time.",
	gone: "The tasks that it imported stay in the project, but the server does not serve their files unless another storage covers them. " +
		"If the storage is created again with sync_triggers, every file is imported a second time, because Label Studio remembers imported files for each storage.",
	tasksLost: "They stay in the project, but the server stops serving their files unless another storage covers the same place. " +
		"A storage that takes its place and is synced imports every file again, as second tasks. " +
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
	about: "The server writes **all** annotations of the project as soon as the storage is created, even with `synchronizable = false`, and from then on each annotation when it is saved. " +
		"A sync writes all of them again. What was written stays when the storage is changed or destroyed.",
	gone:     "What it has written stays. Annotations are not exported until the next apply creates it again, which writes all of them.",
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
