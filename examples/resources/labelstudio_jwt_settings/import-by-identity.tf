import {
  to = labelstudio_jwt_settings.tokens
  identity = {
    id = 1
  }
}
