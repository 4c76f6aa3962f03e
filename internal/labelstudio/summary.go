package labelstudio

import (
	"context"
	"net/http"
)

// ContentKey is the key in the data of a task that was imported from a file with
// use_blob_urls: the URL of the file. The server shows it under the first key that the
// label config refers to.
const ContentKey = "$undefined$"

// Summary is what the tasks and annotations of a project have. The server keeps it up to
// date with each task and annotation.
type Summary struct {
	// DataColumns are the keys in the data of tasks, with the number of tasks.
	DataColumns map[string]int64 `json:"all_data_columns"`
	// CommonDataColumns are the keys that all tasks have.
	CommonDataColumns []string `json:"common_data_columns"`
	// Results are the controls that annotations use, as "from_name|to_name|type", with
	// the number of results.
	Results map[string]int64 `json:"created_annotations"`
	// Labels are the labels in annotations by control, with the number of results.
	Labels map[string]map[string]int64 `json:"created_labels"`
	// DraftLabels are those in drafts.
	DraftLabels map[string]map[string]int64 `json:"created_labels_drafts"`
}

// Summary reads what the tasks and annotations of a project have.
func (c *Client) Summary(ctx context.Context, project int64) (Summary, error) {
	got, err := c.doIn(ctx, http.MethodGet, Projects, Projects.ItemAction(project, "summary"), nil, nil)
	if err != nil {
		return Summary{}, err
	}
	var summary Summary
	if err := got.decode(&summary); err != nil {
		return Summary{}, err
	}
	return summary, nil
}
