data "labelstudio_project" "animals" {
  title = "Animals"
}

data "labelstudio_local_storage" "photos" {
  project = data.labelstudio_project.animals.id
  path    = "/label-studio/files/photos"
}
