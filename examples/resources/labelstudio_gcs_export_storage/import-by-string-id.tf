import {
  to = labelstudio_gcs_export_storage.annotations
  id = "7"
}
