// Package provider is the provider: its settings, and the list of what the
// packages of the objects offer.
package provider

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/accesstoken"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/fileurl"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/jwtsettings"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/mlbackend"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/parselabelconfig"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/project"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/server"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/sessionpolicy"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/storage"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/user"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/view"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/webhook"
)

// Address is the provider's address in the registry.
const Address = "registry.terraform.io/labelstudio-community/" + crud.ProviderName

type labelStudioProvider struct {
	version string
}

var (
	_ provider.ProviderWithActions            = (*labelStudioProvider)(nil)
	_ provider.ProviderWithEphemeralResources = (*labelStudioProvider)(nil)
	_ provider.ProviderWithFunctions          = (*labelStudioProvider)(nil)
	_ provider.ProviderWithListResources      = (*labelStudioProvider)(nil)
)

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

// definitions describe all objects. Their data sources and list resources follow from them.
func definitions() []crud.Definition {
	return append(storage.Definitions(), project.Definition, view.Definition, webhook.Definition, mlbackend.Definition)
}

// organizationSettings describe the settings of an organization.
func organizationSettings() []crud.Definition {
	return []crud.Definition{jwtsettings.Definition, sessionpolicy.Definition}
}

// readOnly describes the data sources of what no resource manages.
func readOnly() []crud.ReadOnly {
	return []crud.ReadOnly{server.DataSource, user.Current, user.Users, project.Summary, view.Columns, storage.Storages, storage.Types}
}

// Resources are crud.NewResource of a definition, or an object's own resource.
func (p *labelStudioProvider) Resources(context.Context) []func() resource.Resource {
	return append(storage.Resources(), project.NewResource, view.NewResource, crud.NewResource(webhook.Definition), mlbackend.NewResource,
		jwtsettings.NewResource, crud.NewSettings(sessionpolicy.Definition))
}

func (p *labelStudioProvider) DataSources(context.Context) []func() datasource.DataSource {
	var sources []func() datasource.DataSource
	for _, definition := range definitions() {
		sources = append(sources, crud.NewDataSource(definition), crud.NewPluralDataSource(definition))
	}
	for _, definition := range organizationSettings() {
		sources = append(sources, crud.NewReadOnlyDataSource(crud.SettingsDataSource(definition)))
	}
	for _, described := range readOnly() {
		sources = append(sources, crud.NewReadOnlyDataSource(described))
	}
	return sources
}

func (p *labelStudioProvider) ListResources(context.Context) []func() list.ListResource {
	var lists []func() list.ListResource
	for _, definition := range slices.Concat(definitions(), organizationSettings()) {
		lists = append(lists, crud.NewListResource(definition))
	}
	return lists
}

func (p *labelStudioProvider) Actions(context.Context) []func() action.Action {
	return append(storage.Actions(), project.NewExportAction, mlbackend.NewTrainAction)
}

func (p *labelStudioProvider) EphemeralResources(context.Context) []func() ephemeral.EphemeralResource {
	return []func() ephemeral.EphemeralResource{accesstoken.NewEphemeralResource}
}

func (p *labelStudioProvider) Functions(context.Context) []func() function.Function {
	return []func() function.Function{fileurl.NewFunction, parselabelconfig.NewFunction}
}
