output "project" {
  description = "Id of the project; its page is <server>/projects/<id>."
  value       = labelstudio_project.shapes.id
}

output "sync" {
  description = "How the last sync went."
  value       = labelstudio_local_storage.images.status
}

output "tasks" {
  description = "Number of tasks in the project: one for each image."
  value       = data.labelstudio_project.shapes.task_number
}
