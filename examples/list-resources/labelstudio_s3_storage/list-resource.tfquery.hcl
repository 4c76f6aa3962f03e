list "labelstudio_s3_storage" "all" {
  provider = labelstudio

  config {
    project = 3
  }
}
