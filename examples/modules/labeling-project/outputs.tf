output "id" {
  description = "Id of the project. Its page is <server>/projects/<id>."
  value       = labelstudio_project.this.id
}

locals {
  # One map of all storages, by their names.
  storages = merge(
    labelstudio_local_storage.this,
    labelstudio_local_export_storage.this,
    labelstudio_s3_storage.this,
    labelstudio_s3_export_storage.this,
    labelstudio_gcs_storage.this,
    labelstudio_gcs_export_storage.this,
    labelstudio_azure_storage.this,
    labelstudio_azure_export_storage.this,
    labelstudio_redis_storage.this,
    labelstudio_redis_export_storage.this,
  )
}

output "storage_ids" {
  description = "Ids of the storages, by their names. Each type counts its ids for itself."
  value       = { for name, storage in local.storages : name => storage.id }
}

output "syncs_pending" {
  description = "Names of the storages whose last sync has not succeeded; the next apply repeats it."
  value       = [for name, storage in local.storages : name if storage.sync_pending]
}

output "webhook_ids" {
  description = "Ids of the webhooks, by their names."
  value       = { for name, webhook in labelstudio_webhook.this : name => webhook.id }
}

output "ml_backend_ids" {
  description = "Ids of the ML backends, by their names."
  value       = { for name, backend in labelstudio_ml_backend.this : name => backend.id }
}

output "view_ids" {
  description = "Ids of the views, by their names. The page of a view is <server>/projects/<id of the project>/data?tab=<id>."
  value       = { for name, view in labelstudio_view.this : name => view.id }
}
