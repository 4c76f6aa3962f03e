import {
  to = labelstudio_s3_storage.photos
  id = "7"
}
