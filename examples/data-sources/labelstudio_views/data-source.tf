data "labelstudio_project" "animals" {
  title = "Animals"
}

data "labelstudio_views" "all" {
  project = data.labelstudio_project.animals.id
}

output "titles" {
  value = data.labelstudio_views.all.views[*].title
}
