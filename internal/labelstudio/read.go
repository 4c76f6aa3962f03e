package labelstudio

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
)

// Paths of what the API keeps outside of collections, for [Client.Read].
const (
	ProjectCountsPath      = "api/projects/counts/"
	ImportStorageTypesPath = "api/storages/types"
	ExportStorageTypesPath = "api/storages/export/types"
)

const versionPath = "api/version"

// Read reads the JSON at a path relative to the server's URL.
func (c *Client) Read(ctx context.Context, path string, query url.Values) (json.RawMessage, error) {
	got, err := c.do(ctx, http.MethodGet, path, query, nil)
	if err != nil {
		return nil, err
	}
	var content json.RawMessage
	return content, got.decode(&content)
}

// CurrentUser is the user whose token the client has.
func (c *Client) CurrentUser(ctx context.Context) (Object, error) {
	got, err := c.do(ctx, http.MethodGet, whoami, nil, nil)
	if err != nil {
		return nil, err
	}
	return got.object()
}

// Version is what the server says of its release. The server tells everybody, so no token
// is sent: one that it refuses does not matter.
func (c *Client) Version(ctx context.Context) (Object, error) {
	if c.unconfigured != nil {
		return nil, c.unconfigured
	}
	got, err := c.sender.send(ctx, http.MethodGet, versionPath, nil, nil, credential{})
	if err != nil {
		return nil, err
	}
	if got.status != http.StatusOK {
		return nil, got.failure()
	}
	return got.object()
}
