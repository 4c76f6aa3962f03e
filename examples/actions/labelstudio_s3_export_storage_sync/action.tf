action "labelstudio_s3_export_storage_sync" "now" {
  config {
    id      = 7
    timeout = "30m"
  }
}

# A change here runs the action in the apply. It can also be run by itself:
# terraform apply -invoke=action.labelstudio_s3_export_storage_sync.now
resource "terraform_data" "revision" {
  input = "1"

  lifecycle {
    action_trigger {
      events  = [after_create, after_update]
      actions = [action.labelstudio_s3_export_storage_sync.now]
    }
  }
}
