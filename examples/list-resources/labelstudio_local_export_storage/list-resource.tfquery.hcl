list "labelstudio_local_export_storage" "all" {
  provider = labelstudio

  config {
    project = 3
  }
}
