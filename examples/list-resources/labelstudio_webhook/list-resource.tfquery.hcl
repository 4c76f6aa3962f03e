list "labelstudio_webhook" "all" {
  provider = labelstudio

  config {
    project = 3
  }
}
