package view

import (
	"regexp"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
)

var advice = []crud.Advice{
	{Message: regexp.MustCompile(`"__" is not generally allowed in filters`), Attribute: filters,
		Text: "Label Studio filters only by the columns of tasks, and by those that DATA_MANAGER_FILTER_ALLOWLIST in the environment of the server names. The data source labelstudio_data_manager_columns lists the columns of the project."},
	{Message: regexp.MustCompile(`the server's data\.\w+ is`),
		Text: "A tab of the project has a value that the API accepts, but that the Data Manager can't show. Delete the tab, or correct the value with PATCH /api/dm/views/<id>/ and the whole data."},
}
