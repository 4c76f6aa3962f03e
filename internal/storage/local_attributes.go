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
	pending := "Whether an apply has to try the sync again, because the last one that `sync_triggers` asked for did not succeed. The next apply does so, in place. " +
		"To make an apply fail if its sync fails, add a `postcondition` on this attribute."
	if k.breaks {
		pending += " Also true while `" + incompleteFiles + "` is not empty."
	}
	attributes := map[string]schema.Attribute{
		syncTriggers: schema.MapAttribute{
			Optional:    true,
			ElementType: types.StringType,
			MarkdownDescription: "Arbitrary values that sync the storage when they change, such as a revision number. An apply syncs once if the map is set when the storage is created, if the map is added later, " +
				"and if a key or a value in it changes. If the map is not set or is empty, no apply syncs. A change of another attribute does not start a sync. To sync after such a change, add the attribute's value to the map.",
		},
		syncPending: schema.BoolAttribute{
			Computed:            true,
			MarkdownDescription: pending,
		},
		waitForSync: schema.BoolAttribute{
			Optional: true, Computed: true, Default: booldefault.StaticBool(true),
			MarkdownDescription: "Whether an apply waits until the sync has ended. With `false`, it only starts the sync, and does not notice if the sync fails later. On a server without a job queue, an apply always waits. Defaults to `true`.",
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
		Create: true, CreateDescription: "How long to wait for the sync of a new storage. The time in which it waits for other syncs does not count. " + text,
		Update: true, UpdateDescription: "How long to wait for the sync of a changed storage. The time in which it waits for other syncs does not count. " + text,
		Delete: true, DeleteDescription: "How long to wait for a running sync to end before the storage is deleted. " + text,
	})
	if nested, ok := bounds.(schema.SingleNestedAttribute); ok { // the library describes only what is in it
		nested.MarkdownDescription = "How long Terraform waits for syncs of the storage."
		bounds = nested
	}
	return bounds
}
