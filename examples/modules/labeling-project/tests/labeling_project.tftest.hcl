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
    condition     = labelstudio_local_storage.this["photos"].last_sync_count == 1 && length(output.syncs_pending) == 0
    error_message = "The photo was not imported."
  }
  assert {
    condition     = join(" ", keys(output.storage_ids)) == "copies photos" && join(" ", keys(output.webhook_ids)) == "training"
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
