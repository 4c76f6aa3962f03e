import {
  to = labelstudio_ml_backend.classifier
  identity = {
    id = 7
  }
}
