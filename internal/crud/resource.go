package crud

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

// Resource is the resource of a definition. An object that needs other requests
// embeds it and overrides the verb.
type Resource struct {
	Definition

	Server Server
}

var (
	_ resource.ResourceWithConfigure   = (*Resource)(nil)
	_ resource.ResourceWithIdentity    = (*Resource)(nil)
	_ resource.ResourceWithImportState = (*Resource)(nil)
	_ resource.ResourceWithModifyPlan  = (*Resource)(nil)
)

// NewResource is the resource of an object that needs nothing special.
func NewResource(definition Definition) func() resource.Resource {
	return func() resource.Resource { return &Resource{Definition: definition} }
}

// Metadata implements [resource.Resource].
func (r *Resource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = r.TypeName
	// Otherwise a deferred plan has null for what other objects refer to, such as the id.
	resp.ResourceBehavior.ProviderDeferred.EnablePlanModification = true
}

// Schema implements [resource.Resource].
func (r *Resource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	attributes := r.Table.ResourceAttributes()
	maps.Copy(attributes, r.Local)
	resp.Schema = schema.Schema{MarkdownDescription: r.Descriptions.Resource, Attributes: attributes}
}

// Configure implements [resource.ResourceWithConfigure].
func (r *Resource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	Configure(req.ProviderData, &r.Server, &resp.Diagnostics)
}

// ModifyPlan is the plan of an object whose volatile attributes change with any of its
// settings.
func (r *Resource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	plan, _, state, ok := r.PlanObject(ctx, req, resp)
	if !ok || state.IsNull() {
		return
	}
	if r.Table.MayChange(plan, state) {
		plan = r.Table.MarkVolatileUnknown(plan)
	}
	resp.Diagnostics.Append(resp.Plan.Set(ctx, plan)...)
}

// PlanObject refuses values that the server can't use, keeps the state's spelling of equal
// values and the state's computed values, and replaces the object where a changed attribute
// can't be changed in place. For a new object, whose state is null, it warns if the server
// can't be used, and of a twin on the server. It reports false if there is nothing more to
// plan: for a destroy, a replacement, whose create Terraform plans by another call, and an
// error.
func (r *Resource) PlanObject(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) (plan, config, state types.Object, ok bool) {
	if req.Plan.Raw.IsNull() {
		return plan, config, state, false
	}
	plan, config, state = Decode(ctx, req.Plan, &resp.Diagnostics), Decode(ctx, req.Config, &resp.Diagnostics), Decode(ctx, req.State, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return plan, config, state, false
	}
	resp.Diagnostics.Append(r.Table.Refusals(plan, config, state)...)
	if resp.Diagnostics.HasError() {
		return plan, config, state, false
	}
	if state.IsNull() {
		r.warnOfNoAccess(ctx, &resp.Diagnostics)
		r.warnOfTwin(ctx, plan, &resp.Diagnostics)
		return plan, config, state, true
	}
	plan = r.Table.UseStateForEqual(plan, state)
	resp.RequiresReplace = r.Table.Replacements(plan, state)
	return r.Table.UseStateForComputed(plan, config, state), config, state, len(resp.RequiresReplace) == 0
}

// Create implements [resource.Resource].
func (r *Resource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	plan, config := Decode(ctx, req.Plan, &resp.Diagnostics), Decode(ctx, req.Config, &resp.Diagnostics)
	if !resp.Diagnostics.HasError() {
		r.CreateObject(ctx, plan, config, resp)
	}
}

// CreateObject creates the object of the plan, whose only unknown attributes are those
// of the table, and returns its state with the server's response. Id and identity are in
// the state before anything else can fail.
func (r *Resource) CreateObject(ctx context.Context, plan, config types.Object, resp *resource.CreateResponse) (state types.Object, response labelstudio.Object, ok bool) {
	body := r.Table.CreateBody(plan, config)
	response, err := r.Server.Create(ctx, r.Collection, body, func(found labelstudio.Object) bool { return r.Table.Matches(body, found) })
	made, failed := errors.AsType[*labelstudio.MadeError](err)
	if err != nil && !failed {
		r.AddError(&resp.Diagnostics, "Can't create the "+r.Label, err)
		return plan, nil, false
	}
	id := types.Int64Value(response.ID())
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, idPath, id)...)
	SetIdentity(ctx, resp.Identity, id, &resp.Diagnostics)
	if failed {
		detail, attribute := r.ExplainError(made.Err)
		addWarningOn(&resp.Diagnostics, attribute, "The server has created the "+r.Label+", and reports an error",
			fmt.Sprintf("%s is on the server, and Terraform has saved it in the state. The server says: %s", r.Name(id.ValueInt64()), detail))
	}

	state, err = r.Table.ResolveUnknown(plan, response, object.Null(plan))
	if err != nil {
		r.AddError(&resp.Diagnostics, "Can't read the response to the creation of "+r.Name(id.ValueInt64()), err)
		return plan, nil, false
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
	r.warnOfRewriting(state, body, response, &resp.Diagnostics)
	r.warnOfIgnored(config, response, &resp.Diagnostics)
	return state, response, !resp.Diagnostics.HasError()
}

// Read implements [resource.Resource].
func (r *Resource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	r.ReadObject(ctx, req, resp)
}

// ReadObject refreshes the state, and returns it with the server's response. It reports
// false if there is no object to read.
func (r *Resource) ReadObject(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) (refreshed types.Object, response labelstudio.Object, ok bool) {
	state := Decode(ctx, req.State, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return state, nil, false
	}
	id := ID(state)
	SetIdentity(ctx, resp.Identity, types.Int64Value(id), &resp.Diagnostics)

	response, err := r.read(ctx, state)
	if labelstudio.IsNotFound(err) {
		resp.Diagnostics.AddWarning("The "+r.Label+" is gone from the server",
			fmt.Sprintf("%s does not exist any more, so Terraform removes it from the state. %s", r.Name(id), r.Gone))
		resp.State.RemoveResource(ctx)
		return state, nil, false
	}
	if err == nil {
		refreshed, err = r.Table.StateFrom(response, state)
	}
	if err != nil {
		r.AddError(&resp.Diagnostics, "Can't read the "+r.Label, err)
		return state, nil, false
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, refreshed)...)
	return refreshed, response, !resp.Diagnostics.HasError()
}

// Update implements [resource.Resource].
func (r *Resource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	plan, config, state := Decode(ctx, req.Plan, &resp.Diagnostics), Decode(ctx, req.Config, &resp.Diagnostics), Decode(ctx, req.State, &resp.Diagnostics)
	if !resp.Diagnostics.HasError() {
		r.UpdateObject(ctx, plan, config, state, resp)
	}
}

// UpdateObject changes the object of the state into that of the plan, whose only
// unknown attributes are those of the table, and returns its new state with what the
// server says of it. It sends nothing when only attributes change that the server
// doesn't know.
func (r *Resource) UpdateObject(ctx context.Context, plan, config, state types.Object, resp *resource.UpdateResponse) (updated types.Object, response labelstudio.Object, ok bool) {
	SetIdentity(ctx, resp.Identity, types.Int64Value(ID(state)), &resp.Diagnostics)

	// The plan may be older, or applied where LABEL_STUDIO_URL is another server.
	response, err := r.Get(ctx, state)
	if err != nil {
		r.AddError(&resp.Diagnostics, "Can't update the "+r.Label, err)
		return state, nil, false
	}
	current, err := r.Table.StateFrom(response, state)
	if err != nil {
		r.AddError(&resp.Diagnostics, "Can't read the "+r.Label, err)
		return state, nil, false
	}
	r.warnOfDrift(plan, state, current, &resp.Diagnostics)
	return r.change(ctx, plan, config, current, response, &resp.State, &resp.Diagnostics)
}

// change turns the current object, which the response holds, into that of the plan.
func (r *Resource) change(ctx context.Context, plan, config, current types.Object, response labelstudio.Object, state *tfsdk.State, diags *diag.Diagnostics) (types.Object, labelstudio.Object, bool) {
	id := response.ID()
	var changed labelstudio.Object
	body := r.Table.UpdateBody(plan, config, current, response)
	if body != nil {
		var err error
		if changed, err = r.Server.Update(ctx, r.collectionOf(current), id, body); err != nil {
			r.AddError(diags, "Can't update the "+r.Label, err)
			return current, nil, false
		}
		r.warnOfIgnored(config, changed, diags)
		maps.Copy(response, changed) // the response to a PATCH of a storage lacks its type
	}
	updated, err := r.Table.ResolveUnknown(plan, response, current)
	if err != nil {
		r.AddError(diags, "Can't read the response to the update of "+r.Name(id), err)
		return current, nil, false
	}
	diags.Append(state.Set(ctx, updated)...)
	r.warnOfRewriting(updated, body, changed, diags)
	return updated, response, !diags.HasError()
}

// Delete implements [resource.Resource].
func (r *Resource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	state := Decode(ctx, req.State, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	_, err := r.Get(ctx, state)
	if err == nil {
		err = r.Server.Delete(ctx, r.collectionOf(state), ID(state))
	}
	if err != nil && !labelstudio.IsNotFound(err) {
		r.AddError(&resp.Diagnostics, "Can't delete the "+r.Label, err)
	}
}

// Get asks for the object of the state. It is an error if the server has another object
// with that id, because each server counts its ids from 1.
func (r *Resource) Get(ctx context.Context, state types.Object) (labelstudio.Object, error) {
	response, err := r.Server.Get(ctx, r.collectionOf(state), ID(state))
	if err != nil {
		return nil, err
	}
	return response, r.another(state, response)
}

// read is Get for a refresh, which may share its request with those of other objects.
func (r *Resource) read(ctx context.Context, state types.Object) (labelstudio.Object, error) {
	if r.Server.BulkReads && r.BulkReads {
		if response, found := r.listed(ctx, state); found {
			return response, r.another(state, response)
		}
	}
	response, err := r.Server.GetFields(ctx, r.collectionOf(state), ID(state), r.Table.Fields())
	if err != nil {
		return nil, err
	}
	return response, r.another(state, response)
}

// another tells that a response is about another object than the state.
func (r *Resource) another(state types.Object, response labelstudio.Object) error {
	if r.CreatedAt == "" {
		parent, found := object.Int64Of(state.Attributes()[r.Parent]), response.Int(r.Parent)
		if parent != 0 && parent != found {
			return &anotherError{on: r.Parent, name: r.Name(ID(state)), known: fmt.Sprintf("in %s %d", r.Parent, parent), found: fmt.Sprintf("is in %s %d", r.Parent, found)}
		}
		return nil
	}
	created, found := object.StringOf(state.Attributes()[r.CreatedAt]), response.Text(r.CreatedAt)
	if created != "" && !labelstudio.SameTime(created, found) {
		return &anotherError{on: r.CreatedAt, name: r.Name(ID(state)), known: "as created at " + created, found: "was created at " + found}
	}
	return nil
}

// anotherError tells that the server has another object with the id of the state's, by
// what the state knows and what was found of an attribute.
type anotherError struct{ on, name, known, found string }

func (e *anotherError) Error() string {
	return fmt.Sprintf("The state knows %s %s, but the server's %s: the provider's url leads to another server, or the server's database was created again. "+
		"The provider has changed nothing. Check url. If the object of the state is really lost, run `terraform state rm` on it.", e.name, e.known, e.found)
}

// warnOfDrift warns of attributes that somebody has changed since the refresh, if the
// plan sets them to something else. A saved plan may be old.
func (r *Resource) warnOfDrift(plan, state, current types.Object, diags *diag.Diagnostics) {
	wanted := r.Table.Changed(plan, current)
	drifted := slices.DeleteFunc(r.Table.Changed(current, state), func(name string) bool { return !slices.Contains(wanted, name) })
	if len(drifted) == 0 {
		return
	}
	diags.AddWarning("The "+r.Label+" was changed after the plan was made",
		fmt.Sprintf("Somebody changed %s of %s after Terraform read it for the plan. The apply sets the values of the plan.", strings.Join(drifted, ", "), r.Name(ID(state))))
}

// warnOfRewriting warns of values that were sent and that the server has replaced, as it
// does with unsafe HTML. A second request with the same value would not help, and an
// error would taint a new object.
func (r *Resource) warnOfRewriting(state types.Object, sent map[string]any, response labelstudio.Object, diags *diag.Diagnostics) {
	kept, err := r.Table.StateFrom(response, state)
	if err != nil {
		return
	}
	for _, name := range r.Table.Changed(state, kept) {
		if _, ok := sent[name]; !ok {
			continue
		}
		diags.AddAttributeWarning(path.Root(name), "The server keeps another value",
			fmt.Sprintf("The server has accepted %s of %s, but keeps another value. The next plan shows that value, and so does each plan until you write it as the server keeps it.", name, r.Name(ID(state))))
	}
}

// warnOfIgnored warns of attributes that the server is too old to know.
func (r *Resource) warnOfIgnored(config types.Object, response labelstudio.Object, diags *diag.Diagnostics) {
	for name, instead := range r.Table.Ignored(config, response) {
		diags.AddAttributeWarning(path.Root(name), "The server is too old for "+name,
			fmt.Sprintf("This release of Label Studio does not know %s and ignores it: it behaves as newer releases do with %s. Update the server, or remove %s from the configuration.", name, instead, name))
	}
}
