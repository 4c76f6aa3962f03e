import {
  to = labelstudio_local_export_storage.annotations
  id = "7"
}
