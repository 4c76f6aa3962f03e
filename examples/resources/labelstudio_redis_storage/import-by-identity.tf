import {
  to = labelstudio_redis_storage.tasks
  identity = {
    id = 7
  }
}
