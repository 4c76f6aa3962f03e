package labelstudio

import (
	"context"
	"errors"
	"net/http"
	"net/url"
)

// The server answers with the same web page for a missing storage, for a kind
// of storage that is switched off, and for a wrong URL. What follows finds out
// which it is, for an object that is believed gone leaves Terraform's state.

const (
	whoami  = "api/current-user/whoami"
	unclear = "it is not known whether the object is missing or the API"
)

// judgeNotFound finds out whether there is a Label Studio that says 404.
// /health and /api/version cannot tell: they answer below any prefix.
func (c *Client) judgeNotFound(ctx context.Context, refused *Error) {
	missing := "no Label Studio API at " + c.base + ": check `url` and its path prefix"
	got, err := c.authorized(ctx, http.MethodGet, whoami, nil, nil)
	switch {
	case err != nil:
		refused.Detail, refused.Err = unclear, err
	case got.status == http.StatusNotFound:
		refused.Detail = missing
	case got.status != http.StatusOK:
		refused.Detail, refused.Err = unclear, got.refusal()
	default:
		me, err := got.object()
		if err != nil || me.ID() == 0 {
			refused.Detail, refused.Err = missing+" ("+whoami+" does not name a user)", err
			return
		}
		refused.gone = true
		if refused.page {
			refused.Detail = "there is no such object on the server"
		}
	}
}

// doOn is do for a collection and its objects. An object is not gone when the whole
// collection is: with ENABLE_LOCAL_FILES_STORAGE=false, a server has no local
// storages any more, and has them again afterwards.
func (c *Client) doOn(ctx context.Context, method string, in Collection, path string, query url.Values, body any) (*answer, error) {
	got, err := c.do(ctx, method, path, query, body)
	var refused *Error
	if !errors.As(err, &refused) || !refused.gone || !refused.page {
		return got, err
	}
	list, listErr := c.authorized(ctx, http.MethodGet, in.list, nil, nil)
	switch {
	case listErr != nil:
		refused.gone = false
		refused.Detail, refused.Err = unclear, listErr
	case list.isPage() && !c.offers(ctx, in):
		refused.gone = false
		refused.Detail = "this Label Studio does not offer " + in.list + " at all: such objects may be switched off on the server, as local files are with ENABLE_LOCAL_FILES_STORAGE=false"
	}
	return got, err
}

// offers tells whether the server has the collection, where its list is a page that
// says 404: before 1.21 it is that also without a project.
func (c *Client) offers(ctx context.Context, in Collection) bool {
	got, err := c.authorized(ctx, http.MethodOptions, in.list, nil, nil)
	return err == nil && got.status == http.StatusOK && !got.isPage()
}
