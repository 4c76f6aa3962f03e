resource "labelstudio_project" "animals" {
  title = "Animals"
}

variable "redis_password" {
  type      = string
  ephemeral = true
}

resource "labelstudio_redis_storage" "tasks" {
  project = labelstudio_project.animals.id
  title   = "Tasks"
  host    = "redis.example.com"
  port    = "6379"
  db      = 1
  path    = "task:"

  # Not stored in the state. To send a new password, increase the version.
  password_wo         = var.redis_password
  password_wo_version = 1

  # A sync runs whenever a value in here changes.
  sync_triggers = {
    revision = "1"
  }
}
