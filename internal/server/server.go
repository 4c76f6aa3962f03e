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
	Description: "The version and edition of the Label Studio server. Use it in a `check` block, or in a condition that stops the apply if the server is too old.\n\n" +
		"The request needs no token, and the provider sends none. The data source therefore works even if the server refuses the token in `api_key`.",
	Table: object.Table{
		{Name: "version", Field: "release", Type: object.Text,
			Description: "Release of Label Studio, such as `1.23.2`."},
		{Name: "edition", Type: object.Text,
			Description: "Edition of Label Studio. `Community` is the open-source edition."},
		{Name: "commit", Field: "label-studio-os-backend.commit", Type: object.Text,
			Description: "Git commit from which the server was built. Null if the server does not return it."},
		{Name: "commit_date", Field: "label-studio-os-backend.date", Type: object.Text,
			Description: "Date of `commit` in the format of the server, such as `2026/09/25 09:13:03`. Null if the server does not return it."},
		{Name: "outdated", Field: "label-studio-os-package.current_version_is_outdated", Type: object.Bool,
			Description: "Whether the server has found out that there is a newer release of Label Studio. `false` if the server has not looked for one, for example because it has no access to the internet."},
	},
	Get: func(ctx context.Context, server crud.Server, _ int64) (labelstudio.Object, error) {
		return server.Version(ctx)
	},
}
