package labelstudio

import (
	"context"
	"encoding/json"
	"net/http"
)

// columns is where the API keeps the columns of a project's Data Manager, which have no
// ids of their own.
var columns = Collection{list: "api/dm/columns/"}

// Columns reads the columns of a project's Data Manager. The id of each is as tabs refer to
// it, such as tasks:data.image. The column of the data as a whole is not among them: it is
// only a heading of its children.
func (c *Client) Columns(ctx context.Context, project int64) ([]Object, error) {
	got, err := c.doIn(ctx, http.MethodGet, columns, columns.list, InProject(project), nil)
	if err != nil {
		return nil, err
	}
	var all struct {
		Columns []Object `json:"columns"`
	}
	if err := got.decode(&all); err != nil {
		return nil, err
	}
	if all.Columns == nil {
		return nil, got.unexpected("the response is not the list that is expected")
	}
	var found []Object
	for _, column := range all.Columns {
		if _, heading := column["children"]; heading {
			continue
		}
		id := column.Text("target") + ":"
		if parent := column.Text("parent"); parent != "" {
			id += parent + "."
		}
		if column["id"], err = json.Marshal(id + column.Text("id")); err != nil {
			return nil, err
		}
		found = append(found, column)
	}
	return found, nil
}
