package view

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

// viewResource checks more in its plan.
type viewResource struct{ crud.Resource }

// NewResource is the resource labelstudio_view.
func NewResource() resource.Resource {
	return &viewResource{crud.Resource{Definition: Definition}}
}

// ModifyPlan implements [resource.ResourceWithModifyPlan].
func (r *viewResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	r.Resource.ModifyPlan(ctx, req, resp)
	if req.Plan.Raw.IsNull() || resp.Diagnostics.HasError() || len(resp.RequiresReplace) > 0 {
		return
	}
	plan, state := crud.Decode(ctx, resp.Plan, &resp.Diagnostics), crud.Decode(ctx, req.State, &resp.Diagnostics)
	of := object.Int64Of(plan.Attributes()[project])
	if of != 0 && r.Server.MayCheck() && !resp.Diagnostics.HasError() {
		r.checkColumns(ctx, of, plan, state, &resp.Diagnostics)
	}
}

// checkColumns warns of new and changed attributes that name columns which the project
// does not have, and of filters whose type is not that of their column.
func (r *viewResource) checkColumns(ctx context.Context, of int64, plan, state types.Object, diags *diag.Diagnostics) {
	named := map[string][]string{}
	for name, ids := range columnsIn(plan.Attributes()) {
		if len(ids) > 0 && (state.IsNull() || !object.Same(plan.Attributes()[name], state.Attributes()[name])) {
			named[name] = ids
		}
	}
	if len(named) == 0 {
		return
	}
	known := map[string]string{} // the types by id
	columns := r.Server.Lists.ListOnce(ctx, fmt.Sprintf("columns of %d", of), func(ctx context.Context) ([]labelstudio.Object, error) {
		return r.Server.Columns(ctx, of)
	})
	for _, column := range columns {
		known[column.Text("id")] = column.Text("type")
	}
	if len(known) == 0 {
		return
	}
	for _, name := range slices.Sorted(maps.Keys(named)) {
		missing := slices.DeleteFunc(named[name], func(id string) bool { return known[id] != "" })
		if len(missing) == 0 {
			continue
		}
		// Terraform shows only the first of warnings with equal summaries.
		diags.AddAttributeWarning(path.Root(name), fmt.Sprintf("Project %d does not have all columns of %s", of, name),
			fmt.Sprintf("The Data Manager of project %d has no column %s: it has columns for the keys of task data to which label_config refers, and for those of imported tasks. "+
				"If an import adds the column, create the view after it, with depends_on on the storage that syncs: if somebody opens the tab earlier, Label Studio removes the filters and hidden columns that refer to missing columns. "+
				"Otherwise correct the id: the data source labelstudio_data_manager_columns lists the columns of the project.", of, strings.Join(slices.Compact(slices.Sorted(slices.Values(missing))), ", ")))
	}
	if _, changed := named[filters]; changed {
		warnOfTypes(known, plan.Attributes(), diags)
	}
}

// warnOfTypes warns of filters whose type is not that of their column. The user interface
// corrects it with the next change of the tab.
func warnOfTypes(known map[string]string, plan map[string]attr.Value, diags *diag.Diagnostics) {
	shown := attributesOf(plan[columnsDisplayType])
	for i, item := range elementsOf(attributesOf(plan[filters])[items]) {
		filter := attributesOf(item)
		id, have := object.StringOf(filter[column]), object.StringOf(filter[columnType])
		want := known[id]
		if as := object.StringOf(shown[id]); as != "" {
			want = as
		}
		if want == "" || have == "" || have == want {
			continue
		}
		diags.AddAttributeWarning(path.Root(filters).AtName(items).AtListIndex(i).AtName(columnType), fmt.Sprintf("The column %s has the type %s", id, want),
			fmt.Sprintf("The filter has the type %s. When somebody changes the tab, the Data Manager replaces the type of the filter by that of the column, and the next plan changes it back. "+
				"Set type = %q. If the column is one of task data, you can set the type that you want in columns_display_type instead.", have, want))
	}
}

// columnsIn are the ids of the columns that the known parts of the attributes name.
func columnsIn(plan map[string]attr.Value) map[string][]string {
	named := map[string][]string{
		columnsWidth:       slices.Collect(maps.Keys(attributesOf(plan[columnsWidth]))),
		columnsDisplayType: slices.Collect(maps.Keys(attributesOf(plan[columnsDisplayType]))),
	}
	add := func(attribute string, id attr.Value) {
		if text := strings.TrimPrefix(labelstudio.Strip(object.StringOf(id)), "-"); text != "" {
			named[attribute] = append(named[attribute], text)
		}
	}
	for _, id := range elementsOf(plan[ordering]) {
		add(ordering, id)
	}
	for _, list := range attributesOf(plan[hiddenColumns]) {
		for _, id := range elementsOf(list) {
			add(hiddenColumns, id)
		}
	}
	for _, item := range elementsOf(attributesOf(plan[filters])[items]) {
		add(filters, attributesOf(item)[column])
	}
	return named
}
