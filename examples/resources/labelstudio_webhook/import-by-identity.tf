import {
  to = labelstudio_webhook.training
  identity = {
    id = 7
  }
}
