ephemeral "labelstudio_access_token" "short" {}

# An ephemeral value can go into write-only attributes and provider blocks.
locals {
  authorization = "Bearer ${ephemeral.labelstudio_access_token.short.token}"
}
