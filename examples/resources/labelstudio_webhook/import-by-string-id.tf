import {
  to = labelstudio_webhook.training
  id = "7"
}
