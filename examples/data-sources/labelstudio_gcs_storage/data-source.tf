data "labelstudio_project" "animals" {
  title = "Animals"
}

data "labelstudio_gcs_storage" "photos" {
  project = data.labelstudio_project.animals.id
  title   = "Photos"
}
