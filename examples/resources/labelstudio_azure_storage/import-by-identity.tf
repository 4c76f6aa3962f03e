import {
  to = labelstudio_azure_storage.photos
  identity = {
    id = 7
  }
}
