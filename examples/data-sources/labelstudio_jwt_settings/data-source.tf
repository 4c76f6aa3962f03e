data "labelstudio_jwt_settings" "tokens" {}

output "legacy_tokens_are_accepted" {
  value = data.labelstudio_jwt_settings.tokens.legacy_api_tokens_enabled
}
