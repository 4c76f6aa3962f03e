# A storage has only some of these settings. An attribute that is null is left out.
locals {
  storages_of = { for type, settings in local.storage_settings : type => {
    for name, storage in var.storages : name => { for key in settings : key => try(storage[key], null) } if storage.type == type
  } }
}

resource "labelstudio_local_storage" "this" {
  for_each = local.storages_of["local"]

  project        = labelstudio_project.this.id
  title          = coalesce(each.value.title, each.key)
  description    = each.value.description
  path           = each.value.path
  regex_filter   = each.value.regex_filter
  use_blob_urls  = each.value.use_blob_urls
  recursive_scan = each.value.recursive_scan
  sync_triggers  = each.value.sync_triggers
  wait_for_sync  = each.value.wait_for_sync
}

resource "labelstudio_local_export_storage" "this" {
  for_each = local.storages_of["local_export"]

  project            = labelstudio_project.this.id
  title              = coalesce(each.value.title, each.key)
  description        = each.value.description
  path               = each.value.path
  can_delete_objects = each.value.can_delete_objects
  sync_triggers      = each.value.sync_triggers
  wait_for_sync      = each.value.wait_for_sync
}

resource "labelstudio_s3_storage" "this" {
  for_each = local.storages_of["s3"]

  project            = labelstudio_project.this.id
  title              = coalesce(each.value.title, each.key)
  description        = each.value.description
  bucket             = each.value.bucket
  prefix             = each.value.prefix
  region_name        = each.value.region_name
  s3_endpoint        = each.value.s3_endpoint
  aws_sse_kms_key_id = each.value.aws_sse_kms_key_id
  regex_filter       = each.value.regex_filter
  use_blob_urls      = each.value.use_blob_urls
  recursive_scan     = each.value.recursive_scan
  presign            = each.value.presign
  presign_ttl        = each.value.presign_ttl
  sync_triggers      = each.value.sync_triggers
  wait_for_sync      = each.value.wait_for_sync

  aws_access_key_id     = try(var.storage_secrets[each.key].aws_access_key_id, null)
  aws_secret_access_key = try(var.storage_secrets[each.key].aws_secret_access_key, null)
  aws_session_token     = try(var.storage_secrets[each.key].aws_session_token, null)
}

resource "labelstudio_s3_export_storage" "this" {
  for_each = local.storages_of["s3_export"]

  project            = labelstudio_project.this.id
  title              = coalesce(each.value.title, each.key)
  description        = each.value.description
  bucket             = each.value.bucket
  prefix             = each.value.prefix
  region_name        = each.value.region_name
  s3_endpoint        = each.value.s3_endpoint
  aws_sse_kms_key_id = each.value.aws_sse_kms_key_id
  can_delete_objects = each.value.can_delete_objects
  sync_triggers      = each.value.sync_triggers
  wait_for_sync      = each.value.wait_for_sync

  aws_access_key_id     = try(var.storage_secrets[each.key].aws_access_key_id, null)
  aws_secret_access_key = try(var.storage_secrets[each.key].aws_secret_access_key, null)
  aws_session_token     = try(var.storage_secrets[each.key].aws_session_token, null)
}

resource "labelstudio_gcs_storage" "this" {
  for_each = local.storages_of["gcs"]

  project           = labelstudio_project.this.id
  title             = coalesce(each.value.title, each.key)
  description       = each.value.description
  bucket            = each.value.bucket
  prefix            = each.value.prefix
  google_project_id = each.value.google_project_id
  regex_filter      = each.value.regex_filter
  use_blob_urls     = each.value.use_blob_urls
  recursive_scan    = each.value.recursive_scan
  presign           = each.value.presign
  presign_ttl       = each.value.presign_ttl
  sync_triggers     = each.value.sync_triggers
  wait_for_sync     = each.value.wait_for_sync

  google_application_credentials = try(var.storage_secrets[each.key].google_application_credentials, null)
}

resource "labelstudio_gcs_export_storage" "this" {
  for_each = local.storages_of["gcs_export"]

  project           = labelstudio_project.this.id
  title             = coalesce(each.value.title, each.key)
  description       = each.value.description
  bucket            = each.value.bucket
  prefix            = each.value.prefix
  google_project_id = each.value.google_project_id
  sync_triggers     = each.value.sync_triggers
  wait_for_sync     = each.value.wait_for_sync

  google_application_credentials = try(var.storage_secrets[each.key].google_application_credentials, null)
}

resource "labelstudio_azure_storage" "this" {
  for_each = local.storages_of["azure"]

  project        = labelstudio_project.this.id
  title          = coalesce(each.value.title, each.key)
  description    = each.value.description
  container      = each.value.container
  prefix         = each.value.prefix
  regex_filter   = each.value.regex_filter
  use_blob_urls  = each.value.use_blob_urls
  recursive_scan = each.value.recursive_scan
  presign        = each.value.presign
  presign_ttl    = each.value.presign_ttl
  sync_triggers  = each.value.sync_triggers
  wait_for_sync  = each.value.wait_for_sync

  account_name = try(var.storage_secrets[each.key].account_name, null)
  account_key  = try(var.storage_secrets[each.key].account_key, null)
}

resource "labelstudio_azure_export_storage" "this" {
  for_each = local.storages_of["azure_export"]

  project       = labelstudio_project.this.id
  title         = coalesce(each.value.title, each.key)
  description   = each.value.description
  container     = each.value.container
  prefix        = each.value.prefix
  sync_triggers = each.value.sync_triggers
  wait_for_sync = each.value.wait_for_sync

  account_name = try(var.storage_secrets[each.key].account_name, null)
  account_key  = try(var.storage_secrets[each.key].account_key, null)
}

resource "labelstudio_redis_storage" "this" {
  for_each = local.storages_of["redis"]

  project       = labelstudio_project.this.id
  title         = coalesce(each.value.title, each.key)
  description   = each.value.description
  host          = each.value.host
  port          = each.value.port
  db            = each.value.db
  path          = each.value.path
  sync_triggers = each.value.sync_triggers
  wait_for_sync = each.value.wait_for_sync

  password = try(var.storage_secrets[each.key].password, null)
}

resource "labelstudio_redis_export_storage" "this" {
  for_each = local.storages_of["redis_export"]

  project       = labelstudio_project.this.id
  title         = coalesce(each.value.title, each.key)
  description   = each.value.description
  host          = each.value.host
  port          = each.value.port
  db            = each.value.db
  sync_triggers = each.value.sync_triggers
  wait_for_sync = each.value.wait_for_sync

  password = try(var.storage_secrets[each.key].password, null)
}
