terraform {
  required_providers {
    labelstudio = {
      source = "labelstudio-community/labelstudio"
    }
  }
}

# Server and token come from LABEL_STUDIO_URL and LABEL_STUDIO_API_KEY.
provider "labelstudio" {}

module "animals" {
  source = "../modules/labeling-project"

  title        = "Animals"
  label_config = <<-XML
    <View>
      <Image name="image" value="$image"/>
      <Choices name="animal" toName="image">
        <Choice value="Cat"/>
        <Choice value="Dog"/>
      </Choices>
    </View>
  XML
  settings     = { maximum_annotations = 2 }

  storages = {
    photos = {
      type          = "local"
      path          = "/label-studio/files/photos"
      use_blob_urls = true
    }
    annotations = {
      type = "local_export"
      path = "/label-studio/files/annotations"
    }
  }

  webhooks = {
    training = { url = "https://training.example.com/hook" }
  }
  webhook_headers = {
    training = { Authorization = var.training_authorization }
  }

  views = {
    to_do = {
      title   = "To do"
      filters = { items = [{ column = "tasks:total_annotations", operator = "equal", type = "Number", value = 0 }] }
    }
  }
}

variable "training_authorization" {
  type        = string
  description = "Header with which the receiver of the webhook recognizes Label Studio."
  sensitive   = true
}

output "project" {
  description = "Id of the project; its page is <server>/projects/<id>."
  value       = module.animals.id
}
