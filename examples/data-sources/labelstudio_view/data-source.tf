data "labelstudio_project" "animals" {
  title = "Animals"
}

data "labelstudio_view" "unlabeled" {
  project = data.labelstudio_project.animals.id
  title   = "To do"
}

output "address" {
  value = "/projects/${data.labelstudio_project.animals.id}/data?tab=${data.labelstudio_view.unlabeled.id}"
}
