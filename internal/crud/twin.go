package crud

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

// warnOfTwin warns of the newest object that has the same value of the attribute Twin as
// the new one of the plan. An apply that was killed or lost the connection may have
// created it, and it is not in the state. The server accepts both.
func (r *Resource) warnOfTwin(ctx context.Context, plan types.Object, diags *diag.Diagnostics) {
	newParent := r.Parent != "" && object.Int64Of(plan.Attributes()[r.Parent]) == 0 // it has no objects yet
	if !r.Server.MayCheck() || newParent || labelstudio.Strip(object.StringOf(plan.Attributes()[r.Twin])) == "" {
		return
	}
	criteria := r.Table.PartialBody(plan, r.Twin)
	query := r.query(plan, r.Filters...)
	maps.Copy(query, r.Collection.Include(idName, r.Twin, r.CreatedAt))
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
	diags.AddAttributeWarning(path.Root(r.Twin), fmt.Sprintf("The %s %d has this %s", r.Label, twin.ID(), r.Twin),
		fmt.Sprintf("The server has the %s with the same %s%s. If an interrupted apply created it, import it instead of creating a second one: "+
			"terraform import %s.<name> %d. Otherwise ignore this warning: there can be several.", r.Name(twin.ID()), r.Twin, when, r.TypeName, twin.ID()))
}
