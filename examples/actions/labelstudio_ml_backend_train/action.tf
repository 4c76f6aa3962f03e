action "labelstudio_ml_backend_train" "now" {
  config {
    id = 7
  }
}

# A change here runs the action in the apply. It can also be run by itself:
# terraform apply -invoke=action.labelstudio_ml_backend_train.now
resource "terraform_data" "annotations" {
  input = "1"

  lifecycle {
    action_trigger {
      events  = [after_create, after_update]
      actions = [action.labelstudio_ml_backend_train.now]
    }
  }
}
