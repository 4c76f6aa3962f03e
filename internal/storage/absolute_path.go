package storage

import (
	"context"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// absolutePath refuses a relative path, which the server would resolve against
// the directory that its process happens to run in.
type absolutePath struct{}

// Servers run on Windows, too, and accept backslashes everywhere.
var absolute = regexp.MustCompile(`^\s*([/\\]|[A-Za-z]:[/\\])`)

func (absolutePath) Description(context.Context) string { return "must be an absolute path" }

func (v absolutePath) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (absolutePath) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() || absolute.MatchString(req.ConfigValue.ValueString()) {
		return
	}
	resp.Diagnostics.AddAttributeError(req.Path, "Path is not absolute",
		"The path is one of the Label Studio server's file system, so it can't be relative to the configuration: got "+req.ConfigValue.String()+
			". Write it as the server sees it, for example \"/label-studio/files/images\".")
}
