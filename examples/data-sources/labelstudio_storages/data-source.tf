data "labelstudio_project" "animals" {
  title = "Animals"
}

data "labelstudio_storages" "animals" {
  project = data.labelstudio_project.animals.id
}

check "syncs" {
  assert {
    condition     = alltrue([for storage in data.labelstudio_storages.animals.storages : storage.status != "failed"])
    error_message = "The last sync of a storage of the project Animals has failed."
  }
}
