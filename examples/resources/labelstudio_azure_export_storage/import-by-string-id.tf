import {
  to = labelstudio_azure_export_storage.annotations
  id = "7"
}
