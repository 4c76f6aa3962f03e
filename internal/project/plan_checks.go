package project

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

// checkLabelConfig lets the server validate a new or changed labelling configuration, of
// an existing project against its annotations, too. What the server refuses now, it
// refuses in the apply.
func (r *projectResource) checkLabelConfig(ctx context.Context, action string, plan types.Object, diags *diag.Diagnostics) {
	config := plan.Attributes()[labelConfig]
	if !r.Server.PlanChecks || config == nil || config.IsUnknown() {
		return
	}
	_, err := r.Server.Post(ctx, action, map[string]any{labelConfig: object.StringOf(config)})
	refused, ok := errors.AsType[*labelstudio.Error](err)
	if !ok || refused.Status != http.StatusBadRequest {
		return // the apply will find out, and say it
	}
	detail, _ := r.Explain(err.Error())
	diags.AddAttributeError(path.Root(labelConfig), "The server refuses the labelling configuration", detail)
}

// checkTwin warns of a project with the title of the new one.
func (r *projectResource) checkTwin(ctx context.Context, plan types.Object, diags *diag.Diagnostics) {
	// Without include the server counts tasks and annotations, which takes long.
	query := url.Values{"title": {strings.TrimSpace(object.StringOf(plan.Attributes()[title]))}, "ordering": {"-id"}, "include": {"id,title,created_at"}}
	r.WarnOfTwin(ctx, plan, query, title, diags)
}
