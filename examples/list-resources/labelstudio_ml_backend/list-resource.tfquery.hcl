list "labelstudio_ml_backend" "all" {
  provider = labelstudio

  config {
    project = 3
  }
}
