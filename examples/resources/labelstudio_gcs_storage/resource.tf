resource "labelstudio_project" "animals" {
  title = "Animals"
}

variable "service_account_key" {
  type      = string
  ephemeral = true
}

resource "labelstudio_gcs_storage" "photos" {
  project = labelstudio_project.animals.id
  title   = "Photos"
  bucket  = "example-photos"
  prefix  = "incoming"

  # Not stored in the state. To send a new key, increase the version.
  google_application_credentials_wo         = var.service_account_key
  google_application_credentials_wo_version = 1

  use_blob_urls  = true
  recursive_scan = true

  # A sync runs whenever a value in here changes.
  sync_triggers = {
    revision = "1"
  }
}
