data "labelstudio_project" "animals" {
  title = "Animals"
}

data "labelstudio_local_storages" "all" {
  project = data.labelstudio_project.animals.id
}

output "failed" {
  value = [for storage in data.labelstudio_local_storages.all.storages : storage.path if storage.status == "failed"]
}
