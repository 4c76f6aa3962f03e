data "labelstudio_current_user" "this" {}

output "managed_by" {
  value = data.labelstudio_current_user.this.email
}
