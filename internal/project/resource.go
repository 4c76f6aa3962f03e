// Package project offers projects as a resource and as data sources.
package project

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

type projectResource struct {
	server crud.Server
}

var (
	_ resource.ResourceWithConfigure   = (*projectResource)(nil)
	_ resource.ResourceWithIdentity    = (*projectResource)(nil)
	_ resource.ResourceWithImportState = (*projectResource)(nil)
	_ resource.ResourceWithModifyPlan  = (*projectResource)(nil)
)

// NewResource is the resource labelstudio_project.
func NewResource() resource.Resource { return &projectResource{} }

func (r *projectResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = verbs.TypeName
}

func (r *projectResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	attributes := attributes.ResourceAttributes()
	attributes["force_destroy"] = schema.BoolAttribute{
		Optional: true, Computed: true, Default: booldefault.StaticBool(false),
		MarkdownDescription: "Whether the project may be destroyed with the tasks and annotations that it holds. `true` counts only after an apply. Defaults to `false`.",
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "A project: a labelling configuration, the tasks to label and the storages that they come from.\n\n" +
			"A project that holds tasks is not destroyed unless `force_destroy = true` has been applied before. " +
			"The number of tasks and annotations is in the data source of the same name.\n\n" +
			"The API's `control_weights`, `is_draft` and `model_version` can't be set: the server replaces, ignores or refuses what a configuration says of them, so a plan would never become empty.",
		Attributes: attributes,
	}
}

func (r *projectResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = crud.IdentitySchema()
}

func (r *projectResource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	crud.Configure(req.ProviderData, &r.server, &resp.Diagnostics)
}

func (r *projectResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	plan, config := crud.Object(ctx, req.Plan, &resp.Diagnostics), crud.Object(ctx, req.Config, &resp.Diagnostics)
	if !resp.Diagnostics.HasError() {
		verbs.Create(ctx, r.server, plan, config, resp)
	}
}

func (r *projectResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	verbs.Read(ctx, r.server, req, resp)
}

func (r *projectResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	plan, config, state := crud.Object(ctx, req.Plan, &resp.Diagnostics), crud.Object(ctx, req.Config, &resp.Diagnostics), crud.Object(ctx, req.State, &resp.Diagnostics)
	if !resp.Diagnostics.HasError() {
		verbs.Update(ctx, r.server, plan, config, state, resp)
	}
}

func (r *projectResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	verbs.ImportState(ctx, req, resp)
}

func (r *projectResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.State.Raw.IsNull() {
		plan := crud.Object(ctx, req.Plan, &resp.Diagnostics)
		r.checkLabelConfig(ctx, labelstudio.Projects.Action("validate"), plan, &resp.Diagnostics)
		r.checkTwin(ctx, plan, &resp.Diagnostics)
		return
	}
	state := crud.Object(ctx, req.State, &resp.Diagnostics)
	if req.Plan.Raw.IsNull() {
		r.checkDestroy(ctx, state, &resp.Diagnostics)
		return
	}
	plan := crud.Object(ctx, req.Plan, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	if !object.Same(plan.Attributes()["label_config"], state.Attributes()["label_config"]) {
		r.checkLabelConfig(ctx, fmt.Sprintf("api/projects/%d/validate/", crud.ID(state)), plan, &resp.Diagnostics)
	}
	plan = attributes.Settle(attributes.KeepSpelling(plan, state), state, false)
	resp.Diagnostics.Append(resp.Plan.Set(ctx, plan)...)
}
