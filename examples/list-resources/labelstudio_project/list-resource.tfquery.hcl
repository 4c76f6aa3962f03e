list "labelstudio_project" "all" {
  provider = labelstudio
}
