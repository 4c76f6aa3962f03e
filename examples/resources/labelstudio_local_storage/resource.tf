resource "labelstudio_project" "animals" {
  title = "Animals"
}

resource "labelstudio_local_storage" "photos" {
  project       = labelstudio_project.animals.id
  title         = "Photos"
  path          = "/label-studio/files/photos" # on the server, in its container
  regex_filter  = ".*\\.(jpg|png)"
  use_blob_urls = true

  # A sync runs whenever a value in here changes.
  sync_triggers = {
    revision = "1"
  }

  lifecycle {
    # A new storage would import every file a second time.
    prevent_destroy = true

    # Makes the apply fail if the sync failed.
    postcondition {
      condition     = !self.sync_pending
      error_message = "The sync did not succeed; the message above says why. The next apply tries it again."
    }
  }
}
