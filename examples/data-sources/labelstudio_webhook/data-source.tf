data "labelstudio_project" "animals" {
  title = "Animals"
}

data "labelstudio_webhook" "training" {
  project = data.labelstudio_project.animals.id
  url     = "https://training.example.com/label-studio"
}
