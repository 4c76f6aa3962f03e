import {
  to = labelstudio_azure_export_storage.annotations
  identity = {
    id = 7
  }
}
