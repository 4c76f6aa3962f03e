data "labelstudio_project" "animals" {
  title = "Animals"
}

data "labelstudio_webhooks" "all" {
  project = data.labelstudio_project.animals.id
}

output "active" {
  value = [for webhook in data.labelstudio_webhooks.all.webhooks : webhook.url if webhook.is_active]
}
