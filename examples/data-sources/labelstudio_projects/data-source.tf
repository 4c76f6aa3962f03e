data "labelstudio_projects" "all" {}

output "ids" {
  value = { for project in data.labelstudio_projects.all.projects : project.title => project.id... }
}
