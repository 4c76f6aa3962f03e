data "labelstudio_project" "animals" {
  title = "Animals"
}

data "labelstudio_s3_export_storage" "annotations" {
  project = data.labelstudio_project.animals.id
  title   = "Annotations"
}
