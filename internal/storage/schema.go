package storage

import (
	"context"
	"maps"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// defaultTimeout bounds a sync: 100,000 files take about ten minutes.
const defaultTimeout = time.Hour

// timeout is how long the configuration lets an operation wait.
func timeout(ctx context.Context, whole types.Object, of func(timeouts.Value, context.Context, time.Duration) (time.Duration, diag.Diagnostics)) time.Duration {
	bounds, ok := whole.Attributes()["timeouts"].(timeouts.Value)
	if !ok {
		return defaultTimeout
	}
	// The schema has validated the text, and the default stands for anything else.
	bound, _ := of(bounds, ctx, defaultTimeout)
	return bound
}

// resourceSchema is the kind's table and what Terraform needs to sync.
func (k kind) resourceSchema(ctx context.Context) schema.Schema {
	attributes := k.table().ResourceAttributes()
	pending := "Whether the last sync that `sync_triggers` asked for has not succeeded. The next apply tries it again, in place. " +
		"A `postcondition` on it makes an apply fail whose sync failed."
	if k.breaks {
		pending += " Also true while `" + incompleteFiles + "` holds a file."
	}
	attributes["sync_triggers"] = schema.MapAttribute{
		Optional:    true,
		ElementType: types.StringType,
		MarkdownDescription: "Any values whose change shall sync the storage, for example a hash of the file list. One sync runs when the map is there at creation, when it is added later, " +
			"and when a key or value of it is added, changed or removed. Without the map, or with an empty one, Terraform never syncs. A change of other attributes does not sync by itself: put them into the map if it shall.",
	}
	attributes["sync_pending"] = schema.BoolAttribute{
		Computed:            true,
		MarkdownDescription: pending,
	}
	attributes["wait_for_sync"] = schema.BoolAttribute{
		Optional: true, Computed: true, Default: booldefault.StaticBool(true),
		MarkdownDescription: "Whether an apply follows the sync to its end. With `false` it only starts it, and a sync that fails later is not noticed. Servers without a job queue answer when the sync is over, in either case. Defaults to `true`.",
	}
	if k.breaks {
		maps.Copy(attributes, incompleteAttributes())
	}
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
	attributes["timeouts"] = bounds
	return schema.Schema{
		MarkdownDescription: k.description + "\n\n" + k.about,
		Attributes:          attributes,
	}
}
