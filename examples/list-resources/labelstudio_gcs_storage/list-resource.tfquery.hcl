list "labelstudio_gcs_storage" "all" {
  provider = labelstudio

  config {
    project = 3
  }
}
