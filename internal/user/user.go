// Package user offers data sources of users: the user of the API key, and all users.
package user

import (
	"context"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

// attributes are those of a user.
var attributes = object.Table{
	{Name: "id", Type: object.Int64,
		Description: "Id of the user."},
	{Name: "email", Type: object.Text,
		Description: "Email address with which the user logs in."},
	{Name: "username", Type: object.Text,
		Description: "User name. For users who signed up in the user interface, this is the email address, or empty."},
	{Name: "first_name", Type: object.Text,
		Description: "First name. Empty if the user has not entered one."},
	{Name: "last_name", Type: object.Text,
		Description: "Last name. Empty if the user has not entered one."},
	{Name: "phone", Type: object.Text,
		Description: "Phone number. Empty if the user has not entered one."},
	{Name: "active_organization", Type: object.Int64,
		Description: "Id of the organization that the user works in. Null if the user was removed from it and works in no other."},
	{Name: "date_joined", Type: object.Time,
		Description: "Time when the user was created (RFC 3339)."},
	{Name: "last_activity", Type: object.Time,
		Description: "Time when the user was last active (RFC 3339)."},
}

// Current describes the data source labelstudio_current_user.
var Current = crud.ReadOnly{
	TypeName: crud.ProviderName + "_current_user",
	Label:    "current user",
	Description: "The user whose token is in `api_key`. Projects and webhooks that Terraform creates belong to the organization of this user. " +
		"The ML backends of these projects get the legacy token of this user.",
	Table: attributes,
	Get: func(ctx context.Context, server crud.Server, _ int64) (labelstudio.Object, error) {
		return server.CurrentUser(ctx)
	},
}

// Users describes the data source labelstudio_users.
var Users = crud.ReadOnly{
	TypeName: crud.ProviderName + "_users",
	Label:    "users",
	Description: "All users of the organization. The organization is that of the user whose token is in `api_key`.\n\n" +
		"**The list includes users who were removed from the organization.** Label Studio has replaced their names and email addresses by `Deleted` and `User`. Their `active_organization` is null, unless they work in another organization.\n\n" +
		"The list contains no tokens and passwords. Terraform can't create users: see [What is managed and what is not](../guides/coverage.md).",
	Table: object.Table{
		{Name: "users", Type: object.List(object.Nested(attributes)),
			Description: "The users, sorted by id."},
	},
	Get: func(ctx context.Context, server crud.Server, _ int64) (labelstudio.Object, error) {
		users, err := server.ListByID(ctx, labelstudio.Users, nil)
		if err != nil {
			return nil, err
		}
		return crud.InField("users", users)
	},
}
