resource "labelstudio_project" "this" {
  title         = var.title
  label_config  = var.label_config
  description   = var.description
  force_destroy = var.force_destroy

  annotator_evaluation_enabled        = try(var.settings.annotator_evaluation_enabled, null)
  color                               = try(var.settings.color, null)
  enable_empty_annotation             = try(var.settings.enable_empty_annotation, null)
  evaluate_predictions_automatically  = try(var.settings.evaluate_predictions_automatically, null)
  expert_instruction                  = try(var.settings.expert_instruction, null)
  is_published                        = try(var.settings.is_published, null)
  maximum_annotations                 = try(var.settings.maximum_annotations, null)
  min_annotations_to_start_training   = try(var.settings.min_annotations_to_start_training, null)
  model_version                       = try(var.settings.model_version, null)
  overlap_cohort_percentage           = try(var.settings.overlap_cohort_percentage, null)
  pinned_at                           = try(var.settings.pinned_at, null)
  reveal_preannotations_interactively = try(var.settings.reveal_preannotations_interactively, null)
  sampling                            = try(var.settings.sampling, null)
  show_annotation_history             = try(var.settings.show_annotation_history, null)
  show_collab_predictions             = try(var.settings.show_collab_predictions, null)
  show_ground_truth_first             = try(var.settings.show_ground_truth_first, null)
  show_instruction                    = try(var.settings.show_instruction, null)
  show_overlap_first                  = try(var.settings.show_overlap_first, null)
  show_skip_button                    = try(var.settings.show_skip_button, null)
  skip_queue                          = try(var.settings.skip_queue, null)
}

resource "labelstudio_webhook" "this" {
  for_each = var.webhooks

  project = labelstudio_project.this.id
  url     = each.value.url
  headers = try(var.webhook_headers[each.key], null)

  actions              = try(each.value.actions, null)
  is_active            = try(each.value.is_active, null)
  send_for_all_actions = try(each.value.send_for_all_actions, null)
  send_payload         = try(each.value.send_payload, null)
}

resource "labelstudio_ml_backend" "this" {
  for_each = var.ml_backends

  project         = labelstudio_project.this.id
  url             = each.value.url
  title           = coalesce(try(each.value.title, null), each.key)
  basic_auth_pass = try(var.ml_backend_passwords[each.key], null)
  extra_params    = try(each.value.extra_params, null) == null ? null : jsonencode(each.value.extra_params)

  auth_method     = try(each.value.auth_method, null)
  auto_update     = try(each.value.auto_update, null)
  basic_auth_user = try(each.value.basic_auth_user, null)
  description     = try(each.value.description, null)
  is_interactive  = try(each.value.is_interactive, null)
  model_version   = try(each.value.model_version, null)

  # Label Studio creates no webhook for an ML backend that has one already.
  depends_on = [labelstudio_webhook.this]
}
