package labelstudio

import (
	"context"
	"net/http"
)

// whoami responds with the owner of the token. /health and /api/version need no token, and
// respond below any path prefix.
const whoami = "api/current-user/whoami"

// CheckAccess finds out whether the server is a Label Studio that accepts the token. It
// asks once and does not wait long, because its caller can do without the response.
func (c *Client) CheckAccess(ctx context.Context) error {
	return c.checkAccess(ctx, c.impatient)
}

func (c *Client) checkAccess(ctx context.Context, by *sender) error {
	got, err := c.authorized(ctx, by, http.MethodGet, whoami, nil, nil)
	switch {
	case err != nil:
		return err
	case got.status == http.StatusNotFound:
		failed := got.failure()
		failed.Reason, failed.Detail = ReasonNotLabelStudio, by.noLabelStudio()
		return failed
	case got.status != http.StatusOK:
		return c.failure(got)
	}
	me, err := got.object()
	if err != nil {
		return err
	}
	if me.ID() == 0 {
		return got.unreadable(ReasonNotLabelStudio, by.noLabelStudio()+" ("+whoami+" does not name a user)")
	}
	if isEnterprise(me) {
		c.sender.enterprise.Store(true)
	}
	return nil
}
