data "labelstudio_project" "animals" {
  title = "Animals"
}

data "labelstudio_ml_backend" "classifier" {
  project = data.labelstudio_project.animals.id
  title   = "Animal classifier"
}
