# Run by: terraform test. The project is created on the server of LABEL_STUDIO_URL, and
# destroyed afterwards.

# The plans name buckets that are not there.
provider "labelstudio" {
  plan_checks = false
}

variables {
  title        = "Test of the module"
  label_config = "<View><Image name=\"image\" value=\"$image\"/><Choices name=\"animal\" toName=\"image\"><Choice value=\"Cat\"/></Choices></View>"

  # So that the tasks can be deleted with the project.
  force_destroy = true
}

run "everything_is_created" {
  variables {
    settings = { maximum_annotations = 2, show_skip_button = false }
    storages = {
      photos = { type = "local", path = "/label-studio/files/photos", use_blob_urls = true, sync_triggers = { revision = "1" } }
      copies = { type = "local_export", path = "/label-studio/files/annotations", title = "Copies" }
    }
    webhooks        = { training = { url = "https://training.example.com/hook", is_active = false } }
    webhook_headers = { training = { Authorization = "Bearer 1234" } }
    views = {
      to_do  = { title = "To do", filters = { items = [{ column = "tasks:total_annotations", operator = "equal", type = "Number", value = 0 }] } }
      photos = { type = "grid", hidden_columns = { explore = ["tasks:data.image"] } }
    }
  }

  assert {
    condition     = labelstudio_project.this.maximum_annotations == 2 && !labelstudio_project.this.show_skip_button
    error_message = "The settings did not reach the project."
  }
  assert {
    condition     = labelstudio_local_storage.this["photos"].title == "photos" && labelstudio_local_export_storage.this["copies"].title == "Copies"
    error_message = "The title of a storage should default to its name."
  }
  assert {
    condition     = labelstudio_view.this["photos"].title == "photos" && labelstudio_view.this["to_do"].title == "To do"
    error_message = "The title of a view should default to its name."
  }
  assert {
    condition     = labelstudio_view.this["to_do"].filters.items[0].value == "0"
    error_message = "The filter did not reach the view."
  }
  assert {
    condition     = labelstudio_local_storage.this["photos"].last_sync_count == 1 && length(output.syncs_pending) == 0
    error_message = "The photo was not imported."
  }
  assert {
    condition     = join(" ", keys(output.storage_ids)) == "copies photos" && join(" ", keys(output.webhook_ids)) == "training" && join(" ", keys(output.view_ids)) == "photos to_do"
    error_message = "The outputs lack an object."
  }
}

run "a_storage_that_is_left_out_is_destroyed" {
  variables {
    webhooks = { training = { url = "https://training.example.com/hook", is_active = false } }
  }

  assert {
    condition     = output.id == run.everything_is_created.id && output.storage_ids == {}
    error_message = "The storages should be gone, and the project the same."
  }
}

run "every_type_of_storage_can_be_planned" {
  command = plan

  variables {
    storages = {
      s3           = { type = "s3", bucket = "images" }
      s3_export    = { type = "s3_export", bucket = "annotations" }
      gcs          = { type = "gcs", bucket = "images" }
      gcs_export   = { type = "gcs_export", bucket = "annotations" }
      azure        = { type = "azure", container = "images" }
      azure_export = { type = "azure_export", container = "annotations" }
      redis        = { type = "redis", host = "redis.example.com", port = "6379", path = "images" }
      redis_export = { type = "redis_export", host = "redis.example.com", port = "6379" }
    }
    storage_secrets = {
      s3           = { aws_access_key_id = "AKIAEXAMPLE", aws_secret_access_key = "secret" }
      s3_export    = { aws_access_key_id = "AKIAEXAMPLE", aws_secret_access_key = "secret" }
      azure        = { account_name = "example", account_key = "c2VjcmV0" }
      azure_export = { account_name = "example", account_key = "c2VjcmV0" }
    }
  }
}

# Only planned: an ML backend has to run while it is created.
run "ml_backends_can_be_planned" {
  command = plan

  variables {
    ml_backends = {
      classifier = { url = "https://model.example.com", extra_params = { threshold = 0.8 }, auth_method = "BASIC_AUTH", basic_auth_user = "label-studio" }
      other      = { url = "https://other.example.com", title = "Other" }
    }
    ml_backend_passwords = { classifier = "secret" }
  }

  assert {
    condition     = labelstudio_ml_backend.this["classifier"].title == "classifier" && labelstudio_ml_backend.this["other"].title == "Other"
    error_message = "The title of an ML backend should default to its name."
  }
  assert {
    condition     = labelstudio_ml_backend.this["classifier"].extra_params == "{\"threshold\":0.8}" && labelstudio_ml_backend.this["other"].extra_params == null
    error_message = "The extra_params should be JSON."
  }
  assert {
    condition     = labelstudio_ml_backend.this["classifier"].basic_auth_pass == "secret"
    error_message = "The password did not reach the ML backend."
  }
}

run "an_unknown_type_of_storage_is_refused" {
  command = plan
  variables {
    storages = { photos = { type = "ftp" } }
  }
  expect_failures = [var.storages]
}

run "a_misspelled_setting_of_a_storage_is_refused" {
  command = plan
  variables {
    storages = { photos = { type = "local", path = "/label-studio/files/photos", regex_filtr = ".*" } }
  }
  expect_failures = [var.storages]
}

run "a_misspelled_setting_of_the_project_is_refused" {
  command = plan
  variables {
    settings = { maximum_annotation = 2 }
  }
  expect_failures = [var.settings]
}

run "a_webhook_without_an_address_is_refused" {
  command = plan
  variables {
    webhooks = { training = { is_active = true } }
  }
  expect_failures = [var.webhooks]
}

run "a_secret_without_a_storage_is_refused" {
  command = plan
  variables {
    storage_secrets = { photo = { password = "secret" } }
  }
  expect_failures = [var.storage_secrets]
}

run "an_ml_backend_without_an_address_is_refused" {
  command = plan
  variables {
    ml_backends = { classifier = { title = "Classifier" } }
  }
  expect_failures = [var.ml_backends]
}

run "a_misspelled_setting_of_an_ml_backend_is_refused" {
  command = plan
  variables {
    ml_backends = { classifier = { url = "https://model.example.com", interactive = true } }
  }
  expect_failures = [var.ml_backends]
}

run "a_password_without_an_ml_backend_is_refused" {
  command = plan
  variables {
    ml_backend_passwords = { clasifier = "secret" }
  }
  expect_failures = [var.ml_backend_passwords]
}

run "a_misspelled_setting_of_a_view_is_refused" {
  command = plan
  variables {
    views = { to_do = { filter = {} } }
  }
  expect_failures = [labelstudio_view.this]
}

run "a_misspelled_setting_of_a_filter_is_refused" {
  command = plan
  variables {
    views = { to_do = { filters = { items = [{ column = "tasks:id", operator = "equal", type = "Number", value = 1, valeu = 2 }] } } }
  }
  expect_failures = [labelstudio_view.this]
}
