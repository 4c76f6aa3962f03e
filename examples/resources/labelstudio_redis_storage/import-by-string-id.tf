import {
  to = labelstudio_redis_storage.tasks
  id = "7"
}
