package labelstudio

import (
	"context"
	"net/http"
)

// The server responds with the same web page to a missing storage, to a kind of
// storage that is switched off, and to a wrong URL. These functions find out which
// it is: callers forget an object that is gone.

const (
	whoami  = "api/current-user/whoami"
	unclear = "it is not known whether the object is missing or the API"
)

// explainNotFound finds out whether a 404 comes from a Label Studio. /health and
// /api/version can't tell, because they respond below any prefix.
func (c *Client) explainNotFound(ctx context.Context, failed *Error) {
	got, err := c.authorized(ctx, http.MethodGet, whoami, nil, nil)
	switch {
	case err != nil:
		failed.Reason, failed.Detail, failed.Err = "", unclear, err
	case got.status == http.StatusNotFound:
		failed.Reason, failed.Detail = ReasonNotLabelStudio, c.sender.noLabelStudio()
	case got.status != http.StatusOK:
		failed.Reason, failed.Detail, failed.Err = "", unclear, got.failure()
	default:
		me, err := got.object()
		if err != nil || me.ID() == 0 {
			failed.Reason, failed.Detail, failed.Err = ReasonNotLabelStudio, c.sender.noLabelStudio()+" ("+whoami+" does not name a user)", err
			return
		}
		failed.gone = true
		if failed.page {
			failed.Reason, failed.Detail = "", "there is no such object on the server"
		}
	}
}

// explainGone finds out whether the object alone is gone or its whole collection:
// with ENABLE_LOCAL_FILES_STORAGE=false, a server has no local storages any more,
// and has them again afterwards.
func (c *Client) explainGone(ctx context.Context, in Collection, failed *Error) {
	list, err := c.authorized(ctx, http.MethodGet, in.list, nil, nil)
	switch {
	case err != nil:
		failed.gone = false
		failed.Detail, failed.Err = unclear, err
	case list.isPage() && !c.offers(ctx, in):
		failed.gone = false
		failed.Reason, failed.Detail = ReasonNotOffered, "this Label Studio does not offer "+in.list+" at all"
	}
}

// offers tells whether the server has a collection whose list is a page of a 404.
// Before 1.21 the list is such a page without a project in the query, too.
func (c *Client) offers(ctx context.Context, in Collection) bool {
	got, err := c.authorized(ctx, http.MethodOptions, in.list, nil, nil)
	return err == nil && got.status == http.StatusOK && !got.isPage()
}
