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

// checkTwin warns of a project with the title of a new one: an apply that was
// killed, or cut off from the server, may have made it without knowing.
func (r *projectResource) checkTwin(ctx context.Context, plan types.Object, diags *diag.Diagnostics) {
	title := plan.Attributes()["title"]
	if !r.server.PlanChecks || title == nil || title.IsUnknown() {
		return
	}
	criteria := attributes.Criteria(plan, "title")
	// Without include the server counts tasks and annotations, which takes it long.
	query := url.Values{"title": {strings.TrimSpace(object.StringOf(title))}, "ordering": {"-id"}, "include": {"id,title,created_at"}}
	for _, other := range r.server.Listed(ctx, labelstudio.Projects, query) {
		if !attributes.Holds(criteria, other) || r.server.HasCreated(labelstudio.Projects, other.ID()) {
			continue
		}
		// Terraform shows only the first of warnings with equal summaries.
		diags.AddAttributeWarning(path.Root("title"), fmt.Sprintf("The project %d has this title", other.ID()),
			fmt.Sprintf("The server has the project %d with the same title, created at %s. If an apply that was interrupted has made it, don't create a second one: "+
				"terraform import %s.<name> %d. If it is somebody else's, the two can live side by side.", other.ID(), other.Text("created_at"), verbs.TypeName, other.ID()))
		return
	}
}
