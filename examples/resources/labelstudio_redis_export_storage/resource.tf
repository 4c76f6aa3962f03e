resource "labelstudio_project" "animals" {
  title = "Animals"
}

variable "redis_password" {
  type      = string
  ephemeral = true
}

resource "labelstudio_redis_export_storage" "annotations" {
  project = labelstudio_project.animals.id
  title   = "Annotations"
  host    = "redis.example.com"
  port    = "6379"
  db      = 2

  # Not stored in the state. To send a new password, increase the version.
  password_wo         = var.redis_password
  password_wo_version = 1
}
