// Package accesstoken offers short-lived tokens as an ephemeral resource.
package accesstoken

import (
	"context"
	"errors"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
)

type accessToken struct {
	server crud.Server
}

var _ ephemeral.EphemeralResourceWithConfigure = (*accessToken)(nil)

// NewEphemeralResource is the ephemeral resource labelstudio_access_token.
func NewEphemeralResource() ephemeral.EphemeralResource { return &accessToken{} }

type model struct {
	Token     types.String      `tfsdk:"token"`
	ExpiresAt timetypes.RFC3339 `tfsdk:"expires_at"`
}

func (a *accessToken) Metadata(_ context.Context, _ ephemeral.MetadataRequest, resp *ephemeral.MetadataResponse) {
	resp.TypeName = crud.ProviderName + "_access_token"
}

func (a *accessToken) Schema(_ context.Context, _ ephemeral.SchemaRequest, resp *ephemeral.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Creates a short-lived access token for the API from the provider's personal access token. Use it for other providers or scripts that must not have the personal access token. " +
			"Each plan and each apply creates a new access token. It expires after about five minutes and can't be renewed. Requires Terraform 1.10 or OpenTofu 1.11.",
		Attributes: map[string]schema.Attribute{
			"token": schema.StringAttribute{Computed: true, Sensitive: true,
				MarkdownDescription: "Access token, for the header `Authorization: Bearer …`."},
			"expires_at": schema.StringAttribute{CustomType: timetypes.RFC3339Type{}, Computed: true,
				MarkdownDescription: "Time when the token expires (RFC 3339), by the clock of the machine that runs Terraform."},
		},
	}
}

func (a *accessToken) Configure(_ context.Context, req ephemeral.ConfigureRequest, resp *ephemeral.ConfigureResponse) {
	crud.Configure(req.ProviderData, &a.server, &resp.Diagnostics)
}

func (a *accessToken) Open(ctx context.Context, _ ephemeral.OpenRequest, resp *ephemeral.OpenResponse) {
	token, expires, err := a.server.AccessToken(ctx)
	if errors.Is(err, labelstudio.ErrLegacyToken) {
		resp.Diagnostics.AddError("Access tokens need a personal access token",
			"The provider's api_key is a legacy token, which does not end and can't be exchanged. Use a personal access token as api_key (Account & Settings, Personal Access Token).")
		return
	}
	if err != nil {
		resp.Diagnostics.AddError("Can't get an access token", crud.WithAdvice(err))
		return
	}
	resp.Diagnostics.Append(resp.Result.Set(ctx, model{
		Token:     types.StringValue(token),
		ExpiresAt: timetypes.NewRFC3339TimeValue(expires.Truncate(time.Second)),
	})...)
}
