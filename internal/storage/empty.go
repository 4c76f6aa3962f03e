package storage

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/storagesync"
)

// mostShown is how many files of a place a message names.
const mostShown = 5

// warnOfEmptiness warns of a sync that found no file, which the server reports as a
// success. A sync has found files if it skipped those that were imported before.
func (r *storageResource) warnOfEmptiness(ctx context.Context, storage storagesync.Storage, config, stored types.Object, response labelstudio.Object, diags *diag.Diagnostics) {
	last := storagesync.LastOf(response)
	if !r.breaks || !last.Completed() || response.Int(lastSyncCount.Name) > 0 || last.Notes.TasksExisted > 0 {
		return
	}
	hasFilter := filterOf(stored) != ""
	on := r.within
	if hasFilter {
		on = regexFilter
	}
	var detail strings.Builder
	fmt.Fprintf(&detail, "The sync of %s succeeded but found nothing to import. ", r.Name(storage.ID))
	files, known := r.filesBelow(ctx, r.Table.CreateBody(stored, config))
	switch {
	case !known:
	case len(files) == 0:
		fmt.Fprintf(&detail, "There is no file at all in %s, and none below it. ", r.within)
	default:
		fmt.Fprintf(&detail, "Without regex_filter, and with subdirectories, the server finds for example: %s. ", examples(files))
	}
	detail.WriteString(r.lookup)
	if hasFilter {
		detail.WriteString(filterMatching)
	}
	diags.AddAttributeWarning(path.Root(on), "Sync of the storage found nothing", detail.String())
}

// filterMatching says how the server compares the filter.
const filterMatching = ` regex_filter has to match from the start, and is case-sensitive: "jpg" finds nothing, ".*\.jpg" finds pictures.`

// filesBelow names some files in and below the place of the storage, without the filter,
// if the server can list them. The request saves nothing.
func (r *storageResource) filesBelow(ctx context.Context, settings map[string]any) (files []string, known bool) {
	listing := r.listing(settings)
	listing.Body[regexFilter], listing.Body[recursiveScan.Name], listing.Body["limit"] = nil, true, mostShown
	listed, err := r.Server.Post(ctx, listing.Path, listing.Body)
	if err != nil {
		return nil, false
	}
	files, _, known = filesIn(listed)
	return files, known
}
