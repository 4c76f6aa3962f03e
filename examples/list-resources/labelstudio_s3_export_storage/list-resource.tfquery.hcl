list "labelstudio_s3_export_storage" "all" {
  provider = labelstudio

  config {
    project = 3
  }
}
