resource "labelstudio_project" "animals" {
  title = "Animals"
}

resource "labelstudio_local_export_storage" "annotations" {
  project = labelstudio_project.animals.id
  title   = "Annotations"
  path    = "/label-studio/files/annotations" # on the server, in its container
}
