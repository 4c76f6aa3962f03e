package crud

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
)

// ReadOne reads the object of a data source: by its id, or else the only one of
// the query's that has what the configuration says of the named attributes.
func (r Resource) ReadOne(ctx context.Context, server Server, query url.Values, by []string, config types.Object, resp *datasource.ReadResponse) {
	answer, ok := r.find(ctx, server, query, by, config, &resp.Diagnostics)
	if !ok {
		return
	}
	found, err := r.Table.New(answer)
	if err != nil {
		r.AddError(&resp.Diagnostics, "Can't read the "+r.Label, err)
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, found)...)
}

func (r Resource) find(ctx context.Context, server Server, query url.Values, by []string, config types.Object, diags *diag.Diagnostics) (labelstudio.Object, bool) {
	if id := ID(config); id != 0 {
		answer, err := server.Get(ctx, r.Collection, id)
		if labelstudio.IsNotFound(err) {
			diags.AddAttributeError(idPath, "No "+r.Label+" has this id", fmt.Sprintf("%s does not exist on the server.", r.Name(id)))
		} else if err != nil {
			r.AddError(diags, "Can't read the "+r.Label, err)
		}
		return answer, err == nil
	}

	by = slices.DeleteFunc(slices.Clone(by), func(name string) bool { return config.Attributes()[name].IsNull() })
	criteria := r.Table.Criteria(config, by...)
	var all, matching []labelstudio.Object
	for answer, err := range server.List(ctx, r.Collection, query) {
		if err != nil {
			r.AddError(diags, "Can't list the "+r.Label+"s", err)
			return nil, false
		}
		all = append(all, answer)
		if r.Table.Holds(criteria, answer) {
			matching = append(matching, answer)
		}
	}
	switch len(matching) {
	case 1:
		return matching[0], true
	case 0:
		diags.AddError("No "+r.Label+" matches", "The server has none that is wanted. It has "+r.candidates(all))
	default:
		diags.AddError("Several "+r.Label+"s match", "Find the one that is wanted by its id. The server has "+r.candidates(matching))
	}
	return nil, false
}

// mostCandidates keeps a message readable on servers with hundreds of projects.
const mostCandidates = 20

// candidates lists objects for a message.
func (r Resource) candidates(answers []labelstudio.Object) string {
	if len(answers) == 0 {
		return "no " + r.Label + " at all in the place that was searched."
	}
	var text strings.Builder
	text.WriteString("these:\n")
	for i, answer := range answers {
		if i == mostCandidates {
			fmt.Fprintf(&text, "\n  … and %d more", len(answers)-i)
			break
		}
		fmt.Fprintf(&text, "\n  id %d: title %q", answer.ID(), answer.Text("title"))
		if r.Place != "" {
			fmt.Fprintf(&text, ", %s %q", r.Place, answer.Text(r.Place))
		}
	}
	return text.String()
}

// ListAll reads all objects of the query, as the plural data sources show them.
func (r Resource) ListAll(ctx context.Context, server Server, query url.Values, diags *diag.Diagnostics) types.List {
	objects := []types.Object{}
	// Databases return rows that were changed in another order.
	byID := func(a, b types.Object) int { return cmp.Compare(ID(a), ID(b)) }
	for answer, err := range server.List(ctx, r.Collection, query) {
		if err != nil {
			r.AddError(diags, "Can't list the "+r.Label+"s", err)
			break
		}
		found, err := r.Table.New(answer)
		if err != nil {
			r.AddError(diags, "Can't list the "+r.Label+"s", err)
			break
		}
		objects = append(objects, found)
	}
	slices.SortFunc(objects, byID)
	list, problems := types.ListValueFrom(ctx, types.ObjectType{AttrTypes: r.Table.AttributeTypes()}, objects)
	diags.Append(problems...)
	return list
}
