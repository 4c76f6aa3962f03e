resource "labelstudio_project" "animals" {
  title = "Animals"
}

variable "service_account_key" {
  type      = string
  ephemeral = true
}

resource "labelstudio_gcs_export_storage" "annotations" {
  project = labelstudio_project.animals.id
  title   = "Annotations"
  bucket  = "example-photos"
  prefix  = "annotations"

  # Not stored in the state. To send a new key, increase the version.
  google_application_credentials_wo         = var.service_account_key
  google_application_credentials_wo_version = 1
}
