action "labelstudio_project_export" "dataset" {
  config {
    project     = 7
    path        = "exports/annotations.json"
    export_type = "JSON_MIN"

    task_filter_options = {
      annotated = "only"
    }
  }
}

# The action runs in an apply that changes this input. To run it alone:
# terraform apply -invoke=action.labelstudio_project_export.dataset
resource "terraform_data" "release" {
  input = "2026-06"

  lifecycle {
    action_trigger {
      events  = [after_create, after_update]
      actions = [action.labelstudio_project_export.dataset]
    }
  }
}
