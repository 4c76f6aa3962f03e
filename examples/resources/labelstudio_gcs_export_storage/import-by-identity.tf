import {
  to = labelstudio_gcs_export_storage.annotations
  identity = {
    id = 7
  }
}
