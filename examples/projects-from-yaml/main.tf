# One project for each file in projects/. The name of the file identifies the project:
# a renamed file is another project.

terraform {
  required_providers {
    labelstudio = {
      source = "labelstudio-community/labelstudio"
    }
  }
}

# Server and token come from LABEL_STUDIO_URL and LABEL_STUDIO_API_KEY.
provider "labelstudio" {}

locals {
  projects = {
    for file in fileset("${path.module}/projects", "*.yaml") :
    trimsuffix(file, ".yaml") => yamldecode(file("${path.module}/projects/${file}"))
  }

  known = ["title", "description", "label_config", "settings", "force_destroy", "storages", "webhooks", "ml_backends", "views"]
  unknown = flatten([for name, project in local.projects : [
    for key in keys(project) : "${key} in ${name}.yaml" if !contains(local.known, key)
  ]])
}

module "project" {
  source   = "../modules/labeling-project"
  for_each = local.projects

  title         = each.value.title
  label_config  = each.value.label_config
  description   = try(each.value.description, null)
  settings      = try(each.value.settings, {})
  force_destroy = try(each.value.force_destroy, false)
  storages      = try(each.value.storages, {})
  webhooks      = try(each.value.webhooks, {})
  ml_backends   = try(each.value.ml_backends, {})
  views         = try(each.value.views, {})

  # Secrets don't belong in the files. Terraform reads them from TF_VAR_storage_secrets and
  # TF_VAR_ml_backend_passwords, maps by the names of the project and of the object.
  storage_secrets      = lookup(var.storage_secrets, each.key, {})
  ml_backend_passwords = lookup(var.ml_backend_passwords, each.key, {})
}

variable "storage_secrets" {
  type        = map(map(map(string)))
  description = "Secrets of storages: { animals = { photos = { aws_access_key_id = ..., aws_secret_access_key = ... } } }."
  default     = {}
  sensitive   = true
}

variable "ml_backend_passwords" {
  type        = map(map(string))
  description = "Passwords of ML backends: { animals = { classifier = ... } }."
  default     = {}
  sensitive   = true
}

output "projects" {
  description = "Ids of the projects, by the names of their files."
  value       = { for name, project in module.project : name => project.id }

  precondition {
    condition     = length(local.unknown) == 0
    error_message = "Unknown keys: ${join(", ", local.unknown)}. Known are: ${join(", ", local.known)}."
  }
}
