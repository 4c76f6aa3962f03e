package storage

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// storageList lists the storages of a kind for `terraform query`.
type storageList struct{ storageResource }

var _ list.ListResourceWithConfigure = (*storageList)(nil)

func (l *storageList) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The " + l.label + "s of a project, for `terraform query` (Terraform 1.14 and later). [Bring an existing Label Studio under Terraform](../guides/existing-server.md) shows it at work.",
		Attributes: map[string]schema.Attribute{
			"project": schema.Int64Attribute{Required: true, MarkdownDescription: "Id of the project."},
		},
	}
}

func (l *storageList) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var project types.Int64
	if problems := req.Config.GetAttribute(ctx, path.Root("project"), &project); problems.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(problems)
		return
	}
	l.verbs().Stream(ctx, l.server, ofProject(project.ValueInt64()), req, stream)
}
