data "labelstudio_project" "animals" {
  title = "Animals"
}

data "labelstudio_data_manager_columns" "animals" {
  project = data.labelstudio_project.animals.id
}

# The type that a filter of each column has to have.
output "types" {
  value = { for column in data.labelstudio_data_manager_columns.animals.columns : column.id => column.type }
}
