list "labelstudio_azure_export_storage" "all" {
  provider = labelstudio

  config {
    project = 3
  }
}
