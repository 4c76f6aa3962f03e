import {
  to = labelstudio_redis_export_storage.annotations
  identity = {
    id = 7
  }
}
