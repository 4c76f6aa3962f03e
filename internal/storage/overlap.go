package storage

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

// overlap is a storage of the same service and project that should not share its data with
// another.
type overlap struct {
	with func(service string) labelstudio.Collection
	// reads is true if that storage imports.
	reads bool
	// noun names that storage, and summary says what it does.
	noun, summary string
	// advice says what follows.
	advice string
	// adopt says what to do if the storage is on the server already and may be the one
	// that is meant. {import} stands for the command that imports it.
	adopt string
}

// checkOverlaps warns of storages of the project that share data with a new or moved one:
// of those on the server, and of those that this walk has planned before. What the walk
// has created, it has planned before.
func (r *storageResource) checkOverlaps(ctx context.Context, plan types.Object, diags *diag.Diagnostics) {
	of := object.Int64Of(plan.Attributes()[project.Name])
	planned := r.Server.Lists.Plan(of, r.Collection, r.Table.Partial(plan, slices.Concat(r.location, []string{r.within, recursiveScan.Name})...))
	for _, overlap := range r.overlaps {
		in := overlap.with(r.service)
		others := slices.DeleteFunc(slices.Clone(r.Server.Listed(ctx, in, labelstudio.InProject(of))), func(other labelstudio.Object) bool {
			itself := in.String() == r.Collection.String() && other.ID() == crud.ID(plan) &&
				labelstudio.SameTime(other.Text(createdAt.Name), object.StringOf(plan.Attributes()[createdAt.Name]))
			return itself || r.Server.HasCreated(in, other.ID())
		})
		others = append(others, planned[in.String()]...)
		i := slices.IndexFunc(others, func(other labelstudio.Object) bool { return r.meets(plan, other, overlap.reads) })
		if i < 0 {
			continue
		}
		// Terraform shows only the first of warnings with equal summaries.
		summary, detail := fmt.Sprintf("A planned %s of project %d %s", overlap.noun, of, overlap.summary), overlap.advice
		if there := others[i]; there.ID() != 0 {
			summary = fmt.Sprintf("The %s %d %s", overlap.noun, there.ID(), overlap.summary)
			detail += strings.ReplaceAll(overlap.adopt, "{import}", fmt.Sprintf("terraform import %s.<name> %d", r.TypeName, there.ID()))
		}
		diags.AddAttributeWarning(path.Root(r.place), summary, detail)
	}
}

// meets tells whether a file may belong to both storages. An export storage writes into
// its place; an import storage reads there and, with recursive_scan, below.
func (k kind) meets(plan types.Object, other labelstudio.Object, reads bool) bool {
	mine, theirs := object.StringOf(plan.Attributes()[k.within]), other.Text(k.within)
	inTheirs, inMine := labelstudio.PathWithin(mine, theirs), labelstudio.PathWithin(theirs, mine)
	switch {
	case !k.shares(plan, other):
		return false
	case inTheirs && !inMine:
		recursive, known := other[recursiveScan.Name] // before 1.21 always, and in Redis
		return reads && (!known || string(recursive) == "true")
	case inMine && !inTheirs:
		recursive, known := plan.Attributes()[recursiveScan.Name]
		return k.breaks && (!known || object.BoolOf(recursive))
	}
	return true
}

// shares tells whether the place of a storage lies in that of another, or the
// other way round.
func (k kind) shares(plan types.Object, other labelstudio.Object) bool {
	criteria := k.table().PartialBody(plan, k.location...)
	mine, theirs := object.StringOf(plan.Attributes()[k.within]), other.Text(k.within)
	return k.table().Matches(criteria, other) && (labelstudio.PathWithin(mine, theirs) || labelstudio.PathWithin(theirs, mine))
}

// locates tells whether the attribute says where the storage's data lie.
func (k kind) locates(attribute string) bool {
	return attribute == k.within || slices.Contains(k.location, attribute)
}
