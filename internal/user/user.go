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
		Description: "Email address, with which the user logs in."},
	{Name: "username", Type: object.Text,
		Description: "User name. Users who signed up in the user interface have their email address, or none."},
	{Name: "first_name", Type: object.Text,
		Description: "First name, empty if the user gave none."},
	{Name: "last_name", Type: object.Text,
		Description: "Last name, empty if the user gave none."},
	{Name: "phone", Type: object.Text,
		Description: "Phone number, empty if the user gave none."},
	{Name: "active_organization", Type: object.Int64,
		Description: "Id of the organization that the user works in. Null for one who was removed from it."},
	{Name: "date_joined", Type: object.Time,
		Description: "When the user was created (RFC 3339)."},
	{Name: "last_activity", Type: object.Time,
		Description: "When the user was active last (RFC 3339)."},
}

// Current describes the data source labelstudio_current_user.
var Current = crud.ReadOnly{
	TypeName: crud.ProviderName + "_current_user",
	Label:    "current user",
	Description: "The user whose token is in `api_key`. Projects and webhooks that Terraform creates belong to this user's organization, " +
		"and an ML backend gets the legacy token of the user who created the project.",
	Table: attributes,
	Get: func(ctx context.Context, server crud.Server, _ int64) (labelstudio.Object, error) {
		return server.CurrentUser(ctx)
	},
}

// Users describes the data source labelstudio_users.
var Users = crud.ReadOnly{
	TypeName: crud.ProviderName + "_users",
	Label:    "users",
	Description: "All users of the organization of the API key's user, **those that were removed from it included**: their names and email addresses are `Deleted` and `User`, " +
		"and their `active_organization` is null unless they work in another one.\n\n" +
		"Tokens and passwords are not in it. Terraform can't make users: see [What is managed and what is not](../guides/coverage.md).",
	Table: object.Table{
		{Name: "users", Type: object.List(object.Nested(attributes)),
			Description: "The users, in the order of their ids."},
	},
	Get: func(ctx context.Context, server crud.Server, _ int64) (labelstudio.Object, error) {
		users, err := server.ListByID(ctx, labelstudio.Users, nil)
		if err != nil {
			return nil, err
		}
		return crud.InField("users", users)
	},
}
