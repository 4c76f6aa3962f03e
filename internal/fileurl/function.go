// Package fileurl offers the function local_file_url.
package fileurl

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/function"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
)

type fileURL struct{}

// NewFunction is the function local_file_url.
func NewFunction() function.Function { return fileURL{} }

func (fileURL) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "local_file_url"
}

func (fileURL) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "URL under which Label Studio serves a local file",
		MarkdownDescription: "Returns the URL under which Label Studio serves a file below its document root, to write into the JSON of a task. The URL begins with `/` and has no host. " +
			"The server serves the file to users who can see a project with a local storage that covers the file's directory. Requires Terraform 1.8 or OpenTofu 1.7.",
		Parameters: []function.Parameter{
			function.StringParameter{Name: "document_root", MarkdownDescription: "The server's `LOCAL_FILES_DOCUMENT_ROOT`."},
			function.StringParameter{Name: "path", MarkdownDescription: "Absolute path of the file on the server. If the server runs in a container, this is the path in the container."},
		},
		Return: function.StringReturn{},
	}
}

func (fileURL) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var root, path string
	if resp.Error = req.Arguments.Get(ctx, &root, &path); resp.Error != nil {
		return
	}
	for i, argument := range []string{root, path} {
		if !labelstudio.IsAbsolutePath(argument) {
			resp.Error = function.NewArgumentFuncError(int64(i), "the path has to be absolute, as the Label Studio server sees it: got \""+argument+"\"")
			return
		}
	}
	url, ok := labelstudio.LocalFileURL(root, path)
	if !ok {
		resp.Error = function.NewArgumentFuncError(1, "the file has to lie below the document root \""+root+"\": got \""+path+"\"")
		return
	}
	resp.Error = resp.Result.Set(ctx, url)
}
