action "labelstudio_ml_backend_train" "now" {
  config {
    id = 7
  }
}

# The action runs in an apply that changes this input. To run it alone:
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
