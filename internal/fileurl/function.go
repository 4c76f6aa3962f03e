// Package fileurl offers the function local_file_url.
package fileurl

import (
	"context"
	"strings"

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
		MarkdownDescription: "Returns the URL under which Label Studio serves a file below its document root, to write into the JSON of a task. " +
			"Without `host`, the URL begins at the root of the server's address: `/data/local-files/?d=photos/cat.jpg`. A server under a path prefix does not find it there, so set `host`. " +
			"The server serves the file to users who can see a project with a local storage that covers the file's directory. Requires Terraform 1.8 or OpenTofu 1.7.",
		Parameters: []function.Parameter{
			function.StringParameter{Name: "document_root", MarkdownDescription: "The server's `LOCAL_FILES_DOCUMENT_ROOT`."},
			function.StringParameter{Name: "path", MarkdownDescription: "Absolute path of the file on the server. If the server runs in a container, this is the path in the container."},
		},
		VariadicParameter: function.StringParameter{Name: "host", MarkdownDescription: "The server's `LABEL_STUDIO_HOST`, such as `https://example.com/label-studio`: the URL is then the one that a sync with `use_blob_urls = true` writes into its tasks. " +
			"Or the path prefix alone, such as `/label-studio`: browsers then use the address at which they opened Label Studio. At most one."},
		Return: function.StringReturn{},
	}
}

func (fileURL) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var root, path string
	var hosts []string
	if resp.Error = req.Arguments.Get(ctx, &root, &path, &hosts); resp.Error != nil {
		return
	}
	for i, argument := range []string{root, path} {
		if !labelstudio.IsAbsolutePath(argument) {
			resp.Error = function.NewArgumentFuncError(int64(i), "the path has to be absolute, as the Label Studio server sees it")
			return
		}
	}
	url, ok := labelstudio.LocalFileURL(root, path)
	if !ok {
		resp.Error = function.NewArgumentFuncError(1, "the file has to lie below the document root")
		return
	}
	if len(hosts) > 1 {
		resp.Error = function.NewArgumentFuncError(3, "there is at most one host")
		return
	}
	for _, host := range hosts {
		host = strings.TrimRight(labelstudio.Strip(host), "/")
		if problem := hostProblem(host); problem != "" {
			resp.Error = function.NewArgumentFuncError(2, "the host "+problem+". A path prefix alone starts with one slash, as in /label-studio")
			return
		}
		url = host + url
	}
	resp.Error = resp.Result.Set(ctx, url)
}

// hostProblem says what is wrong with a host, "" if nothing is. LABEL_STUDIO_HOST is empty
// by default.
func hostProblem(host string) string {
	if strings.ContainsAny(host, "?#") {
		return "must not have a query or a fragment"
	}
	if host == "" || strings.HasPrefix(host, "/") && !strings.HasPrefix(host, "//") {
		return ""
	}
	return labelstudio.AddressProblem(host)
}
