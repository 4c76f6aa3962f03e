resource "labelstudio_project" "animals" {
  title = "Animals"
}

variable "access_key_id" {
  type      = string
  ephemeral = true
}

variable "secret_access_key" {
  type      = string
  ephemeral = true
}

resource "labelstudio_s3_storage" "photos" {
  project     = labelstudio_project.animals.id
  title       = "Photos"
  bucket      = "example-photos"
  prefix      = "incoming"
  region_name = "eu-central-1"

  # Not stored in the state. To send a new key, increase the versions.
  aws_access_key_id_wo             = var.access_key_id
  aws_access_key_id_wo_version     = 1
  aws_secret_access_key_wo         = var.secret_access_key
  aws_secret_access_key_wo_version = 1

  use_blob_urls  = true
  recursive_scan = true

  # A sync runs whenever a value in here changes.
  sync_triggers = {
    revision = "1"
  }
}
