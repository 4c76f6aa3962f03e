import {
  to = labelstudio_local_export_storage.annotations
  identity = {
    id = 7
  }
}
