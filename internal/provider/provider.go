// Package provider is the provider: its settings, and the list of what the
// packages of the objects offer.
package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/project"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/storage"
)

// Address is the provider's address in the registry.
const Address = "registry.terraform.io/labelstudio-community/" + crud.ProviderName

type labelStudioProvider struct {
	version string
}

// New makes the provider of a release.
func New(version string) func() provider.Provider {
	return func() provider.Provider { return &labelStudioProvider{version: version} }
}

func (p *labelStudioProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = crud.ProviderName
	resp.Version = p.version
}

func (p *labelStudioProvider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = settingsSchema()
}

func (p *labelStudioProvider) Resources(context.Context) []func() resource.Resource {
	return append(storage.Resources(), project.NewResource)
}

func (p *labelStudioProvider) DataSources(context.Context) []func() datasource.DataSource {
	return append(storage.DataSources(), project.NewDataSource, project.NewPluralDataSource)
}
