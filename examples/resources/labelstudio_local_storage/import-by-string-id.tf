import {
  to = labelstudio_local_storage.photos
  id = "7"
}
