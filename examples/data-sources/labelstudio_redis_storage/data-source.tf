data "labelstudio_project" "animals" {
  title = "Animals"
}

data "labelstudio_redis_storage" "tasks" {
  project = data.labelstudio_project.animals.id
  title   = "Tasks"
}
