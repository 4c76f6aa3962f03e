// Package crud makes the resource, the data sources and the list resource of an object
// from its definition, and diagnostics of the server's errors.
package crud

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"net/url"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
)

// ProviderName is the provider's name, with which the names of its types begin.
const ProviderName = "labelstudio"

// Server is what the configured provider hands to its resources and data sources.
type Server struct {
	*labelstudio.Client

	// PlanChecks tells whether plans may ask the server questions.
	PlanChecks bool
	// BulkReads tells whether a refresh may read the objects of a project by one list.
	BulkReads bool
	// Lists holds what was listed in this walk of Terraform's graph.
	Lists *Lists
	// Probe tells whether the server can be used at all.
	Probe *Probe
}

// ListByID lists all objects in the order of their ids. Databases return rows that were
// changed in another order.
func (s Server) ListByID(ctx context.Context, in labelstudio.Collection, query url.Values) ([]labelstudio.Object, error) {
	return byID(s.List(ctx, in, query))
}

// byID is a whole list in the order of the ids.
func byID(list iter.Seq2[labelstudio.Object, error]) ([]labelstudio.Object, error) {
	var all []labelstudio.Object
	for found, err := range list {
		if err != nil {
			return nil, err
		}
		all = append(all, found)
	}
	slices.SortFunc(all, func(a, b labelstudio.Object) int { return cmp.Compare(a.ID(), b.ID()) })
	return all, nil
}

// Configure takes over the provider's data. Terraform validates resources
// before it configures the provider; then there is none yet.
func Configure(data any, into *Server, diags *diag.Diagnostics) {
	if data == nil {
		return
	}
	server, ok := data.(Server)
	if !ok {
		diags.AddError("Unexpected provider data", fmt.Sprintf("Expected crud.Server, got %T. Please report this to the provider developers.", data))
		return
	}
	*into = server
}
