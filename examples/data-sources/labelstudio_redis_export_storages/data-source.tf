data "labelstudio_project" "animals" {
  title = "Animals"
}

data "labelstudio_redis_export_storages" "all" {
  project = data.labelstudio_project.animals.id
}

output "failed" {
  value = [for storage in data.labelstudio_redis_export_storages.all.storages : storage.id if storage.status == "failed"]
}
