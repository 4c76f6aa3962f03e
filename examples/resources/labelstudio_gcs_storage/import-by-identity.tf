import {
  to = labelstudio_gcs_storage.photos
  identity = {
    id = 7
  }
}
