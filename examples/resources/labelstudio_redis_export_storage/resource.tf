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

  # Kept out of the state; raise the version with each new password.
  password_wo         = var.redis_password
  password_wo_version = 1
}
