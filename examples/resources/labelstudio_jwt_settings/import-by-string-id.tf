import {
  to = labelstudio_jwt_settings.tokens
  id = "1"
}
