resource "labelstudio_project" "animals" {
  title = "Animals"
}

variable "model_password" {
  type      = string
  ephemeral = true
}

resource "labelstudio_ml_backend" "classifier" {
  project = labelstudio_project.animals.id
  title   = "Animal classifier"
  url     = "https://model.example.com"

  auth_method     = "BASIC_AUTH"
  basic_auth_user = "label-studio"

  # Not stored in the state. To send a new password, increase the version.
  basic_auth_pass_wo         = var.model_password
  basic_auth_pass_wo_version = 1

  extra_params = jsonencode({ threshold = 0.8 })
}
