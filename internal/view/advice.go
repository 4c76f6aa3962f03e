package view

import (
	"regexp"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
)

var advice = []crud.Advice{
	{Message: regexp.MustCompile(`"__" is not generally allowed in filters`), Attribute: filters,
		Text: "Label Studio filters by columns of tasks, and by those of other tables only if the environment of the server names them in DATA_MANAGER_FILTER_ALLOWLIST. The data source labelstudio_data_manager_columns has the columns of the project."},
	{Message: regexp.MustCompile(`the server's data\.\w+ is`),
		Text: "A tab of the project has a value that Label Studio accepts and its own Data Manager can't show. Delete the tab, or correct the value: PATCH /api/dm/views/<id>/ with the whole data."},
}
