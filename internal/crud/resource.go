package crud

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

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

// Resource is what the verbs have to know of a type of object.
type Resource struct {
	// TypeName is the name in Terraform, such as labelstudio_project.
	TypeName string
	// Label is the name in messages, such as "project".
	Label      string
	Collection labelstudio.Collection
	Table      object.Table
	// Place is the attribute that an error of the connection lands on.
	Place string
	// Own are the attributes that the server doesn't know, with their values for
	// an object that Terraform has not seen before.
	Own map[string]attr.Value
	// Gone tells a user what follows when an object has vanished from the server.
	Gone string
}

// Object reads a whole plan, state or configuration.
func Object(ctx context.Context, from interface {
	Get(ctx context.Context, target any) diag.Diagnostics
}, diags *diag.Diagnostics) types.Object {
	var whole types.Object
	diags.Append(from.Get(ctx, &whole)...)
	return whole
}

// ID is the id of an object in the state.
func ID(state types.Object) int64 { return object.Int64Of(state.Attributes()["id"]) }

// Create makes the object of the plan, whose only unknown attributes are those
// of the table. Id and identity are in the state before anything else can fail.
func (r Resource) Create(ctx context.Context, server Server, plan, config types.Object, resp *resource.CreateResponse) (types.Object, bool) {
	body := r.Table.CreateBody(plan, config)
	answer, err := server.Create(ctx, r.Collection, body, func(found labelstudio.Object) bool { return r.Table.Holds(body, found) })
	if err != nil {
		r.AddError(&resp.Diagnostics, "Can't create the "+r.Label, err)
		return plan, false
	}
	id := types.Int64Value(answer.ID())
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, idPath, id)...)
	SetIdentity(ctx, resp.Identity, id, &resp.Diagnostics)

	state, err := r.Table.Fill(plan, answer, object.Null(plan))
	if err != nil {
		r.AddError(&resp.Diagnostics, "Can't read the answer to the creation of "+r.Name(id.ValueInt64()), err)
		return plan, false
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
	r.warnOfRewriting(state, body, answer, &resp.Diagnostics)
	r.warnOfIgnored(config, answer, &resp.Diagnostics)
	return state, !resp.Diagnostics.HasError()
}

// warnOfDrift tells what somebody has changed since the refresh, where the plan wants
// something else: a plan that was saved may be old.
func (r Resource) warnOfDrift(plan, state, current types.Object, diags *diag.Diagnostics) {
	wanted := r.Table.Changed(plan, current)
	drifted := slices.DeleteFunc(r.Table.Changed(current, state), func(name string) bool { return !slices.Contains(wanted, name) })
	if len(drifted) == 0 {
		return
	}
	diags.AddWarning("The "+r.Label+" was changed after the plan was made",
		fmt.Sprintf("Somebody has changed %s of %s since Terraform has read it last. The apply sets it to what the plan says.", strings.Join(drifted, ", "), r.Name(ID(state))))
}

// warnOfRewriting tells which of the values that were sent the server has replaced by
// others, as it does with HTML that it takes for unsafe. A second request with the same
// value would not help, and an error would taint a new object.
func (r Resource) warnOfRewriting(state types.Object, sent map[string]any, answer labelstudio.Object, diags *diag.Diagnostics) {
	answered, err := r.Table.Flatten(answer, state)
	if err != nil {
		return
	}
	for _, name := range r.Table.Changed(state, answered) {
		if _, ok := sent[name]; !ok {
			continue
		}
		diags.AddAttributeWarning(path.Root(name), "The server keeps another value",
			fmt.Sprintf("The server has accepted %s of %s, but made this of it: %s. While the configuration says something else, each plan will show the difference: "+
				"write the value as the server keeps it.", name, r.Name(ID(state)), answered.Attributes()[name]))
	}
}

// warnOfIgnored tells which settings are too young for the server.
func (r Resource) warnOfIgnored(config types.Object, answer labelstudio.Object, diags *diag.Diagnostics) {
	for name, instead := range r.Table.Ignored(config, answer) {
		diags.AddAttributeWarning(path.Root(name), "The server is too old for "+name,
			fmt.Sprintf("This Label Studio does not know %s and ignores it: it does what newer ones do with %s. Update the server, or take %s out of the configuration if you can live with that.", name, instead, name))
	}
}

// Read refreshes the state.
func (r Resource) Read(ctx context.Context, server Server, req resource.ReadRequest, resp *resource.ReadResponse) {
	state := Object(ctx, req.State, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	id := ID(state)
	SetIdentity(ctx, resp.Identity, types.Int64Value(id), &resp.Diagnostics)

	answer, err := r.Get(ctx, server, state)
	if labelstudio.IsNotFound(err) {
		resp.Diagnostics.AddWarning("The "+r.Label+" is gone from the server",
			fmt.Sprintf("%s does not exist any more and leaves the state. %s", r.Name(id), r.Gone))
		resp.State.RemoveResource(ctx)
		return
	}
	if err != nil {
		r.AddError(&resp.Diagnostics, "Can't read the "+r.Label, err)
		return
	}
	refreshed, err := r.Table.Flatten(answer, state)
	if err != nil {
		r.AddError(&resp.Diagnostics, "Can't read the "+r.Label, err)
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, refreshed)...)
}

// Update changes the object of the state into that of the plan, whose only
// unknown attributes are those of the table. It sends nothing when only
// attributes change that the server doesn't know.
func (r Resource) Update(ctx context.Context, server Server, plan, config, state types.Object, resp *resource.UpdateResponse) (types.Object, bool) {
	id := ID(state)
	SetIdentity(ctx, resp.Identity, types.Int64Value(id), &resp.Diagnostics)

	// The plan may be older, or applied where LABEL_STUDIO_URL is another server.
	answer, err := r.Get(ctx, server, state)
	if err != nil {
		r.AddError(&resp.Diagnostics, "Can't update the "+r.Label, err)
		return state, false
	}
	current, err := r.Table.Flatten(answer, state)
	if err != nil {
		r.AddError(&resp.Diagnostics, "Can't read the "+r.Label, err)
		return state, false
	}
	r.warnOfDrift(plan, state, current, &resp.Diagnostics)
	var changed labelstudio.Object
	body := r.Table.UpdateBody(plan, config, current, answer)
	if body != nil {
		if changed, err = server.Update(ctx, r.Collection, id, body); err != nil {
			r.AddError(&resp.Diagnostics, "Can't update the "+r.Label, err)
			return state, false
		}
		r.warnOfIgnored(config, changed, &resp.Diagnostics)
		maps.Copy(answer, changed) // the answer to a PATCH of a storage lacks its type
	}
	updated, err := r.Table.Fill(plan, answer, state)
	if err != nil {
		r.AddError(&resp.Diagnostics, "Can't read the answer to the update of "+r.Name(id), err)
		return state, false
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, updated)...)
	r.warnOfRewriting(updated, body, changed, &resp.Diagnostics)
	return updated, !resp.Diagnostics.HasError()
}

// Name is how messages name one object.
func (r Resource) Name(id int64) string { return fmt.Sprintf("%s %d", r.Label, id) }
