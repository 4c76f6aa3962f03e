package storage

import (
	"context"
	"maps"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// defaultTimeout limits a sync. 100,000 files take about ten minutes.
const defaultTimeout = time.Hour

// timeout is how long an operation may wait.
func timeout(ctx context.Context, whole types.Object, of func(timeouts.Value, context.Context, time.Duration) (time.Duration, diag.Diagnostics)) time.Duration {
	bounds, ok := whole.Attributes()[timeoutsName].(timeouts.Value)
	if !ok {
		return defaultTimeout
	}
	// The schema has validated the text, and the default stands for anything else.
	bound, _ := of(bounds, ctx, defaultTimeout)
	return bound
}

// Attributes that the server doesn't know. incomplete.go has those of import storages.
const (
	syncTriggers = "sync_triggers"
	syncPending  = "sync_pending"
	waitForSync  = "wait_for_sync"
	timeoutsName = "timeouts"
)

func (k kind) localAttributes() map[string]schema.Attribute {
	pending := "Whether the last sync that `sync_triggers` asked for has not succeeded. The next apply tries it again, in place. " +
		"A `postcondition` on it makes an apply fail whose sync failed."
	if k.breaks {
		pending += " Also true while `" + incompleteFiles + "` holds a file."
	}
	attributes := map[string]schema.Attribute{
		syncTriggers: schema.MapAttribute{
			Optional:    true,
			ElementType: types.StringType,
			MarkdownDescription: "Any values whose change shall sync the storage, for example a hash of the file list. One sync runs when the map is there at creation, when it is added later, " +
				"and when a key or value of it is added, changed or removed. Without the map, or with an empty one, Terraform never syncs. A change of other attributes does not sync by itself: put them into the map if it shall.",
		},
		syncPending: schema.BoolAttribute{
			Computed:            true,
			MarkdownDescription: pending,
		},
		waitForSync: schema.BoolAttribute{
			Optional: true, Computed: true, Default: booldefault.StaticBool(true),
			MarkdownDescription: "Whether an apply follows the sync to its end. With `false` it only starts it, and a sync that fails later is not noticed. Servers without a job queue answer when the sync is over, in either case. Defaults to `true`.",
		},
	}
	if k.breaks {
		maps.Copy(attributes, incompleteAttributes())
	}
	return attributes
}

// localDefaults are the local attributes of a storage that Terraform imports or lists.
func (k kind) localDefaults() map[string]attr.Value {
	defaults := map[string]attr.Value{syncPending: types.BoolValue(false), waitForSync: types.BoolValue(true)}
	if k.breaks {
		defaults[incompleteFiles], defaults[acceptedFiles] = setOf(nil), setOf(nil)
		defaults[deleteTasks] = types.BoolValue(false)
	}
	return defaults
}

func timeoutsAttribute(ctx context.Context) schema.Attribute {
	text := "Text such as `30s`, `45m` or `2h`. Defaults to `1h`."
	bounds := timeouts.Attributes(ctx, timeouts.Opts{
		Create: true, CreateDescription: "How long to wait for the sync of a new storage, from its turn on. " + text,
		Update: true, UpdateDescription: "How long to wait for the sync of a changed storage, from its turn on. " + text,
		Delete: true, DeleteDescription: "How long to wait for a running sync to end before the storage is deleted. " + text,
	})
	if nested, ok := bounds.(schema.SingleNestedAttribute); ok { // the library describes only what is in it
		nested.MarkdownDescription = "How long Terraform waits for syncs of the storage."
		bounds = nested
	}
	return bounds
}
