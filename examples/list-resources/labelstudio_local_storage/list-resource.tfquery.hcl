list "labelstudio_local_storage" "all" {
  provider = labelstudio

  config {
    project = 3
  }
}
