package storage

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelconfig"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/storagesync"
)

// warnOfMissingKeys warns, after a sync that has imported tasks, of keys that the
// project's label config refers to and that not all tasks have. The server refuses such
// tasks when they are uploaded, but a sync imports them. The two requests are among
// those that plan_checks turns off.
func (k kind) warnOfMissingKeys(ctx context.Context, server crud.Server, storage types.Object, response labelstudio.Object, warn func(summary, detail string)) {
	if !server.PlanChecks || !k.breaks || !storagesync.LastOf(response).Completed() || response.Int(lastSyncCount.Name) == 0 {
		return
	}
	id := object.Int64Of(storage.Attributes()[project.Name])
	settings, err := server.Get(ctx, labelstudio.Projects, id)
	if err != nil {
		return
	}
	config, err := labelconfig.Parse(settings.Text("label_config"))
	if err != nil || len(config.DataKeys) == 0 {
		return
	}
	tasks, err := server.Summary(ctx, id)
	if err != nil {
		return
	}
	if missing := config.MissingKeys(tasks); len(missing) > 0 {
		// Terraform shows only the first of warnings with equal summaries.
		warn(fmt.Sprintf("Tasks of project %d lack what its label_config shows", id),
			fmt.Sprintf("The label_config refers to keys that not all tasks have: %s. The tasks have %s. Annotators see such tasks incomplete or not at all. "+
				"Let label_config refer to the keys of the tasks. Or correct the files and delete the tasks: the next sync then imports the files again.",
				labelconfig.Counted(missing, tasks), labelconfig.CountedAll(tasks)))
	}
}
