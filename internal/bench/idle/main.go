// Command idle is a provider with the schemas of this one that does nothing: what it
// takes is the time of Terraform and of the plugin framework.
package main

import (
	"context"
	"log"
	"os"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	labelstudio "github.com/labelstudio-community/terraform-provider-labelstudio/internal/provider"
)

func main() {
	labelstudio.LimitCollections()
	if err := labelstudio.LimitLogs(); err != nil {
		log.Fatal(err)
	}
	idle := &idleProvider{labelstudio.New("idle")()}
	var serve provider.Provider = idle
	if os.Getenv("BENCH_WITHOUT_RESOURCES") != "" {
		serve = &emptyProvider{idle}
	}
	if err := providerserver.Serve(context.Background(), func() provider.Provider { return serve }, providerserver.ServeOpts{Address: labelstudio.Address}); err != nil {
		log.Fatal(err)
	}
}

// idleProvider has the resources of the real one, without their work.
type idleProvider struct{ provider.Provider }

func (p *idleProvider) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {
}

func (p *idleProvider) Resources(ctx context.Context) []func() resource.Resource {
	var idle []func() resource.Resource
	for _, newResource := range p.Provider.Resources(ctx) {
		idle = append(idle, func() resource.Resource { return &idleResource{newResource()} })
	}
	return idle
}

// emptyProvider offers nothing.
type emptyProvider struct{ *idleProvider }

func (p *emptyProvider) Resources(context.Context) []func() resource.Resource { return nil }

func (p *emptyProvider) DataSources(context.Context) []func() datasource.DataSource { return nil }

// idleResource has the schema of a resource. Its state is its plan.
type idleResource struct{ of resource.Resource }

func (r *idleResource) Metadata(ctx context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	r.of.Metadata(ctx, req, resp)
}

func (r *idleResource) Schema(ctx context.Context, req resource.SchemaRequest, resp *resource.SchemaResponse) {
	r.of.Schema(ctx, req, resp)
}

// Create makes up what is unknown: a number for ids, which others refer to, else null.
func (r *idleResource) Create(_ context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	known, err := tftypes.Transform(req.Plan.Raw, func(_ *tftypes.AttributePath, value tftypes.Value) (tftypes.Value, error) {
		if value.IsKnown() {
			return value, nil
		}
		if value.Type().Is(tftypes.Number) {
			return tftypes.NewValue(tftypes.Number, 1), nil
		}
		return tftypes.NewValue(value.Type(), nil), nil
	})
	if err != nil {
		resp.Diagnostics.AddError("Can't make the state", err.Error())
		return
	}
	resp.State.Raw = known
}

func (r *idleResource) Read(context.Context, resource.ReadRequest, *resource.ReadResponse) {}

func (r *idleResource) Update(_ context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	resp.State.Raw = req.Plan.Raw
}

func (r *idleResource) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}
