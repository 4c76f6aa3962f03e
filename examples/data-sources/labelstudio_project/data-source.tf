data "labelstudio_project" "animals" {
  title = "Animals"
}

output "open_tasks" {
  value = data.labelstudio_project.animals.task_number - data.labelstudio_project.animals.finished_task_number
}
