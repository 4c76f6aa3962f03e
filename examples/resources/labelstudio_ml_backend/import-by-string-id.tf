import {
  to = labelstudio_ml_backend.classifier
  id = "7"
}
