list "labelstudio_jwt_settings" "tokens" {
  provider = labelstudio
}
