data "labelstudio_project" "animals" {
  title = "Animals"
}

data "labelstudio_azure_export_storage" "annotations" {
  project = data.labelstudio_project.animals.id
  title   = "Annotations"
}
