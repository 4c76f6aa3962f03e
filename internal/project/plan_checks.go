package project

import (
	"context"
	"errors"
	"net/http"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

// checkLabelConfig lets the server judge a new or changed labelling
// configuration, for an existing project also against its annotations. No apply
// can cure what it refuses.
func (r *projectResource) checkLabelConfig(ctx context.Context, action string, plan types.Object, diags *diag.Diagnostics) {
	config := plan.Attributes()["label_config"]
	if !r.server.PlanChecks || config == nil || config.IsUnknown() {
		return
	}
	_, err := r.server.Post(ctx, action, map[string]any{"label_config": object.StringOf(config)})
	var answer *labelstudio.Error
	if !errors.As(err, &answer) || answer.Status != http.StatusBadRequest {
		return // the apply will find out, and say it
	}
	detail, _ := verbs.Explain(err.Error())
	diags.AddAttributeError(path.Root("label_config"), "The server refuses the labelling configuration", detail)
}
