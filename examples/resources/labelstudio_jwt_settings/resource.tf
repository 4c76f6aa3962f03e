# New organizations accept only personal access tokens. ML backends, and scripts that use
# legacy tokens, need legacy tokens, too.
resource "labelstudio_jwt_settings" "tokens" {
  api_tokens_enabled        = true
  legacy_api_tokens_enabled = true
}
