// Package jwtsettings offers the settings that say which tokens the server accepts, as a
// resource, as a data source and to `terraform query`.
package jwtsettings

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

// Attributes that the code refers to.
const (
	personal = "api_tokens_enabled"
	legacy   = "legacy_api_tokens_enabled"
)

// Definition describes the settings.
var Definition = crud.Definition{
	TypeName: crud.ProviderName + "_jwt_settings",
	Label:    "API token policy",
	Descriptions: crud.Descriptions{
		Resource: "Manages which kinds of token the API accepts from the users of the organization (in the user interface: \"API Tokens Settings\" on the page \"Organization\").\n\n" +
			"**If you disable a kind of token, everybody who uses it is locked out at once**: people, scripts, and other Terraform configurations. " +
			"The plan refuses to disable the kind of token that `api_key` has, because the provider would lock itself out. " +
			"ML backends get the legacy token of the user who created the project. While legacy tokens are disabled, ML backends that call the API of Label Studio fail.\n\n" +
			crud.SettingsExist,
		DataSource:   "Which kinds of token the API accepts from the users of the organization. The organization is that of the user whose token is in `api_key`.",
		ListResource: "The API token policy of the organization",
	},
	Collection: labelstudio.JWTSettings,
	Table: object.Table{
		crud.SettingsID,
		{Name: personal, Type: object.Bool, Computed: true,
			Description: "Whether the API accepts personal access tokens (in the user interface: \"Personal Access Tokens\")."},
		{Name: legacy, Type: object.Bool, Computed: true,
			Description: "Whether the API accepts legacy tokens (in the user interface: \"Legacy Tokens\"). In organizations that Label Studio 1.17 or later created, they are disabled at first."},
	},
	FindID: crud.FindOrganization,
}

type jwtSettings struct{ crud.Settings }

// NewResource is the resource labelstudio_jwt_settings.
func NewResource() resource.Resource {
	return &jwtSettings{crud.Settings{Resource: crud.Resource{Definition: Definition}}}
}

// ModifyPlan implements [resource.ResourceWithModifyPlan]. The server accepts a change that
// switches off the kind of token that it was sent with, and refuses the next request.
func (r *jwtSettings) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	r.Settings.ModifyPlan(ctx, req, resp)
	if req.Plan.Raw.IsNull() || resp.Diagnostics.HasError() {
		return
	}
	inUse := r.Server.TokenKind()
	attribute, other := personal, labelstudio.LegacyToken
	if inUse == labelstudio.LegacyToken {
		attribute, other = legacy, labelstudio.PersonalAccessToken
	}
	enabled := crud.Decode(ctx, req.Plan, &resp.Diagnostics).Attributes()[attribute]
	if inUse == "" || resp.Diagnostics.HasError() || enabled.IsNull() || enabled.IsUnknown() || object.BoolOf(enabled) {
		return
	}
	resp.Diagnostics.AddAttributeError(path.Root(attribute), "The provider would lock itself out",
		fmt.Sprintf("The api_key of the provider is a %s, and %s = false disables this kind of token: the server would refuse every later request. "+
			"Set api_key, or LABEL_STUDIO_API_KEY, to a %s of a user of the organization, and plan again.", inUse, attribute, other))
}
