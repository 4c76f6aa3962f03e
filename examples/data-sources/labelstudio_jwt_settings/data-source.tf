data "labelstudio_jwt_settings" "tokens" {}

check "legacy_tokens" {
  assert {
    condition     = !data.labelstudio_jwt_settings.tokens.legacy_api_tokens_enabled
    error_message = "Legacy tokens never expire: switch them off when no script needs them any more."
  }
}
