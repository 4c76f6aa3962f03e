import {
  to = labelstudio_s3_export_storage.annotations
  identity = {
    id = 7
  }
}
