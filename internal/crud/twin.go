package crud

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
)

// WarnOfTwin warns of the newest object in the list of the query that has the same value
// of an attribute as the planned one. An apply that was killed or lost the connection may
// have created it, and it is not in the state.
func (r *Resource) WarnOfTwin(ctx context.Context, plan types.Object, query url.Values, attribute string, diags *diag.Diagnostics) {
	planned := plan.Attributes()[attribute]
	if !r.Server.MayCheck() || planned == nil || planned.IsUnknown() {
		return
	}
	criteria := r.Table.PartialBody(plan, attribute)
	listed := slices.Clone(r.Server.Listed(ctx, r.Collection, query)) // which others share
	twins := slices.DeleteFunc(listed, func(other labelstudio.Object) bool {
		return !r.Table.Matches(criteria, other) || r.Server.HasCreated(r.Collection, other.ID())
	})
	if len(twins) == 0 {
		return
	}
	twin := slices.MaxFunc(twins, func(a, b labelstudio.Object) int { return cmp.Compare(a.ID(), b.ID()) })
	when := ""
	if created := twin.Text(r.CreatedAt); created != "" {
		when = ", created at " + created
	}
	// Terraform shows only the first of warnings with equal summaries.
	diags.AddAttributeWarning(path.Root(attribute), fmt.Sprintf("The %s %d has this %s", r.Label, twin.ID(), attribute),
		fmt.Sprintf("The server has the %s with the same %s%s. If an interrupted apply created it, import it instead of creating a second one: "+
			"terraform import %s.<name> %d. Otherwise ignore this warning: there can be several.", r.Name(twin.ID()), attribute, when, r.TypeName, twin.ID()))
}
