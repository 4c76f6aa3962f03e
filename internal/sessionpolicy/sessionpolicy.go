// Package sessionpolicy offers the settings that say when users have to log in again, as a
// resource, as a data source and to `terraform query`.
package sessionpolicy

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

const createdAt = "created_at"

// minutes is what the server accepts.
var minutes = []validator.Describer{int64validator.AtLeast(1)}

// Definition describes the settings.
var Definition = crud.Definition{
	TypeName: crud.ProviderName + "_session_policy",
	Label:    "session policy",
	Descriptions: crud.Descriptions{
		Resource: "Manages how long the users of the organization stay logged in to the user interface. It does not affect tokens, and therefore not Terraform. The user interface does not show these settings.\n\n" +
			crud.SettingsExist,
		DataSource:   "How long the users of the organization stay logged in to the user interface. The organization is that of the user whose token is in `api_key`.",
		ListResource: "The session policy of the organization",
	},
	Collection: labelstudio.SessionPolicy,
	Table: object.Table{
		crud.SettingsID,
		{Name: "max_session_age", Type: object.Int64, Computed: true, Validators: minutes,
			Description: "Number of minutes after a login after which a user must log in again, at least 1. A new organization has 11520 (8 days)."},
		{Name: "max_time_between_activity", Type: object.Int64, Computed: true, Validators: minutes,
			Description: "Number of minutes without activity after which a user must log in again, at least 1. A new organization has 4320 (3 days)."},
		{Name: createdAt, Type: object.Time, ReadOnly: true,
			Description: "Time when the server created the settings (RFC 3339)."},
		{Name: "updated_at", Type: object.Time, Volatile: true,
			Description: "Time when the settings were last changed (RFC 3339)."},
	},
	CreatedAt: createdAt,
	FindID:    crud.FindOrganization,
}
