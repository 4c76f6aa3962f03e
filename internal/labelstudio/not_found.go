package labelstudio

import (
	"context"
	"errors"
	"net/http"
)

// The server responds with the same web page to a missing storage, to a kind of
// storage that is switched off, and to a wrong URL. These functions find out which
// it is: callers forget an object that is gone.

const unclear = "it is not known whether the object is missing or the API"

// explainNotFound finds out whether a 404 comes from a Label Studio.
func (c *Client) explainNotFound(ctx context.Context, failed *Error) {
	err := c.checkAccess(ctx, c.sender)
	elsewhere, ok := errors.AsType[*Error](err)
	switch {
	case ok && elsewhere.Reason == ReasonNotLabelStudio:
		failed.Reason, failed.Detail = elsewhere.Reason, elsewhere.Detail
	case err != nil:
		failed.Reason, failed.Detail, failed.Err = "", unclear, err
	default:
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
	list, err := c.authorized(ctx, c.sender, http.MethodGet, in.list, nil, nil)
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
	got, err := c.authorized(ctx, c.sender, http.MethodOptions, in.list, nil, nil)
	return err == nil && got.status == http.StatusOK && !got.isPage()
}
