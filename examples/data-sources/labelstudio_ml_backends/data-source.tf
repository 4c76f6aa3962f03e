data "labelstudio_project" "animals" {
  title = "Animals"
}

data "labelstudio_ml_backends" "all" {
  project = data.labelstudio_project.animals.id
}

output "disconnected" {
  value = [for backend in data.labelstudio_ml_backends.all.ml_backends : backend.url if backend.state != "CO"]
}
