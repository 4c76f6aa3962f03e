import {
  to = labelstudio_redis_export_storage.annotations
  id = "7"
}
