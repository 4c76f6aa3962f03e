import {
  to = labelstudio_s3_export_storage.annotations
  id = "7"
}
