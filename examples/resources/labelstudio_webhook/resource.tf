resource "labelstudio_project" "animals" {
  title = "Animals"
}

variable "webhook_token" {
  type      = string
  ephemeral = true
}

resource "labelstudio_webhook" "training" {
  project = labelstudio_project.animals.id
  url     = "https://training.example.com/label-studio"

  send_for_all_actions = false
  actions              = ["ANNOTATION_CREATED", "ANNOTATION_UPDATED", "ANNOTATIONS_DELETED"]

  # Not stored in the state. To send a new token, increase the version.
  headers_wo         = { Authorization = "Bearer ${var.webhook_token}" }
  headers_wo_version = 1
}
