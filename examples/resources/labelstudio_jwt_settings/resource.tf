# New organizations accept personal access tokens alone. Scripts that were written for
# legacy tokens, and ML backends, need those, too.
resource "labelstudio_jwt_settings" "tokens" {
  api_tokens_enabled        = true
  legacy_api_tokens_enabled = true
}
