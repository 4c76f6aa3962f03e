package storage

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/storagesync"
)

// mostShown is how many files of a place a message names.
const mostShown = 5

// warnOfEmptiness warns of a sync that found no file: to the server that is a success.
// Where all files were imported before, the sync has found those.
func (r *storageResource) warnOfEmptiness(ctx context.Context, storage storagesync.Storage, config, stored types.Object, answer labelstudio.Object, diags *diag.Diagnostics) {
	last := storagesync.LastOf(answer)
	if !r.breaks || !last.Completed() || answer.Int("last_sync_count") > 0 || last.Notes.TasksExisted > 0 {
		return
	}
	filter := object.StringOf(stored.Attributes()["regex_filter"])
	on := r.within
	if filter != "" {
		on = "regex_filter"
	}
	var detail strings.Builder
	fmt.Fprintf(&detail, "The sync of %s succeeded, and found nothing to import. ", r.verbs().Name(storage.ID))
	files, known := r.preview(ctx, r.server.Client, r.table().CreateBody(stored, config))
	switch {
	case !known:
	case len(files) == 0:
		fmt.Fprintf(&detail, "There is no file at all in %s, and none below it. ", r.within)
	default:
		fmt.Fprintf(&detail, "There is, for example: %s. ", strings.Join(files, ", "))
	}
	detail.WriteString(r.lookup)
	if filter != "" {
		fmt.Fprintf(&detail, " regex_filter = %q has to match from the start on, and case counts: %q finds nothing, %q finds pictures.", filter, "jpg", `.*\.jpg`)
	}
	diags.AddAttributeWarning(path.Root(on), "Sync of the storage found nothing", detail.String())
}

// preview names some files of the storage's place, whatever the filter and wherever
// below it, if the server can list them. The request saves nothing.
func (k kind) preview(ctx context.Context, server *labelstudio.Client, settings map[string]any) (files []string, known bool) {
	body := k.listing(settings).Body
	body["regex_filter"], body["recursive_scan"], body["limit"] = nil, true, mostShown
	listed, err := server.Post(ctx, k.objects().Action("files"), body)
	var rows []struct {
		Key *string `json:"key"`
	}
	if err != nil || json.Unmarshal(listed["files"], &rows) != nil {
		return nil, false
	}
	for _, row := range rows {
		if row.Key != nil {
			files = append(files, fmt.Sprintf("%q", *row.Key))
		}
	}
	return files, true
}
