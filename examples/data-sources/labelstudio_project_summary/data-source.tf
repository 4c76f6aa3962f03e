data "labelstudio_project" "animals" {
  title = "Animals"
}

data "labelstudio_project_summary" "animals" {
  project = data.labelstudio_project.animals.id
}

output "labeled" {
  value = format("%d of %d tasks",
    data.labelstudio_project_summary.animals.finished_task_number,
  data.labelstudio_project_summary.animals.task_number)
}

# Each plan and apply warns until the condition is true.
check "animals_have_tasks" {
  assert {
    condition     = data.labelstudio_project_summary.animals.task_number > 0
    error_message = "The project Animals has no tasks yet: look at the sync of its storages."
  }
}
