package crud

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

// listResource lists objects for `terraform query`.
type listResource struct{ Resource }

var _ list.ListResourceWithConfigure = (*listResource)(nil)

// NewListResource is the list resource of an object, for `terraform query`.
func NewListResource(definition Definition) func() list.ListResource {
	return func() list.ListResource { return &listResource{Resource{Definition: definition}} }
}

func (l *listResource) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: l.Descriptions.ListResource + ", for `terraform query`. Requires Terraform 1.14. For an example, see [Bring an existing Label Studio under Terraform](../guides/existing-server.md).",
	}
	if l.Parent != "" {
		resp.Schema.Attributes = map[string]schema.Attribute{
			l.Parent: schema.Int64Attribute{Required: true, MarkdownDescription: l.describeParent()},
		}
	}
	if l.Exclude != nil {
		resp.Schema.Attributes[l.Exclude.Name] = schema.BoolAttribute{Optional: true, MarkdownDescription: l.Exclude.Description}
	}
}

// List gives the objects page by page, and no more than Terraform asks for.
func (l *listResource) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var problems diag.Diagnostics
	config := Decode(ctx, req.Config, &problems)
	if problems.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(problems)
		return
	}
	stream.Results = func(push func(list.ListResult) bool) {
		sent := int64(0)
		for response, err := range l.list(ctx, l.Server, config) {
			result := req.NewListResult(ctx)
			if err != nil {
				l.AddError(&result.Diagnostics, "Can't list the "+l.plural(), err)
				push(result)
				return
			}
			l.fill(ctx, response, req.IncludeResource, &result)
			sent++
			// What makes one of them unreadable does so to all.
			if !push(result) || sent == req.Limit || result.Diagnostics.HasError() {
				return
			}
		}
	}
}

func (l *listResource) fill(ctx context.Context, response labelstudio.Object, whole bool, result *list.ListResult) {
	result.DisplayName = l.displayName(response)
	SetIdentity(ctx, result.Identity, types.Int64Value(response.ID()), &result.Diagnostics)
	if !whole {
		return
	}
	state := object.Null(Decode(ctx, result.Resource, &result.Diagnostics))
	for name, value := range l.LocalDefaults {
		state = object.With(state, name, value)
	}
	state, err := l.Table.StateFrom(response, state)
	if err != nil {
		l.AddError(&result.Diagnostics, "Can't read "+l.Name(response.ID()), err)
		return
	}
	result.Diagnostics.Append(result.Resource.Set(ctx, state)...)
}
