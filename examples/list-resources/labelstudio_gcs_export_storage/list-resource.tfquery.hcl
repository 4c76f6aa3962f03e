list "labelstudio_gcs_export_storage" "all" {
  provider = labelstudio

  config {
    project = 3
  }
}
