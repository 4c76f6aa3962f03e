package crud

import (
	"context"
	"fmt"
	"net/url"

	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

// Stream gives the objects of the query to `terraform query`, page by page, and
// no more than it wants.
func (r Resource) Stream(ctx context.Context, server Server, query url.Values, req list.ListRequest, stream *list.ListResultsStream) {
	stream.Results = func(push func(list.ListResult) bool) {
		sent := int64(0)
		for answer, err := range server.List(ctx, r.Collection, query) {
			result := req.NewListResult(ctx)
			if err != nil {
				r.AddError(&result.Diagnostics, "Can't list the "+r.Label+"s", err)
				push(result)
				return
			}
			r.fill(ctx, answer, req.IncludeResource, &result)
			sent++
			// What makes one of them unreadable does so to all.
			if !push(result) || sent == req.Limit || result.Diagnostics.HasError() {
				return
			}
		}
	}
}

func (r Resource) fill(ctx context.Context, answer labelstudio.Object, whole bool, result *list.ListResult) {
	result.DisplayName = r.displayName(answer)
	SetIdentity(ctx, result.Identity, types.Int64Value(answer.ID()), &result.Diagnostics)
	if !whole {
		return
	}
	state := object.Null(Object(ctx, result.Resource, &result.Diagnostics))
	for name, value := range r.Own {
		state = object.With(state, name, value)
	}
	state, err := r.Table.Flatten(answer, state)
	if err != nil {
		r.AddError(&result.Diagnostics, "Can't read "+r.Name(answer.ID()), err)
		return
	}
	result.Diagnostics.Append(result.Resource.Set(ctx, state)...)
}

// displayName is what a person knows the object by.
func (r Resource) displayName(answer labelstudio.Object) string {
	title, place := answer.Text("title"), answer.Text(r.Place)
	switch {
	case title == "" && place == "":
		return r.Name(answer.ID())
	case title == "":
		return place
	case place == "":
		return title
	}
	return fmt.Sprintf("%s (%s)", title, place)
}
