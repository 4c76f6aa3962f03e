import {
  to = labelstudio_gcs_storage.photos
  id = "7"
}
