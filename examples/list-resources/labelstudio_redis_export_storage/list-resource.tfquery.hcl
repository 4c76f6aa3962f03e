list "labelstudio_redis_export_storage" "all" {
  provider = labelstudio

  config {
    project = 3
  }
}
