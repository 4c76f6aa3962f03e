data "labelstudio_project" "animals" {
  title = "Animals"
}

data "labelstudio_data_manager_columns" "animals" {
  project = data.labelstudio_project.animals.id
}

# The type to set in a filter of each column.
output "types" {
  value = { for column in data.labelstudio_data_manager_columns.animals.columns : column.id => column.type }
}
