package project

import (
	"context"
	"errors"
	"fmt"
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
	config := r.Table.PartialBody(plan, labelConfig)
	if !r.Server.PlanChecks || len(config) == 0 {
		return
	}
	_, err := r.Server.Post(ctx, action, config)
	refused, ok := errors.AsType[*labelstudio.Error](err)
	if !ok || refused.Status != http.StatusBadRequest {
		return // the apply will find out, and say it
	}
	detail, _ := r.Explain(err.Error())
	diags.AddAttributeError(path.Root(labelConfig), "The server refuses the labelling configuration", detail)
}

// checkTwin warns of a project with the title of the new one. An apply that was killed or
// lost the connection may have created it, and it is not in the state.
func (r *projectResource) checkTwin(ctx context.Context, plan types.Object, diags *diag.Diagnostics) {
	planned := strings.TrimSpace(object.StringOf(plan.Attributes()[title]))
	if !r.Server.PlanChecks || planned == "" {
		return
	}
	criteria := r.Table.PartialBody(plan, title)
	// Without include the server counts tasks and annotations, which takes long.
	query := url.Values{"title": {planned}, "ordering": {"-id"}, "include": {"id,title,created_at"}}
	for _, other := range r.Server.Listed(ctx, labelstudio.Projects, query) {
		if !r.Table.Matches(criteria, other) || r.Server.HasCreated(labelstudio.Projects, other.ID()) {
			continue
		}
		// Terraform shows only the first of warnings with equal summaries.
		diags.AddAttributeWarning(path.Root(title), fmt.Sprintf("The project %d has this title", other.ID()),
			fmt.Sprintf("The server has the project %d with the same title, created at %s. If an apply that was interrupted has made it, don't create a second one: "+
				"terraform import %s.<name> %d. If it is somebody else's, the two can live side by side.", other.ID(), other.Text(createdAt), r.TypeName, other.ID()))
		return
	}
}
