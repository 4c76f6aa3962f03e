package project

import (
	"context"
	"encoding/json"
	"net/url"
	"strconv"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

// Summary describes the data source labelstudio_project_summary.
var Summary = crud.ReadOnly{
	TypeName: crud.ProviderName + "_project_summary",
	Label:    "project's numbers",
	Description: "The progress of a project: its numbers of tasks, annotations and predictions, for `check` blocks and outputs.\n\n" +
		"The data source `labelstudio_project` has the same numbers among all settings of the project.",
	Parent: "project",
	Table:  append(object.Table{{Name: "project", Type: object.Int64, Description: "Id of the project."}}, counters...),
	Get:    summary,
}

// summary asks for the numbers alone: the server has no less to do for them than for the
// whole project, but the response lacks its label config and its password.
func summary(ctx context.Context, server crud.Server, project int64) (labelstudio.Object, error) {
	content, err := server.Read(ctx, labelstudio.ProjectCountsPath, url.Values{"ids": {strconv.FormatInt(project, 10)}})
	if err != nil {
		return nil, err
	}
	var page struct {
		Results []labelstudio.Object `json:"results"`
	}
	if err := json.Unmarshal(content, &page); err != nil || len(page.Results) == 0 {
		return nil, err
	}
	return page.Results[0], nil
}
