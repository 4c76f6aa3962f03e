action "labelstudio_gcs_export_storage_sync" "now" {
  config {
    id      = 7
    timeout = "30m"
  }
}

# The action runs in an apply that changes this input. To run it alone:
# terraform apply -invoke=action.labelstudio_gcs_export_storage_sync.now
resource "terraform_data" "revision" {
  input = "1"

  lifecycle {
    action_trigger {
      events  = [after_create, after_update]
      actions = [action.labelstudio_gcs_export_storage_sync.now]
    }
  }
}
