import {
  to = labelstudio_azure_storage.photos
  id = "7"
}
