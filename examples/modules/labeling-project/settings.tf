# What the maps may hold. A value of the type any accepts any key, and without these lists
# a misspelled one would be ignored.
locals {
  project_settings = [
    "annotator_evaluation_enabled", "color", "enable_empty_annotation", "evaluate_predictions_automatically", "expert_instruction",
    "is_published", "maximum_annotations", "min_annotations_to_start_training", "model_version", "overlap_cohort_percentage",
    "pinned_at", "reveal_preannotations_interactively", "sampling", "show_annotation_history", "show_collab_predictions", "show_ground_truth_first", "show_instruction",
    "show_overlap_first", "show_skip_button", "skip_queue",
  ]

  all_storages = ["type", "title", "description", "sync_triggers", "wait_for_sync"]
  files        = ["regex_filter", "use_blob_urls", "recursive_scan"]
  links        = ["presign", "presign_ttl"]
  s3           = ["bucket", "prefix", "region_name", "s3_endpoint", "aws_sse_kms_key_id"]
  gcs          = ["bucket", "prefix", "google_project_id"]
  azure        = ["container", "prefix"]
  redis        = ["host", "port", "db"]

  storage_settings = {
    local        = concat(local.all_storages, local.files, ["path"])
    local_export = concat(local.all_storages, ["path", "can_delete_objects"])
    s3           = concat(local.all_storages, local.files, local.links, local.s3)
    s3_export    = concat(local.all_storages, local.s3, ["can_delete_objects"])
    gcs          = concat(local.all_storages, local.files, local.links, local.gcs)
    gcs_export   = concat(local.all_storages, local.gcs)
    azure        = concat(local.all_storages, local.files, local.links, local.azure)
    azure_export = concat(local.all_storages, local.azure)
    redis        = concat(local.all_storages, local.redis, ["path"])
    redis_export = concat(local.all_storages, local.redis)
  }

  webhook_settings = ["url", "actions", "is_active", "send_for_all_actions", "send_payload"]

  ml_backend_settings = [
    "url", "title", "description", "is_interactive", "auth_method", "basic_auth_user", "extra_params", "auto_update", "model_version",
  ]

  view_settings = [
    "title", "type", "filters", "filters.conjunction", "filters.items", "filters.items.column", "filters.items.operator",
    "filters.items.type", "filters.items.value", "ordering", "hidden_columns", "hidden_columns.explore", "hidden_columns.labeling",
    "columns_width", "columns_display_type", "grid_width", "grid_fit_images_to_width",
  ]
}
