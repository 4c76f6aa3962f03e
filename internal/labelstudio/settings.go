package labelstudio

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
)

// Settings reads settings of the organization that the client's user works in. The server
// has no id for them: theirs is that of the organization.
func (c *Client) Settings(ctx context.Context, in Collection) (Object, error) {
	me, err := c.CurrentUser(ctx)
	if err != nil {
		return nil, err
	}
	organization := me.Int("active_organization")
	if organization == 0 {
		return nil, otherOrganization("the user of api_key works in no organization")
	}
	got, err := c.doIn(ctx, http.MethodGet, in, in.item, nil, nil)
	if err != nil {
		return nil, err
	}
	return got.settings(organization)
}

// settingsOf is Settings of one organization. It is an error if the user works in another.
func (c *Client) settingsOf(ctx context.Context, in Collection, organization int64) (Object, error) {
	found, err := c.Settings(ctx, in)
	if err == nil && found.ID() != organization {
		return nil, otherOrganization(fmt.Sprintf("the user of api_key works in organization %d, not in organization %d", found.ID(), organization))
	}
	return found, err
}

func otherOrganization(detail string) *Error {
	return &Error{Method: http.MethodGet, Path: whoami, Reason: ReasonOtherOrganization, Detail: detail}
}

// settings reads a response that must be settings of the organization.
func (r *response) settings(organization int64) (Object, error) {
	object, err := r.object()
	if err == nil {
		object["id"] = strconv.AppendInt(nil, organization, 10)
	}
	return object, err
}
