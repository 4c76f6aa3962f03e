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

resource "labelstudio_azure_storage" "photos" {
  project   = labelstudio_project.animals.id
  title     = "Photos"
  container = "photos"
  prefix    = "incoming"

  # Not stored in the state. To send a new key, increase the versions.
  account_name_wo         = var.account_name
  account_name_wo_version = 1
  account_key_wo          = var.account_key
  account_key_wo_version  = 1

  use_blob_urls  = true
  recursive_scan = true

  # A sync runs whenever a value in here changes.
  sync_triggers = {
    revision = "1"
  }
}
