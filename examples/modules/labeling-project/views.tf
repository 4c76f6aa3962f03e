locals {
  # All keys of each view, those inside of filters and hidden_columns as filters.items.column.
  view_keys = { for name, view in var.views : name => distinct(concat(
    keys(view),
    [for key in try(keys(view.filters), []) : "filters.${key}"],
    [for key in flatten([for item in try(view.filters.items, []) : keys(item)]) : "filters.items.${key}"],
    [for key in try(keys(view.hidden_columns), []) : "hidden_columns.${key}"],
  )) }
}

resource "labelstudio_view" "this" {
  for_each = var.views

  project = labelstudio_project.this.id
  title   = coalesce(try(each.value.title, null), each.key)
  filters = try(each.value.filters, null) == null ? null : {
    conjunction = try(each.value.filters.conjunction, null)
    items = [for item in try(each.value.filters.items, []) : {
      column   = try(item.column, null)
      operator = try(item.operator, null)
      type     = try(item.type, null)
      value    = try(jsonencode(item.value), null)
    }]
  }

  columns_display_type     = try(each.value.columns_display_type, null)
  columns_width            = try(each.value.columns_width, null)
  grid_fit_images_to_width = try(each.value.grid_fit_images_to_width, null)
  grid_width               = try(each.value.grid_width, null)
  hidden_columns           = try(each.value.hidden_columns, null)
  ordering                 = try(each.value.ordering, null)
  type                     = try(each.value.type, null)

  # Columns of data come with the first import.
  depends_on = [
    labelstudio_local_storage.this,
    labelstudio_s3_storage.this,
    labelstudio_gcs_storage.this,
    labelstudio_azure_storage.this,
    labelstudio_redis_storage.this,
  ]

  lifecycle {
    precondition {
      condition     = length(setsubtract(local.view_keys[each.key], local.view_settings)) == 0
      error_message = "Unknown settings of the view ${each.key}: ${join(", ", setsubtract(local.view_keys[each.key], local.view_settings))}. Known are: ${join(", ", local.view_settings)}."
    }
  }
}
