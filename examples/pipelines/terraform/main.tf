terraform {
  required_providers {
    labelstudio = {
      source = "labelstudio-community/labelstudio"
    }
  }
}

# Server and token come from LABEL_STUDIO_URL and LABEL_STUDIO_API_KEY.
provider "labelstudio" {}

resource "labelstudio_project" "animals" {
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
}

# The pipeline that syncs replaces this object, and so gives it a new id.
resource "terraform_data" "sync" {}

resource "labelstudio_local_storage" "photos" {
  project       = labelstudio_project.animals.id
  path          = "/label-studio/files/photos"
  regex_filter  = ".*\\.jpg"
  use_blob_urls = true
  sync_triggers = { requested = terraform_data.sync.id }
}
