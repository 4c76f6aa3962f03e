list "labelstudio_view" "all" {
  provider = labelstudio

  config {
    project = 3
  }
}
