import {
  to = labelstudio_s3_storage.photos
  identity = {
    id = 7
  }
}
