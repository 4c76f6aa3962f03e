package labelstudio

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"os"
)

// Exports is the collection of the export snapshots of a project.
func Exports(project int64) Collection {
	list := fmt.Sprintf("api/projects/%d/exports/", project)
	return Collection{
		list:   list,
		item:   list + "%d",
		lookup: func(map[string]any) url.Values { return nil },
	}
}

// ExportTypes are the types of files that the server can make of a project's annotations.
func (c *Client) ExportTypes(ctx context.Context, project int64) ([]string, error) {
	got, err := c.doIn(ctx, http.MethodGet, Projects, fmt.Sprintf("api/projects/%d/export/formats", project), nil, nil)
	if err != nil {
		return nil, err
	}
	var formats []struct {
		Name     string `json:"name"`
		Disabled bool   `json:"disabled"` // the project's label config has nothing for this type
	}
	if err := got.decode(&formats); err != nil {
		return nil, err
	}
	var types []string
	for _, format := range formats {
		if !format.Disabled {
			types = append(types, format.Name)
		}
	}
	return types, nil
}

// Download saves an export snapshot to a file. Without a type, the file is the snapshot
// itself, which is JSON.
func (c *Client) Download(ctx context.Context, in Collection, id int64, exportType string, file *os.File) error {
	query := url.Values{}
	if exportType != "" {
		query.Set("exportType", exportType)
	}
	saving := c.sender.saving(file)
	got, err := c.withToken(ctx, c.sender, func(token credential) (*response, error) {
		return saving.send(ctx, http.MethodGet, in.ItemAction(id, "download"), query, nil, token)
	})
	if err != nil {
		return err
	}
	if got, err = c.succeeded(ctx, got); err != nil {
		return err
	}
	if got.isPage() {
		return got.unreadable(ReasonWebPage, "a web page instead of the file")
	}
	return nil
}
