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
		Resource: "When the users of the organization have to log in to the user interface again. Tokens, and with them Terraform, are not affected. The user interface does not show these settings.\n\n" +
			crud.SettingsExist,
		DataSource:   "When the users of the organization of the API key's user have to log in to the user interface again.",
		ListResource: "The session policy of the organization",
	},
	Collection: labelstudio.SessionPolicy,
	Table: object.Table{
		crud.SettingsID,
		{Name: "max_session_age", Type: object.Int64, Computed: true, Validators: minutes,
			Description: "Minutes after which a user has to log in again, at least 1. A new organization has 11520, which is 8 days."},
		{Name: "max_time_between_activity", Type: object.Int64, Computed: true, Validators: minutes,
			Description: "Minutes without activity after which a user has to log in again, at least 1. A new organization has 4320, which is 3 days."},
		{Name: createdAt, Type: object.Time, ReadOnly: true,
			Description: "When the server created the settings (RFC 3339)."},
		{Name: "updated_at", Type: object.Time, Volatile: true,
			Description: "When the settings were changed last (RFC 3339)."},
	},
	CreatedAt: createdAt,
	FindID:    crud.FindOrganization,
}
