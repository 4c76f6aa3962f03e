package project

import (
	"context"
	"net/url"

	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
)

type projectList struct{ projectResource }

var _ list.ListResourceWithConfigure = (*projectList)(nil)

// NewListResource lists projects for `terraform query`.
func NewListResource() list.ListResource { return &projectList{} }

func (l *projectList) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{MarkdownDescription: "All projects that the API key's user can see, for `terraform query` (Terraform 1.14 and later). [Bring an existing Label Studio under Terraform](../guides/existing-server.md) shows it at work."}
}

func (l *projectList) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	verbs.Stream(ctx, l.server, url.Values{"ordering": {"id"}}, req, stream)
}
