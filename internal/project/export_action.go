package project

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

// exportAction is the action that exports the annotations of a project to a file.
type exportAction struct{ server crud.Server }

var (
	_ action.ActionWithConfigure      = (*exportAction)(nil)
	_ action.ActionWithValidateConfig = (*exportAction)(nil)
)

// NewExportAction is the action labelstudio_project_export.
func NewExportAction() action.Action { return &exportAction{} }

// exportConfig is the configuration of the action.
type exportConfig struct {
	Project                 types.Int64          `tfsdk:"project"`
	Path                    types.String         `tfsdk:"path"`
	ExportType              types.String         `tfsdk:"export_type"`
	TaskFilterOptions       types.Object         `tfsdk:"task_filter_options"`
	AnnotationFilterOptions types.Object         `tfsdk:"annotation_filter_options"`
	Timeout                 timetypes.GoDuration `tfsdk:"timeout"`
}

// Attributes of the action that errors are shown on.
const (
	exportPath        = "path"
	exportType        = "export_type"
	taskFilters       = "task_filter_options"
	viewFilter        = "view"
	annotationFilters = "annotation_filter_options"
	usual             = "usual"
	groundTruth       = "ground_truth"
	skipped           = "skipped"
)

const (
	defaultExportType    = "JSON"
	defaultExportTimeout = time.Hour
)

func (a *exportAction) Metadata(_ context.Context, _ action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = Definition.TypeName + "_export"
}

func (a *exportAction) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	onlyOrExclude := func(tasks string) schema.StringAttribute {
		return schema.StringAttribute{Optional: true, Validators: []validator.String{stringvalidator.OneOf("only", "exclude")},
			MarkdownDescription: fmt.Sprintf("`only` exports %s, `exclude` exports all others. By default, the action exports both.", tasks)}
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Exports the tasks and annotations of a project to a file on the machine where Terraform runs. Requires Terraform 1.14.\n\n" +
			"The action creates a snapshot of the project on the server, waits until it is complete, downloads it as a file of the type `export_type`, and deletes the snapshot from the server. " +
			"You can repeat the action. It writes to a temporary file beside `path`, and replaces the file of an earlier export only when the new one is complete.\n\n" +
			"The action deletes the snapshot even if the export fails or is interrupted. If the provider is killed, the snapshot stays on the server until somebody deletes its project.",
		Attributes: map[string]schema.Attribute{
			"project": schema.Int64Attribute{Required: true, MarkdownDescription: "Id of the project."},
			exportPath: schema.StringAttribute{Required: true, Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
				MarkdownDescription: "Path of the file. A relative path begins at the directory where Terraform runs. The action creates missing directories, and replaces an existing file. Only the user who runs Terraform can read the file."},
			exportType: schema.StringAttribute{Optional: true,
				MarkdownDescription: "Format of the file, such as `JSON`, `JSON_MIN`, `CSV`, `COCO` or `YOLO`. The project's labeling configuration decides which formats are possible. If you set another one, the error lists the possible ones. A format that consists of several files results in a ZIP archive. Defaults to `" + defaultExportType + "`."},
			taskFilters: schema.SingleNestedAttribute{Optional: true,
				MarkdownDescription: "Which tasks to export: those that meet all these conditions. By default, the action exports all tasks, including those without annotations.",
				Attributes: map[string]schema.Attribute{
					viewFilter: schema.Int64Attribute{Optional: true,
						MarkdownDescription: "Id of a view, which is a tab of the project's Data Manager. The action exports only the tasks that the filters of the tab match. The address of the tab shows the id (`?tab=7`)."},
					skipped:     onlyOrExclude("tasks that somebody has skipped"),
					"finished":  onlyOrExclude("tasks that have all their annotations"),
					"annotated": onlyOrExclude("tasks with at least one annotation that is not skipped"),
				}},
			annotationFilters: schema.SingleNestedAttribute{Optional: true,
				MarkdownDescription: "Which annotations of the exported tasks the file contains: those of each kind that is `true`. By default, the file contains all annotations.",
				Attributes: map[string]schema.Attribute{
					usual: schema.BoolAttribute{Optional: true,
						MarkdownDescription: "Whether to export annotations that are neither skipped nor ground truth. Defaults to `true`."},
					groundTruth: schema.BoolAttribute{Optional: true,
						MarkdownDescription: "Whether to export ground truth annotations. Defaults to `false`."},
					skipped: schema.BoolAttribute{Optional: true,
						MarkdownDescription: "Whether to export skipped annotations. Defaults to `false`."},
				}},
			"timeout": schema.StringAttribute{CustomType: timetypes.GoDurationType{}, Optional: true,
				MarkdownDescription: "How long the export may take, such as `10m` or `3h`. Defaults to `1h`."},
		},
	}
}

func (a *exportAction) Configure(_ context.Context, req action.ConfigureRequest, resp *action.ConfigureResponse) {
	crud.Configure(req.ProviderData, &a.server, &resp.Diagnostics)
}

// ValidateConfig refuses to export no annotations: the server would then export all.
func (a *exportAction) ValidateConfig(ctx context.Context, req action.ValidateConfigRequest, resp *action.ValidateConfigResponse) {
	var options types.Object
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root(annotationFilters), &options)...)
	if resp.Diagnostics.HasError() || options.IsNull() || options.IsUnknown() {
		return
	}
	kinds := options.Attributes()
	for _, kind := range []string{groundTruth, skipped} {
		if kinds[kind].IsUnknown() || object.BoolOf(kinds[kind]) {
			return
		}
	}
	if kinds[usual].IsNull() || kinds[usual].IsUnknown() || object.BoolOf(kinds[usual]) {
		return
	}
	resp.Diagnostics.AddAttributeError(path.Root(annotationFilters), "No annotations to export",
		"No kind of annotations is true, and the server would then export all annotations. Set usual, ground_truth or skipped to true, or remove "+annotationFilters+".")
}

func (a *exportAction) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	var config exportConfig
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	timeout := defaultExportTimeout
	if !config.Timeout.IsNull() {
		given, problems := config.Timeout.ValueGoDuration()
		resp.Diagnostics.Append(problems...)
		timeout = given
	}
	if resp.Diagnostics.HasError() {
		return
	}
	name := Definition.Name(config.Project.ValueInt64())
	e := &export{
		client:  a.server.Client,
		project: config.Project.ValueInt64(),
		path:    config.Path.ValueString(),
		as:      defaultExportType,
		tasks:   filterOptions(config.TaskFilterOptions),
		kinds:   filterOptions(config.AnnotationFilterOptions),
		timeout: timeout,
		tell:    func(text string) { resp.SendProgress(action.InvokeProgressEvent{Message: name + ": " + text}) },
		diags:   &resp.Diagnostics,
	}
	if !config.ExportType.IsNull() {
		e.as = config.ExportType.ValueString()
	}
	e.run(ctx)
}

// filterOptions are the options that are set, as the API names them.
func filterOptions(options types.Object) map[string]any {
	if options.IsNull() {
		return nil
	}
	set := map[string]any{}
	for name, value := range options.Attributes() {
		if value.IsNull() {
			continue
		}
		switch value := value.(type) {
		case types.String:
			set[name] = value.ValueString()
		case types.Bool:
			set[name] = value.ValueBool()
		case types.Int64:
			set[name] = value.ValueInt64()
		}
	}
	return set
}
