list "labelstudio_redis_storage" "all" {
  provider = labelstudio

  config {
    project = 3
  }
}
