data "labelstudio_users" "all" {}

# Users who were removed from the organization are listed as "Deleted".
output "members" {
  value = [for user in data.labelstudio_users.all.users : user.email if user.email != "Deleted"]
}
