terraform {
  required_providers {
    labelstudio = {
      source = "labelstudio-community/labelstudio"
    }
  }
}

provider "labelstudio" {
  url = "https://label-studio.example.com"
  # The token comes from the environment variable LABEL_STUDIO_API_KEY.
}

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

resource "labelstudio_local_storage" "photos" {
  project       = labelstudio_project.animals.id
  path          = "/label-studio/files/photos" # on the server, in its container
  regex_filter  = ".*\\.jpe?g"
  use_blob_urls = true

  # Import the files now, and again whenever a value here changes.
  sync_triggers = {
    delivery = "2026-11"
  }
}
