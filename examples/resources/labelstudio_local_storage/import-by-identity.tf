import {
  to = labelstudio_local_storage.photos
  identity = {
    id = 7
  }
}
