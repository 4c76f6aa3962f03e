list "labelstudio_azure_storage" "all" {
  provider = labelstudio

  config {
    project = 3
  }
}
