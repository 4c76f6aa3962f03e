variable "title" {
  type        = string
  description = "Title of the project."

  validation {
    condition     = length(trimspace(var.title)) >= 3 && length(trimspace(var.title)) <= 50
    error_message = "The title must have 3 to 50 characters."
  }
}

variable "label_config" {
  type        = string
  description = "Label config of the project (XML)."

  validation {
    condition     = startswith(trimspace(var.label_config), "<")
    error_message = "The label_config must be XML, such as <View>...</View>."
  }
}

variable "description" {
  type        = string
  description = "Description of the project."
  default     = null
}

variable "settings" {
  type        = any
  description = "Other settings of the project, by the names of the attributes of labelstudio_project, such as { maximum_annotations = 2 }."
  default     = {}
  nullable    = false

  validation {
    condition     = length(setsubtract(keys(var.settings), local.project_settings)) == 0
    error_message = "Unknown settings: ${join(", ", setsubtract(keys(var.settings), local.project_settings))}. Known are: ${join(", ", local.project_settings)}."
  }
}

variable "force_destroy" {
  type        = bool
  description = "Whether the project may be destroyed with its tasks and annotations. It counts only after an apply."
  default     = false
  nullable    = false
}

variable "storages" {
  type        = any
  description = "Storages by a name of your choice. Each is a map with a type (local, local_export, s3, s3_export, gcs, gcs_export, azure, azure_export, redis, redis_export) and attributes of the resource labelstudio_<type>_storage. The title defaults to the name."
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for storage in values(var.storages) : contains(keys(local.storage_settings), try(storage.type, ""))])
    error_message = "Each storage needs a type, which is one of these: ${join(", ", keys(local.storage_settings))}."
  }

  validation {
    condition     = alltrue([for storage in values(var.storages) : length(setsubtract(keys(storage), try(local.storage_settings[storage.type], keys(storage)))) == 0])
    error_message = "Unknown settings of storages: ${join(", ", flatten([for name, storage in var.storages : [for key in setsubtract(keys(storage), try(local.storage_settings[storage.type], keys(storage))) : "${key} of ${name}"]]))}."
  }
}

variable "storage_secrets" {
  type        = map(map(string))
  description = "Secrets of storages, by the same names: { photos = { aws_access_key_id = ..., aws_secret_access_key = ... } }. They are stored in the state."
  default     = {}
  nullable    = false
  sensitive   = true

  validation {
    condition     = length(setsubtract(keys(var.storage_secrets), keys(var.storages))) == 0
    error_message = "Each of the storage_secrets must have the name of a storage."
  }
}

variable "webhooks" {
  type        = any
  description = "Webhooks by a name of your choice. Each is a map with a url and attributes of the resource labelstudio_webhook."
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for webhook in values(var.webhooks) : can(regex("^https?://", webhook.url))])
    error_message = "Each webhook needs a url that begins with http:// or https://."
  }

  validation {
    condition     = alltrue([for webhook in values(var.webhooks) : length(setsubtract(keys(webhook), local.webhook_settings)) == 0])
    error_message = "Unknown settings of webhooks: ${join(", ", flatten([for name, webhook in var.webhooks : [for key in setsubtract(keys(webhook), local.webhook_settings) : "${key} of ${name}"]]))}."
  }
}

variable "webhook_headers" {
  type        = map(map(string))
  description = "Headers of webhooks, by the same names: { training = { Authorization = ... } }. They are stored in the state."
  default     = {}
  nullable    = false
  sensitive   = true

  validation {
    condition     = length(setsubtract(keys(var.webhook_headers), keys(var.webhooks))) == 0
    error_message = "Each of the webhook_headers must have the name of a webhook."
  }
}

variable "ml_backends" {
  type        = any
  description = "ML backends by a name of your choice. Each is a map with a url and attributes of the resource labelstudio_ml_backend. The title defaults to the name. The extra_params are a map, not JSON."
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for backend in values(var.ml_backends) : can(regex("^https?://", backend.url))])
    error_message = "Each ML backend needs a url that begins with http:// or https://."
  }

  validation {
    condition     = alltrue([for backend in values(var.ml_backends) : length(setsubtract(keys(backend), local.ml_backend_settings)) == 0])
    error_message = "Unknown settings of ML backends: ${join(", ", flatten([for name, backend in var.ml_backends : [for key in setsubtract(keys(backend), local.ml_backend_settings) : "${key} of ${name}"]]))}."
  }
}

variable "ml_backend_passwords" {
  type        = map(string)
  description = "Passwords of ML backends with auth_method BASIC_AUTH, by the same names: { classifier = ... }. They are stored in the state."
  default     = {}
  nullable    = false
  sensitive   = true

  validation {
    condition     = length(setsubtract(keys(var.ml_backend_passwords), keys(var.ml_backends))) == 0
    error_message = "Each of the ml_backend_passwords must have the name of an ML backend."
  }
}

variable "views" {
  type        = any
  description = "Views (tabs of the Data Manager) by a name of your choice. Each is a map with attributes of the resource labelstudio_view. The title defaults to the name. The value of a filter is a plain value, not JSON."
  default     = {}
  nullable    = false
}
