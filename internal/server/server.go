// Package server offers a data source of the Label Studio server itself.
package server

import (
	"context"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

// DataSource describes the data source labelstudio_server.
var DataSource = crud.ReadOnly{
	TypeName: crud.ProviderName + "_server",
	Label:    "server's version",
	Description: "The version of the Label Studio server, for a `check` block or a condition that stops an apply on a server that is too old.\n\n" +
		"The server tells it without a token, and none is sent. The data source can be read even while the server refuses the token in `api_key`.",
	Table: object.Table{
		{Name: "version", Field: "release", Type: object.Text,
			Description: "Release of Label Studio, such as `1.23.2`."},
		{Name: "edition", Type: object.Text,
			Description: "Edition of Label Studio: `Community` is the open-source one."},
		{Name: "commit", Field: "label-studio-os-backend.commit", Type: object.Text,
			Description: "Git commit that the server says it was built from. Null if it does not say."},
		{Name: "commit_date", Field: "label-studio-os-backend.date", Type: object.Text,
			Description: "Date of that commit, as the server writes it: `2026/09/25 09:13:03`. Null if the server does not say."},
		{Name: "outdated", Field: "label-studio-os-package.current_version_is_outdated", Type: object.Bool,
			Description: "Whether the server knows of a newer release of Label Studio. It is `false` on a server that has not asked, for example because it has no access to the internet."},
	},
	Get: func(ctx context.Context, server crud.Server, _ int64) (labelstudio.Object, error) {
		return server.Version(ctx)
	},
}
