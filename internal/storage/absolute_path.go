package storage

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
)

// absolutePath refuses a relative path. The server would resolve it against the working
// directory of its process.
type absolutePath struct{}

func (absolutePath) Description(context.Context) string { return "must be an absolute path" }

func (v absolutePath) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (absolutePath) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() || labelstudio.IsAbsolutePath(req.ConfigValue.ValueString()) {
		return
	}
	resp.Diagnostics.AddAttributeError(req.Path, "Path is not absolute",
		"The path is one of the Label Studio server's file system, so it can't be relative to the configuration. "+
			"Write it as the server sees it, for example \"/label-studio/files/images\".")
}
