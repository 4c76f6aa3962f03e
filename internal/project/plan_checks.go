package project

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelconfig"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

// usedLabels is in the message of a validation that misses labels in use. The validation
// is stricter than the save: the apply would succeed.
const usedLabels = "These labels still exist in annotations or drafts"

// checkLabelConfig lets the server validate a new or changed labeling configuration, of
// an existing project against its annotations, too. What the server refuses now, it
// refuses in the apply. accepted is false, too, if the server was not asked or did not
// answer.
func (r *projectResource) checkLabelConfig(ctx context.Context, action string, plan types.Object, diags *diag.Diagnostics) (accepted bool) {
	config := r.Table.PartialBody(plan, labelConfig)
	if !r.Server.MayCheck() || len(config) == 0 {
		return false
	}
	_, err := r.Server.Post(ctx, action, config)
	refused, ok := errors.AsType[*labelstudio.Error](err)
	if !ok || refused.Status != http.StatusBadRequest {
		return err == nil // the apply will find out, and say it
	}
	if strings.Contains(err.Error(), usedLabels) {
		return true
	}
	detail, _ := r.ExplainError(err)
	diags.AddAttributeError(path.Root(labelConfig), "The server refuses the labeling configuration", detail)
	return false
}

// checkUse warns of a changed labeling configuration that leaves out what annotations or
// tasks use. The server accepts one without used labels, without any control, and with
// references to other data.
func (r *projectResource) checkUse(ctx context.Context, plan, state types.Object, diags *diag.Diagnostics) {
	before, errBefore := labelconfig.Parse(object.StringOf(state.Attributes()[labelConfig]))
	after, errAfter := labelconfig.Parse(object.StringOf(plan.Attributes()[labelConfig]))
	if errBefore != nil || errAfter != nil {
		return
	}
	summary, err := r.Server.Summary(ctx, crud.ID(state))
	if err != nil {
		return
	}
	warn := func(summary, detail string) {
		// Terraform shows only the first of warnings with equal summaries.
		diags.AddAttributeWarning(path.Root(labelConfig), fmt.Sprintf(summary, r.Name(crud.ID(state))), detail)
	}
	if leftOut := before.LeftOut(after, summary); leftOut != "" {
		warn("Annotations of %s use what the new label_config leaves out", "Annotations or drafts use "+leftOut+
			". The server accepts the change and keeps them, but annotators can no longer choose these. Keep them in label_config, unless you want to remove them.")
	}
	missing := slices.DeleteFunc(after.MissingKeys(summary), func(key string) bool { return slices.Contains(before.DataKeys, key) })
	dropped := slices.DeleteFunc(before.DataKeys, func(key string) bool { return summary.DataColumns[key] == 0 || slices.Contains(after.DataKeys, key) })
	var detail []string
	if len(missing) > 0 {
		detail = append(detail, "It refers to keys that not all tasks have: "+labelconfig.Counted(missing, summary)+". The tasks have "+labelconfig.CountedAll(summary)+".")
	}
	if len(dropped) > 0 {
		detail = append(detail, "It no longer refers to keys that tasks have: "+labelconfig.Counted(dropped, summary)+".")
	}
	if len(detail) > 0 {
		warn("The new label_config of %s does not fit the data of its tasks", strings.Join(detail, " "))
	}
}
