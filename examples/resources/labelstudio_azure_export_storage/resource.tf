resource "labelstudio_project" "animals" {
  title = "Animals"
}

variable "account_name" {
  type      = string
  ephemeral = true
}

variable "account_key" {
  type      = string
  ephemeral = true
}

resource "labelstudio_azure_export_storage" "annotations" {
  project   = labelstudio_project.animals.id
  title     = "Annotations"
  container = "photos"
  prefix    = "annotations"

  # Not stored in the state. To send a new key, increase the versions.
  account_name_wo         = var.account_name
  account_name_wo_version = 1
  account_key_wo          = var.account_key
  account_key_wo_version  = 1
}
